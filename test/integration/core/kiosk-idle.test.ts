import { afterAll, beforeAll, expect, it } from 'vitest'
import { readOptions } from '../../../electron/core/options.ts'
import { startCoreWith, type Core } from '../../../electron/core/start-core.ts'
import type { DeskView } from '../../../contract/desk-view.ts'
import { VirtualClock } from '../../support/drivers/virtual-clock.ts'
import { temporaryFolder, withDemoMirror } from '../../support/core/till.ts'

const folder = temporaryFolder()
const clock = new VirtualClock()
let core: Core

beforeAll(async () => {
  withDemoMirror(folder.path)
  const options = readOptions(['--data', folder.path, '--seat', 'kiosk', '--no-open'])
  if (options === 'help') throw new Error('no help is wanted')
  core = await startCoreWith(options, clock)
})
afterAll(async () => {
  await core.stop()
  folder.remove()
})

const at = (view: DeskView): string => (view.front.screen === 'kiosk' ? view.front.kiosk.at : view.front.screen)

it('P96: wipes a kiosk only when it was left alone, also when the page no longer asks; "more time" gives more time', async () => {
  const { desk } = core.shop
  desk.actKiosk({ do: 'begin', language: 'de' })
  desk.actKiosk({ do: 'choose-task', task: 'check' })
  expect(at(desk.view())).toBe('scan')
  await clock.advance(50_000)
  expect(at(desk.view())).toBe('scan')
  desk.actKiosk({ do: 'more-time' })
  await clock.advance(50_000)
  expect(at(desk.view())).toBe('scan')
  await clock.advance(20_000)
  expect(at(desk.view())).toBe('start')
})

it('P96: what the till hears from its centre every few seconds is no customer: the kiosk asks and is wiped all the same', async () => {
  const { desk } = core.shop
  desk.actKiosk({ do: 'begin', language: 'de' })
  desk.actKiosk({ do: 'choose-task', task: 'check' })
  const { kioskIdle } = desk.view()
  for (let heard = 0; heard < 12; heard += 1) {
    await clock.advance(5_000)
    desk.changed()
  }
  expect(desk.view().kioskIdle).toEqual(kioskIdle)
  expect(at(desk.view())).toBe('scan')
  await clock.advance(5_000)
  expect(at(desk.view())).toBe('start')
  expect(desk.view().kioskIdle?.life).not.toBe(kioskIdle?.life)
})

it('leaves a kiosk alone that nobody uses', async () => {
  const before = core.shop.desk.view().revision
  await clock.advance(600_000)
  expect(core.shop.desk.view().revision).toBe(before)
})
