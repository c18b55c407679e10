import { afterAll, beforeAll, expect, it } from 'vitest'
import { saveHubPlace } from '../../../electron/core/sync/progress.ts'
import { newId } from '../../../hub/ground.ts'
import { openDoor } from '../../../hub/server.ts'
import { syncRoom } from '../../../hub/sync/room.ts'
import { startInProcess } from '../../support/core/till-in-process.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'
import { enter, saleIn, scan, signIn, startTill, temporaryFolder, withDemoMirror, example, type Client, type RunningTill } from '../../support/core/till.ts'

const folder = temporaryFolder()
let till: RunningTill
let client: Client
let leave: () => void

beforeAll(async () => {
  withDemoMirror(folder.path)
  till = await startTill(['--data', folder.path])
  ;({ client, close: leave } = await enter(till))
})
afterAll(async () => {
  leave()
  await till.end()
  folder.remove()
})

it('lets only a manager throw the demo shop away', async () => {
  await signIn(client)
  await scan(client, await example(client, 'fresh-phone'))
  await expect(client.demo.remove()).rejects.toMatchObject({ data: { code: 'no-right' } })
  expect(saleIn(await client.desk.view()).lines).toHaveLength(1)
  await client.session.signOut()
})

it('removes the demo in one step and leaves a till that says what to do, without a mark of the demo', async () => {
  await signIn(client, 'manager')
  const empty = await client.demo.remove()
  expect(empty).toMatchObject({ demo: false, session: { at: 'set-up' }, front: { screen: 'home' }, knowledge: { units: 0 } })
  expect(await client.demo.examples()).toEqual([])
})

it('names the shop and makes its manager, who is signed in at once', async () => {
  const view = await client.session.setUp({ shopName: 'Uhren Winter', country: 'AT', currency: 'EUR', managerName: 'Eva Winter', pin: '246810' })
  expect(view).toMatchObject({ store: { name: 'Uhren Winter', country: 'AT' }, session: { at: 'signed-in', person: { name: 'Eva Winter', role: 'manager' } } })
  const again = client.session.setUp({ shopName: 'Other', country: 'AT', currency: 'EUR', managerName: 'Somebody', pin: '1234' })
  await expect(again).rejects.toMatchObject({ data: { code: 'not-in-this-state' } })
})

it('is still that shop after a restart, and makes no demo again', async () => {
  await client.session.signOut()
  leave()
  await till.end()
  till = await startTill(['--data', folder.path])
  ;({ client, close: leave } = await enter(till))
  const view = await client.desk.view()
  expect(view).toMatchObject({ demo: false, store: { name: 'Uhren Winter' }, session: { at: 'signed-out', staff: [{ name: 'Eva Winter', demoPin: null }] } })
  const staffId = view.session.at === 'signed-out' ? (view.session.staff[0]?.staffId ?? '') : ''
  expect((await client.session.signIn({ staffId, pin: '246810' })).session.at).toBe('signed-in')
})

it('answers a scan in an empty shop with a clear word', async () => {
  await client.sale.begin()
  expect(saleIn(await scan(client, 'SERIAL-1')).notice?.code).toBe('unknown-code')
})

it('says in words why a centre lets it in no more after many wrong codes', async () => {
  const place = temporaryFolder()
  const db = await migratedDatabase()
  const room = await syncRoom({ db, now_ms: () => 0, newId, dataDir: place.path, log: () => undefined })
  const door = await openDoor({ host: '127.0.0.1', port: 0, routes: room.routes, log: () => undefined })
  const join = () => client.sync.join({ url: door.url, code: 'AAAA-2222' }).then(() => 'in', (error: { data?: { code?: string } }) => error.data?.code)
  const heard: unknown[] = []
  for (let n = 0; n < 11; n += 1) heard.push(await join())
  expect(heard).toEqual([...Array.from({ length: 10 }, () => 'join-wrong-code'), 'join-too-often'])
  await door.close()
  await room.stop?.()
  await db.close()
  place.remove()
})

it('makes nobody its manager once it has joined a centre, also while the centre has sent no people', async () => {
  const other = temporaryFolder()
  withDemoMirror(other.path)
  const core = await startInProcess(other.path)
  await core.shop.removeDemo()
  const { ground } = core.shop.desk
  // Nobody listens there.
  ground.store.write((db) => saveHubPlace(db, { url: 'http://127.0.0.1:1', storeId: ground.place.id, hubKey: '' }))
  const asked = { shopName: 'Other', country: 'AT', currency: 'EUR', managerName: 'Somebody', pin: '1234' } as const
  expect(await core.shop.setUp(asked)).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
  expect(core.shop.desk.view().session).toEqual({ at: 'set-up' })
  await core.stop()
  other.remove()
})
