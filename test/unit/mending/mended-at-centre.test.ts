import { cpSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MendReport } from '../../../contract/mending-view.ts'
import { DEMO_SEED, makeDemoMirror } from '../../../electron/core/demo/make-demo-mirror.ts'
import type { Core } from '../../../electron/core/start-core.ts'
import { brokenAt } from '../../../electron/core/store/journal.ts'
import type { Database } from '../../../hub/database.ts'
import { newId, type HubGround } from '../../../hub/ground.ts'
import type { Room } from '../../../hub/room.ts'
import { openDoor, type Door } from '../../../hub/server.ts'
import { makeJoinCode } from '../../../hub/sync/devices.ts'
import { loadMirror } from '../../../hub/sync/load-mirror.ts'
import { syncRoom } from '../../../hub/sync/room.ts'
import { CABLE, openShop, plainSerials, sell, startInProcess } from '../../support/core/till-in-process.ts'
import { pagesOf, zeroPage } from '../../support/core/damage.ts'
import { temporaryFolder } from '../../support/core/till.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'
import { until } from '../../support/hub-shop.ts'

const STORE = 'store-berlin'
const MIGRATIONS = join(import.meta.dirname, '../../../migrations/mirror')
const place = temporaryFolder()
const dir = join(place.path, 'till')
const kept = join(place.path, 'kept')
let db: Database
let ground: HubGround
let room: Room
let door: Door
let port = 0
let core: Core
/** Every number that stands on a paper somewhere. */
const printed: string[] = []

const ask = <Row>(text: string): Promise<Row[]> => db.query<Row>(text)
const openTheDoor = async (): Promise<void> => {
  door = await openDoor({ host: '127.0.0.1', port, routes: room.routes, log: () => undefined })
  port = door.port
}
const nothingWaits = (): Promise<unknown> =>
  until(async () => core.shop.sync.view, ({ waiting, heardAt }) => waiting.events === 0 && heardAt !== null, 90_000)
const sold = (...texts: readonly string[]): void => void printed.push(sell(core, ...texts))
const file = join(dir, 'shop.db')

async function mended(): Promise<MendReport> {
  core = await startInProcess(dir)
  const done = await core.mend('save')
  if (!done.ok) throw new Error(`${done.fault.code} ${JSON.stringify(done.fault.params)}`)
  openShop(core)
  return done.value
}

/** The promises that hold for the till and its centre together, whatever was lost on the way. */
async function allTold(): Promise<void> {
  await nothingWaits()
  expect(brokenAt(core.shop.desk.ground.store.reading)).toBeNull()
  expect(new Set(printed).size).toBe(printed.length)
  const numbers = (await ask<{ number: string }>("SELECT body::jsonb ->> 'number' AS number FROM booked WHERE book = 'sales' ORDER BY at, seq")).map(({ number }) => number)
  expect([...numbers].sort()).toEqual([...printed].sort())
  const again = await ask<{ id: string }>('SELECT id FROM journal GROUP BY id HAVING count(*) > 1')
  expect(again).toEqual([])
  expect(await ask('SELECT case_id FROM conflict_case')).toEqual([])
  expect(await ask('SELECT state FROM device')).toEqual([{ state: 'joined' }])
}

beforeAll(async () => {
  db = await migratedDatabase()
  ground = { db, now_ms: Date.now, newId, dataDir: place.path, log: () => undefined }
  room = await syncRoom(ground)
  await openTheDoor()
  makeDemoMirror(join(place.path, 'seed.db'), MIGRATIONS, { seed: DEMO_SEED, units: 400, now: new Date().toISOString() })
  await loadMirror(ground, join(place.path, 'seed.db'))
  const { code } = await makeJoinCode(ground, STORE, 'test')
  core = await startInProcess(dir, '--till', 'T1', '--hub', door.url, '--join', code)
  await until(async () => core.shop.sync.view.state, (state) => state === 'up-to-date', 90_000)
  openShop(core)
  const [first = '', second = ''] = plainSerials(dir, STORE, 2)
  for (let n = 0; n < 8; n += 1) sold(CABLE)
  sold(first)
  await nothingWaits()
  // The line is cut, and the shop goes on.
  await door.close()
  for (let n = 0; n < 5; n += 1) sold(CABLE)
  sold(second)
  for (let n = 0; n < 5; n += 1) sold(CABLE)
  await core.stop()
  rmSync(join(dir, 'reserve.bin'))
  cpSync(dir, kept, { recursive: true })
}, 300_000)
afterEach(() => core.stop())
afterAll(async () => {
  await door.close()
  await room.stop?.()
  await db.close()
  place.remove()
})

describe('a joined till with a damaged file', { timeout: 180_000 }, () => {
  it('waits for its centre, which knows what it has lost, and changes nothing until then', async () => {
    zeroPage(file, pagesOf(file, 'journal').leaves.at(-1) ?? 0)
    core = await startInProcess(dir)
    expect(core.mending?.look()).toMatchObject({ what: 'damaged', centre: `http://127.0.0.1:${port}` })
    expect(await core.mend('save')).toMatchObject({ ok: false, fault: { code: 'no-centre' } })
    expect(core.mending).not.toBeNull()
    expect(readdirSync(dir).filter((name) => name.includes('damaged'))).toEqual([])
  })

  it('believes no other centre that answers at its address, and says in whose words it was refused', async () => {
    rmSync(dir, { recursive: true })
    cpSync(kept, dir, { recursive: true })
    const till = new Sqlite(file)
    till.prepare("UPDATE meta SET value = json_set(value, '$.hubKey', ?) WHERE key = 'hub'").run(Buffer.alloc(32, 7).toString('base64'))
    till.close()
    zeroPage(file, pagesOf(file, 'journal').leaves.at(-1) ?? 0)
    await openTheDoor()
    core = await startInProcess(dir)
    expect(await core.mend('save')).toMatchObject({ ok: false, fault: { code: 'not-our-centre' } })
    // A till whose key is lost is nobody there, and makes itself no other one.
    await core.stop()
    rmSync(join(dir, 'till-key.pem'))
    core = await startInProcess(dir)
    expect(await core.mend('save')).toMatchObject({ ok: false, fault: { code: 'key-elsewhere' } })
    expect(existsSync(join(dir, 'till-key.pem'))).toBe(false)
    expect(core.mending).not.toBeNull()
  })

  it('with holes where the centre has everything and where it has nothing, gets back the one and tells the other anew', async () => {
    rmSync(dir, { recursive: true })
    cpSync(kept, dir, { recursive: true })
    const [{ seq: told } = { seq: 0 }] = await ask<{ seq: number }>('SELECT seq FROM register_head')
    const { leaves } = pagesOf(file, 'journal')
    // One page of what the centre has, and one of what it never heard of; pages of receipts as well.
    for (const page of [leaves[3], leaves.at(-3), pagesOf(file, 'sales').leaves[0]]) zeroPage(file, page ?? 0)
    const report = await mended()
    expect(report.eventsFromCentre).toBeGreaterThan(0)
    expect(report.eventsLost).toBeGreaterThan(0)
    expect(report.letters).toMatchObject({ before: 'T1' })
    expect(core.shop.desk.ground.till.code).toBe(report.letters?.now)
    sold(CABLE)
    expect(printed.at(-1)?.startsWith(`${report.letters?.now}-`)).toBe(true)
    // Receipts that the unreadable page held, of events nobody has: the only ones that are gone, and they are said.
    const here = core.shop.desk.ground.store.reading.prepare('SELECT number FROM sales').pluck().all() as string[]
    const lost = printed.filter((number) => !here.includes(number))
    expect(lost.length).toBeLessThanOrEqual(report.eventsLost)
    for (const number of lost) printed.splice(printed.indexOf(number), 1)
    await allTold()
    const heads = await ask<{ inc: string; seq: number; base_seq: number; forked_from: string | null; followed_by: string | null; held: boolean }>('SELECT inc, seq, base_seq, forked_from, followed_by, held FROM register_head ORDER BY base_seq')
    expect(heads).toMatchObject([{ seq: told, followed_by: heads[1]?.inc }, { base_seq: told, forked_from: heads[0]?.inc, held: false }])
  })

  it('whose newest events are unreadable though the centre has them goes on behind the last of them', async () => {
    core = await startInProcess(dir)
    openShop(core)
    for (let n = 0; n < 4; n += 1) sold(CABLE)
    await allTold()
    await core.stop()
    for (const name of ['journal', 'sales', 'counters']) zeroPage(file, pagesOf(file, name).leaves.at(-1) ?? 0)
    const report = await mended()
    expect(report).toMatchObject({ eventsLost: 0, eventsAgain: 0 })
    sold(CABLE)
    await allTold()
  })

  it('that comes back with the old disk after all is seen as a copy: what it sends is kept, and a person decides', async () => {
    const before = await ask<{ n: number }>("SELECT count(*)::bigint AS n FROM booked WHERE book = 'sales'")
    rmSync(dir, { recursive: true })
    renameSync(kept, dir)
    writeFileSync(join(dir, 'reserve.bin'), '')
    core = await startInProcess(dir)
    await until(async () => core.shop.sync.view.state, (state) => state === 'held', 90_000)
    await until(async () => (await ask<{ held: boolean }>('SELECT held FROM register_head WHERE held')).length, (count) => count === 1, 90_000)
    expect(await ask<{ n: number }>("SELECT count(*)::bigint AS n FROM booked WHERE book = 'sales'")).toEqual(before)
  })
})
