import { expect, it } from 'vitest'
import { runDriver } from '../../../native/run-driver.ts'
import { r200 } from '../../../native/rfid/r200.ts'
import type { RfidEvent } from '../../../native/rfid/reader.ts'
import { r200Simulator } from '../../../native/simulators/rfid/r200-simulator.ts'
import { simulatedTransport } from '../../../native/simulators/rfid/simulated-transport.ts'
import { VirtualClock } from '../../support/drivers/virtual-clock.ts'

const SHOE = '30340242201D8840000186A0'

it('practice mode: a simulated pad at the real runner, pulled out and plugged in again', async () => {
  const clock = new VirtualClock()
  const reader = r200Simulator()
  reader.field.place({ epc: SHOE })
  const cable = simulatedTransport(reader, clock)
  const events: RfidEvent[] = []
  const gone: string[] = []
  const open = () =>
    runDriver({
      driver: r200,
      transport: cable,
      clock,
      on: { event: (event) => events.push(event), gone: (why) => gone.push(why) },
    })

  const first = await open()
  await clock.advance(500)
  first.command({ kind: 'open-field' })
  await clock.advance(500)
  expect(events.map(({ kind }) => kind)).toContain('reader')
  expect(events.filter(({ kind }) => kind === 'tag').length).toBeGreaterThan(5)
  await expect(open()).rejects.toMatchObject({ trouble: 'busy' })

  cable.unplug()
  expect(gone).toEqual(['the cable was pulled'])
  await expect(open()).rejects.toMatchObject({ trouble: 'not-there' })
  const heard = events.length
  await clock.advance(1_000)
  expect(events.length).toBe(heard)

  cable.plug()
  const second = await open()
  await clock.advance(500)
  expect(events.length).toBe(heard + 1)
  expect(events.at(-1)?.kind).toBe('reader')
  await second.stop()
  expect(clock.pending).toBe(0)
})
