import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CountView } from '../../../contract/counting-view.ts'
import { enter, example, saleIn, signIn, startTill, temporaryFolder, withDemoMirror, type Client, type RunningTill } from '../../support/core/till.ts'
import { until } from '../../support/pseudo-terminal.ts'

const ALL = { area: null, category: null, sample: null, blind: false }
const folder = temporaryFolder()
let till: RunningTill
let client: Client
let leave: () => void

beforeAll(async () => {
  withDemoMirror(folder.path)
  till = await startTill(['--data', folder.path, '--scanner', 'practice:scanner', '--pad', 'practice:pad'])
  ;({ client, close: leave } = await enter(till))
  await signIn(client, 'manager')
  const ready = async () => (await client.devices.health()).devices.filter(({ role, state }) => (role === 'scanner' || role === 'pad') && state === 'ready').length === 2
  await until(ready, 'the practice devices are ready')
})
afterAll(async () => {
  leave()
  await till.end()
  folder.remove()
})

const count = async (): Promise<CountView> => {
  const { going } = await client.counting.desk()
  if (going === null) throw new Error('nobody counts')
  return going
}
const read = (text: string) => client.devices.practice({ do: 'scan', text })

it('IN-05: scanner, RFID pad and keyboard feed one count while it is in front, and the sale when it is not', async () => {
  const [phone, camera, lens] = await Promise.all(['fresh-phone', 'gs1-code', 'on-hold'].map((story) => example(client, story)))
  await client.counting.begin(ALL)
  const window = await enter(till)
  const views = await window.client.counting.listen()
  await views.next()
  await read(phone ?? '')
  await expect.poll(async () => (await count()).found).toBe(1)
  await client.devices.practice({ do: 'lay', tag: lens ?? '' })
  await expect.poll(async () => (await count()).found).toBe(2)
  expect((await client.counting.scan({ text: camera ?? '' })).found).toBe(3)
  expect((await client.counting.scan({ text: phone ?? '' })).said[0]).toMatchObject({ is: 'again', before: { who: 'Jonas Wehrli' } })
  expect((await client.desk.view()).front.screen).toBe('home')
  // Not even a goodbye: the window's process is gone.
  window.close()
  await client.devices.practice({ do: 'lift', tag: lens ?? '' })
  await expect.poll(async () => {
    await read(phone ?? '')
    return (await client.desk.view()).front.screen
  }).toBe('sale')
  expect(saleIn(await client.desk.view()).lines.length).toBeGreaterThan(0)
  expect((await count()).found).toBe(3)
})

it('is for whom the policy lets count: a cashier is refused', async () => {
  await client.session.signOut()
  await signIn(client, 'cashier')
  await expect(client.counting.desk()).rejects.toMatchObject({ data: { code: 'no-right', params: { right: 'count-stock' } } })
})
