import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { LIVES_IN_A_BLOCK, type LifeRow } from '../../../contract/sync/unit-lives.ts'
import type { FeedRow, ToldEvent } from '../../../contract/sync/wire.ts'
import { demoExamples } from '../../../electron/core/demo/examples.ts'
import { linesOfUnits, unitIdsOfCase, unitIdsOfDay } from '../../../electron/core/epcis/load-journal.ts'
import { livesIn } from '../../../electron/core/mirror/lives-in.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { followScopes, takeRows } from '../../../electron/core/sync/take-rows.ts'
import type { Database as CentreDatabase } from '../../../hub/database.ts'
import { newId, type HubGround } from '../../../hub/ground.ts'
import { firstPages } from '../../../hub/sync/first-pages.ts'
import { loadMirror } from '../../../hub/sync/load-mirror.ts'
import { MirrorFile, newestSchema } from '../../../hub/sync/mirror-file.ts'
import { migratedDatabase } from '../../support/hub/pglite-database.ts'
import { demoMirror, NOW, type DemoMirror } from '../demo/demo-fixture.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations/mirror')
/** The first shape of a mirror that has packed lives. */
const PACKED = 18
const folder = mkdtempSync(join(tmpdir(), 'countermark-lives-'))
let files = 0
const newFile = (): string => join(folder, `${(files += 1)}.db`)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ABOUT = { cursors: { '*': 0 }, asOf: NOW, gen: 'g', snapshotId: 's' }
const unitRow = (id: string, ver: number, events: readonly ToldEvent[]): FeedRow => ({
  t: 'unit', id, ver, home: null, flagged: false, aliases: [], events: [...events],
  row: { id, product_id: 'lamp', custody: 'in-stock', store_id: 'north', area: 'shelf', title: 'ours', condition: 'new', ver },
})
const shown = ({ params, ...line }: ToldEvent): LifeRow => ({ ...line, params: JSON.stringify(params) })
const inOrder = (life: readonly ToldEvent[]): LifeRow[] =>
  life.map(shown).toSorted((a, b) => (a.at === b.at ? a.n - b.n : a.at < b.at ? -1 : 1))

function readyFile(pages: readonly (readonly FeedRow[])[], schema = newestSchema(MIGRATIONS)): string {
  const file = newFile()
  const made = new MirrorFile(file, MIGRATIONS, schema)
  for (const page of pages) made.put(page)
  made.finish(ABOUT)
  return file
}

function opened<T>(file: string, look: (mirror: Mirror) => T): T {
  const mirror = new Mirror(file, MIGRATIONS)
  try {
    return look(mirror)
  } finally {
    mirror.close()
  }
}

const someEvent: fc.Arbitrary<ToldEvent> = fc.record({
  at: fc.constantFrom('2026-03-02T08:00:00.000Z', '2026-03-02T08:00:00.001Z', '2026-11-22T03:00:00Z'), n: fc.nat(40),
  kind: fc.constantFrom('received', 'sold', 'returned', 'a-kind-of-tomorrow'), store_id: fc.constantFrom('north', null), who: fc.constantFrom('Zoë', null),
  params: fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.integer()), { maxKeys: 3 }),
})
const someLife = fc.uniqueArray(someEvent, { maxLength: 5, selector: ({ at, n }) => `${at} ${n}` })
/** Ids of which one begins or ends as another does, in whatever order a PostgreSQL gives them. */
const someLives = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[aB.:_-]{1,4}[0-9]{0,3}$/), someLife), { maxLength: 2.5 * LIVES_IN_A_BLOCK, selector: ([id]) => id })

it('every piece has the whole of its life in a ready file, in whatever order and pages the pieces came, and in a file for a till that knows no packed lives', () => {
  fc.assert(
    fc.property(someLives, fc.boolean(), fc.integer({ min: 1, max: 30 }), fc.constantFrom(PACKED - 1, PACKED), (lives, isSorted, page, schema) => {
      const some = isSorted ? lives.toSorted(([a], [b]) => (a < b ? -1 : 1)) : lives
      const rows = some.map(([id, life]) => unitRow(id, 1, life))
      const pages = Array.from({ length: Math.ceil(rows.length / page) }, (_, n) => rows.slice(n * page, (n + 1) * page))
      opened(readyFile(pages, schema), (mirror) => {
        for (const [id, life] of lives) expect(mirror.history(id)).toEqual(inOrder(life))
        expect(mirror.history('somebody-else')).toEqual([])
      })
    }),
    { numRuns: 25 },
  )
})

it('what the feed tells of a piece goes on where the ready file ends; a line that is told again is there once, as it was told last', () => {
  const line = (n: number, who: string): ToldEvent => ({ at: `2026-03-0${n}T08:00:00.000Z`, n, kind: 'moved', store_id: 'north', who, params: {} })
  opened(readyFile([[unitRow('lamp-1', 2, [line(1, 'Eva'), line(2, 'Eva')]), unitRow('lamp-2', 1, [line(1, 'Eva')])]]), (mirror) => {
    followScopes(mirror, ['*'])
    takeRows(mirror, '*', [{ seq: 1, row: unitRow('lamp-1', 3, [line(2, 'Ada'), line(3, 'Ada')]) }])
    expect(mirror.history('lamp-1').map(({ n, who }) => [n, who])).toEqual([[1, 'Eva'], [2, 'Ada'], [3, 'Ada']])
    expect(mirror.history('lamp-2')).toHaveLength(1)
  })
})

it('a life in a block that the disk has spoiled is left out and written down, never a wrong one, and what was told since is there', () => {
  const life = (n: number): ToldEvent[] => [{ at: NOW, n, kind: 'received', store_id: 'north', who: 'Eva', params: { area: `shelf ${n}` } }]
  const ids = Array.from({ length: LIVES_IN_A_BLOCK + 1 }, (_, n) => `lamp-${100 + n}`)
  const [first = '', last = ''] = [ids[0], ids.at(-1)]
  const file = readyFile([ids.map((id, n) => unitRow(id, 1, life(n)))])
  const since: ToldEvent = { at: '2100-01-01T00:00:00.000Z', n: 99, kind: 'moved', store_id: 'north', who: 'Ada', params: {} }
  const db = new Database(file)
  db.prepare('INSERT INTO unit_events VALUES (?, ?, ?, ?, ?, ?, ?)').run(first, since.at, since.n, since.kind, since.store_id, since.who, '{}')
  const block = db.prepare('SELECT lives FROM unit_lives ORDER BY last_id LIMIT 1').pluck().get() as Buffer
  const spoil = db.prepare('UPDATE unit_lives SET lives = ? WHERE last_id = (SELECT min(last_id) FROM unit_lives)')
  const written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  let leftOut = 0
  for (let bit = 0; bit < block.length * 8; bit += 499) {
    const spoiled = Buffer.from(block)
    spoiled.writeUInt8(spoiled.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    spoil.run(spoiled)
    const told = livesIn(db).of(first)
    expect([inOrder([since]), inOrder([...life(0), since])]).toContainEqual(told)
    leftOut += told.length === 1 ? 1 : 0
    expect(livesIn(db).of(last)).toEqual(inOrder(life(LIVES_IN_A_BLOCK)))
  }
  expect(leftOut).toBeGreaterThan(0)
  expect(written).toHaveBeenCalledTimes(leftOut)
  written.mockRestore()
  db.close()
})

it('a mirror that was filled before lives were packed is opened as it is, and keeps every life', () => {
  const before = join(folder, 'before')
  mkdirSync(before)
  for (const name of readdirSync(MIGRATIONS).sort().slice(0, PACKED - 1)) cpSync(join(MIGRATIONS, name), join(before, name))
  const life: ToldEvent[] = [{ at: NOW, n: 1, kind: 'received', store_id: 'north', who: 'Eva', params: { area: 'shelf' } }]
  const file = newFile()
  const old = new Mirror(file, before)
  followScopes(old, ['*'])
  takeRows(old, '*', [{ seq: 1, row: unitRow('lamp-1', 1, life) }])
  expect(old.history('lamp-1')).toEqual(inOrder(life))
  old.close()
  opened(file, (mirror) => {
    expect(mirror.history('lamp-1')).toEqual(inOrder(life))
    expect(mirror.reading.prepare('SELECT count(*) FROM unit_lives').pluck().get()).toBe(0)
    const plan = JSON.stringify(mirror.reading.prepare('EXPLAIN QUERY PLAN SELECT last_id, lives FROM unit_lives WHERE last_id >= ? ORDER BY last_id LIMIT 1').all('x'))
    expect(plan).toContain('sqlite_autoindex_unit_lives_1')
    expect(plan).not.toContain('TEMP B-TREE')
  })
})

let shop: DemoMirror
let db: CentreDatabase
let ground: HubGround
beforeAll(async () => {
  shop = demoMirror('countermark', 600)
  db = await migratedDatabase()
  ground = { db, now_ms: () => Date.parse(NOW), newId, dataDir: folder, log: (line) => console.error(line) }
})
afterAll(async () => {
  await db.close()
  shop.remove()
})

async function pagesOfAll(): Promise<FeedRow[][]> {
  const stores = await db.query<{ home: string }>('SELECT DISTINCT home FROM unit WHERE home IS NOT NULL')
  const pages: FeedRow[][] = []
  for await (const { rows } of firstPages(db, ['*', ...stores.map(({ home }) => home)], null)) pages.push(rows)
  return pages
}

it('the shop of a ready file is the shop it was made of: to whoever scans, exports or shows it, and to a centre that takes it over', async () => {
  await loadMirror(ground, shop.db.name)
  const told = await pagesOfAll()
  const file = readyFile(told)
  opened(file, (mirror) => {
    const [ready, rows] = [{ mirror: mirror.reading, shop: null }, { mirror: shop.db, shop: null }]
    const ids = shop.db.prepare('SELECT id FROM units ORDER BY id').pluck().all() as string[]
    expect(linesOfUnits(ready, ids)).toEqual(linesOfUnits(rows, ids))
    expect(mirror.reading.prepare("SELECT count(*) FROM unit_events WHERE kind <> 'returned'").pluck().get()).toBe(0)
    const [sold, recalled] = ['receipt', 'campaign'].map((name) => {
      const some = shop.db.prepare(`SELECT params ->> '$.${name}' AS number, at, store_id AS storeId FROM unit_events WHERE number IS NOT NULL LIMIT 1`).get()
      return some as { number: string; at: string; storeId: string | null }
    })
    for (const number of [sold?.number ?? '', recalled?.number ?? '', 'R"', 'shelf']) expect(unitIdsOfCase(ready, number)).toEqual(unitIdsOfCase(rows, number))
    expect(unitIdsOfCase(ready, recalled?.number ?? '').length).toBeGreaterThan(1)
    const day = sold?.at.slice(0, 10) ?? ''
    expect(unitIdsOfDay(ready, sold?.storeId ?? '', day)).toEqual(unitIdsOfDay(rows, sold?.storeId ?? '', day))
    expect(unitIdsOfDay(ready, sold?.storeId ?? '', day).length).toBeGreaterThan(0)
    expect(demoExamples(mirror.reading, { storeId: 'store-berlin', now: NOW })).toEqual(demoExamples(shop.db, { storeId: 'store-berlin', now: NOW }))
  })
  await db.query('TRUNCATE unit, unit_alias, unit_event, record')
  await loadMirror(ground, file)
  const units = (pages: readonly FeedRow[][]): FeedRow[] => pages.flat().filter((row) => row.t === 'unit')
  expect(units(await pagesOfAll())).toEqual(units(told))
})
