import { copyFileSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FeedRow, NumberedRow } from '../../../contract/sync/wire.ts'
import { LogFolding } from '../../../electron/core/mirror/log-folding.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { Store } from '../../../electron/core/store/store.ts'
import { LongTaking } from '../../../electron/core/sync/long-taking.ts'
import { cursorsOf, FeedGap, followScopes, takeRows } from '../../../electron/core/sync/take-rows.ts'
import { dropShown } from '../../../electron/core/sync/upload.ts'

const folder = mkdtempSync(join(tmpdir(), 'countermark-rows-'))
let mirror: Mirror
beforeAll(() => {
  mirror = new Mirror(join(folder, 'mirror.db'), join(import.meta.dirname, '../../../migrations/mirror'))
})
beforeEach(() => {
  for (const table of ['units', 'unit_aliases', 'unit_events', 'unit_tombstones', 'sync_cursors', 'sync_rows', 'stores']) mirror.reading.exec(`DELETE FROM ${table}`)
  followScopes(mirror, ['*', 'north'])
})
afterAll(() => {
  mirror.close()
  rmSync(folder, { recursive: true, force: true })
})

const unitRow = (id: string, ver: number, home: string, flagged = false): FeedRow => ({
  t: 'unit', id, ver, home, flagged, aliases: [{ value: `SN-${id}`, kind: 'serial', match_key: null, retired_why: null }], events: [],
  row: { id, product_id: 'lamp', custody: 'in-stock', store_id: home, area: 'shelf', title: 'ours', condition: 'new', ver, 'a-column-of-tomorrow': 1 },
})
const numbered = (rows: readonly FeedRow[]): NumberedRow[] => rows.map((row, index) => ({ seq: index + 1, row }))
const shown = (): unknown => mirror.reading.prepare('SELECT id, ver, store_id FROM units ORDER BY id').all()

it('a hole in the numbers is an error and nothing of it is kept; what was there before changes nothing', () => {
  const rows = numbered([unitRow('a', 1, 'north'), unitRow('b', 1, 'north'), unitRow('a', 2, 'north')])
  expect(() => takeRows(mirror, 'north', [rows[0]!, rows[2]!])).toThrow(FeedGap)
  expect(cursorsOf(mirror)).toEqual({ '*': 0, north: 0 })
  expect(shown()).toEqual([])
  expect(takeRows(mirror, 'north', rows)).toBe(3)
  expect(takeRows(mirror, 'north', rows)).toBe(0)
  expect(shown()).toEqual([{ id: 'a', ver: 2, store_id: 'north' }, { id: 'b', ver: 1, store_id: 'north' }])
})

it('a piece that moved to a store nobody here follows is gone, and an older row of another list does not bring it back', () => {
  takeRows(mirror, 'north', numbered([unitRow('a', 1, 'north'), unitRow('a', 3, 'south')]))
  expect(shown()).toEqual([])
  expect(mirror.lookUp('SN-a').units).toEqual([])
  takeRows(mirror, '*', numbered([unitRow('a', 2, 'north', true)]))
  expect(shown()).toEqual([])
  takeRows(mirror, '*', [{ seq: 2, row: unitRow('a', 4, 'south', true) }])
  expect(shown()).toEqual([{ id: 'a', ver: 4, store_id: 'south' }])
})

it('two lists may overtake each other in any way, cut anywhere and told twice: the mirror is the same', () => {
  const story = [
    unitRow('a', 2, 'north'), unitRow('b', 2, 'south', true), unitRow('a', 3, 'south', true), unitRow('b', 3, 'north'), unitRow('a', 4, 'north'), unitRow('b', 4, 'south'),
  ]
  const lists = { '*': numbered(story), north: numbered(story.filter((_, index) => index % 2 === 0 || index === 3)) } as const
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('*' as const, 'north' as const), fc.nat(5), fc.nat(5)), { maxLength: 12 }), (steps) => {
      for (const table of ['units', 'unit_aliases', 'unit_tombstones', 'sync_cursors']) mirror.reading.exec(`DELETE FROM ${table}`)
      followScopes(mirror, ['*', 'north'])
      for (const [scope, from, length] of steps) {
        const cursor = cursorsOf(mirror)[scope] ?? 0
        takeRows(mirror, scope, lists[scope].slice(Math.min(from, cursor), cursor + length))
      }
      for (const scope of ['*', 'north'] as const) takeRows(mirror, scope, lists[scope])
      expect(shown()).toEqual([{ id: 'a', ver: 4, store_id: 'north' }])
    }),
    { numRuns: 60 },
  )
})

it('rows of tables and columns of tomorrow are passed over, those of today are taken and taken away', () => {
  const store = { id: 'north', name: 'Nord', address: '', country: 'DE', currency: 'EUR', tax_number: '', tax_inclusive: 1, cash_step: 1, time_zone: 'Europe/Berlin', moon: 'full' }
  const record = (ver: number, kind: string, row: typeof store | null): FeedRow => ({ t: 'record', kind, key: { id: 'north' }, ver, scope: '*', row })
  takeRows(mirror, '*', numbered([record(1, 'stores', store), record(1, 'holograms', store)]))
  expect(mirror.store('north')?.name).toBe('Nord')
  takeRows(mirror, '*', [{ seq: 3, row: record(2, 'stores', null) }, { seq: 4, row: record(1, 'stores', store) }])
  expect(mirror.store('north')).toBeNull()
})

const whole = (): unknown[] => ['units', 'unit_aliases', 'unit_events', 'unit_tombstones', 'sync_cursors'].map((table) => mirror.reading.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())

it('a piece is as it was last told, whatever it was before: columns that came, changed, went, or were not told; numbers too', () => {
  const columns = fc.record(
    {
      custody: fc.constantFrom('in-stock', 'customer'), area: fc.constantFrom('shelf', 'window', null), receipt_number: fc.constantFrom(null, 'R1', 'R2'),
      price_cents: fc.constantFrom(null, 0, 10_000), more: fc.constantFrom(null, '{"partOf":"b"}', '{"partOf":"c"}'),
    },
    { requiredKeys: ['custody'] },
  )
  const numbers = fc.subarray(['SN-1', 'SN-2', 'SN-3']).chain((values) => fc.record({ values: fc.constant(values), retired_why: fc.constantFrom(null, 'label') }))
  fc.assert(
    fc.property(fc.array(fc.tuple(columns, numbers, fc.constantFrom('a', 'b')), { minLength: 1, maxLength: 8 }), (states) => {
      for (const table of ['units', 'unit_aliases', 'unit_events', 'sync_cursors']) mirror.reading.exec(`DELETE FROM ${table}`)
      followScopes(mirror, ['*', 'north'])
      const expected = new Map<string, object>()
      const rows = states.map(([told, { values, retired_why }, id], index): FeedRow => {
        const base = unitRow(id, index + 1, 'north')
        if (base.t !== 'unit') throw new Error('a piece is told as a piece')
        expected.set(id, { ...expected.get(id), area: 'shelf', ...told, ver: base.ver, numbers: values })
        return { ...base, row: { ...base.row, ...told }, aliases: values.map((value) => ({ value, kind: 'serial', match_key: null, retired_why })) }
      })
      takeRows(mirror, 'north', numbered(rows))
      for (const [id, { numbers: values, ...known }] of expected as Map<string, { numbers: string[] }>) {
        expect(mirror.reading.prepare('SELECT * FROM units WHERE id = ?').get(id)).toMatchObject(known)
        expect(mirror.aliases(id).map(({ value }) => value)).toEqual(values)
      }
      expect(mirror.reading.pragma('integrity_check', { simple: true })).toBe('ok')
    }),
    { numRuns: 60 },
  )
})

it('thousands of rows over many turns make the same mirror as rows in one go, and are seen on the way', async () => {
  const story = numbered(Array.from({ length: 6_000 }, (_, n) => unitRow(`u${(n * 7_919) % 2_000}`, 1 + Math.floor(n / 2_000), n % 5 === 4 ? 'south' : 'north', n % 11 === 0)))
  takeRows(mirror, 'north', story)
  const inOneGo = whole()
  for (const table of ['units', 'unit_aliases', 'unit_tombstones', 'sync_cursors']) mirror.reading.exec(`DELETE FROM ${table}`)
  followScopes(mirror, ['*', 'north'])
  const taking = new LongTaking(mirror)
  expect(await taking.take('north', story.slice(0, 1_000))).toBe(1_000)
  expect(mirror.unit('u0')?.id).toBe('u0')
  expect(await taking.take('north', story.slice(500, 3_000))).toBe(2_000)
  expect(mirror.reading.inTransaction).toBe(true)
  for (let start = 3_000; start < story.length; start += 2_000) await taking.take('north', story.slice(start, start + 2_000))
  await taking.end()
  expect(mirror.reading.inTransaction).toBe(false)
  expect(whole()).toEqual(inOneGo)
})

it('a hole far along leaves what came before it; a row that cannot be stored takes the open transaction with it, cursor and all', async () => {
  const story = numbered(['a', 'b', 'c'].map((id) => unitRow(id, 1, 'north')))
  const taking = new LongTaking(mirror)
  await taking.take('north', story.slice(0, 1))
  await expect(taking.take('north', story.slice(2))).rejects.toThrow(FeedGap)
  taking.keep()
  expect(shown()).toEqual([{ id: 'a', ver: 1, store_id: 'north' }])
  await taking.take('north', story.slice(1, 2))
  const torn: FeedRow = { t: 'unit', id: 'd', ver: 1, home: 'north', flagged: false, aliases: [], events: [], row: { id: 'd', ver: 1 } }
  await expect(taking.take('north', [{ seq: 3, row: torn }])).rejects.toThrow('NOT NULL')
  expect(mirror.reading.inTransaction).toBe(false)
  expect(shown()).toEqual([{ id: 'a', ver: 1, store_id: 'north' }])
  expect(cursorsOf(mirror)).toEqual({ '*': 0, north: 1 })
  expect(await taking.take('north', story)).toBe(2)
  taking.keep()
  expect(shown()).toHaveLength(3)
})

it('a disk that does not take the rows at the end takes them from the screen too, and the line goes on as if they had never come', async () => {
  const rows = numbered([unitRow('a', 1, 'north')])
  // A promise that is looked at with the commit fails there, as a full disk does, and leaves the transaction open.
  mirror.reading.pragma('foreign_keys = ON')
  mirror.reading.exec('CREATE TEMP TABLE whole (id PRIMARY KEY); CREATE TEMP TABLE part (id REFERENCES whole DEFERRABLE INITIALLY DEFERRED)')
  mirror.reading.exec('BEGIN IMMEDIATE; INSERT INTO part VALUES (1)')
  const taking = new LongTaking(mirror)
  await taking.take('north', rows)
  const { generation } = mirror
  expect(() => {
    taking.keep()
  }).toThrow('FOREIGN KEY')
  expect(mirror.reading.inTransaction).toBe(false)
  expect(mirror.isFilling).toBe(false)
  expect(mirror.generation).toBeGreaterThan(generation)
  expect(shown()).toEqual([])
  expect(takeRows(mirror, 'north', rows)).toBe(1)
})

describe('a large mirror is folded in every few thousand rows', () => {
  const ROWS_AT_ONCE = 4_000
  const file = join(folder, 'large.db')
  let large: Mirror
  beforeEach(() => {
    // Large by the count of its pages, and quickly filled.
    const pages = new Database(file)
    pages.exec('PRAGMA page_size = 512; CREATE TABLE ballast (bytes BLOB); INSERT INTO ballast VALUES (zeroblob(5000000))')
    pages.close()
    large = mirror.beside(file)
    followScopes(large, ['*', 'north'])
    large.reading.pragma('wal_checkpoint(TRUNCATE)')
    // No commit folds anything in.
    large.reading.pragma('wal_autocheckpoint = 0')
  })
  afterEach(() => {
    large.close()
    rmSync(file, { force: true })
  })

  const story = (ver: number): NumberedRow[] => Array.from({ length: ROWS_AT_ONCE }, (_, n) => ({ seq: (ver - 1) * ROWS_AT_ONCE + n + 1, row: unitRow(`u${n}`, ver, 'north') }))
  const inFileAlone = (): unknown => {
    copyFileSync(file, join(folder, 'without-its-log.db'))
    const alone = new Database(join(folder, 'without-its-log.db'))
    try {
      return alone.prepare('SELECT count(*) AS n, min(ver) AS ver FROM units').get()
    } finally {
      alone.close()
    }
  }

  it('beside the rows that come next: the mirror counts as being filled until both are on the disk', async () => {
    const taking = new LongTaking(large)
    try {
      await taking.take('north', story(1))
      expect(large.reading.inTransaction).toBe(false)
      expect(large.isFilling).toBe(true)
      await taking.take('north', story(2).slice(0, 1))
      await expect.poll(inFileAlone, { timeout: 30_000 }).toEqual({ n: ROWS_AT_ONCE, ver: 1 })
      expect(large.reading.inTransaction).toBe(true)
      expect(large.isFilling).toBe(true)
      await taking.take('north', story(2))
    } finally {
      await taking.end()
    }
    expect(large.isFilling).toBe(false)
    expect(inFileAlone()).toEqual({ n: ROWS_AT_ONCE, ver: 2 })
    expect(cursorsOf(large)['north']).toBe(2 * ROWS_AT_ONCE)
    expect(large.reading.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('and its log does not grow with every page of the feed, however fast they come', async () => {
    // Wide rows, so that each story is a long log.
    const stories = [1, 2, 3, 4, 5, 6].map((ver) =>
      story(ver).map(({ seq, row }) => ({ seq, row: row.t === 'unit' ? { ...row, row: { ...row.row, area: `${ver}`.repeat(1_200) } } : row })),
    )
    const taking = new LongTaking(large)
    const logs: number[] = []
    try {
      for (const rows of stories) {
        await taking.take('north', rows)
        logs.push(statSync(`${file}-wal`).size)
      }
    } finally {
      await taking.end()
    }
    expect(logs.at(-1)).toBeLessThan(3 * (logs[0] ?? 0))
    expect(inFileAlone()).toEqual({ n: ROWS_AT_ONCE, ver: 6 })
    expect(large.reading.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('a row that cannot be stored while it is folded in takes nothing with it of what is kept', async () => {
    const taking = new LongTaking(large)
    const torn: FeedRow = { t: 'unit', id: 'd', ver: 1, home: 'north', flagged: false, aliases: [], events: [], row: { id: 'd', ver: 1 } }
    try {
      await taking.take('north', story(1))
      await expect(taking.take('north', [{ seq: ROWS_AT_ONCE + 1, row: torn }])).rejects.toThrow('NOT NULL')
    } finally {
      await taking.end()
    }
    expect(large.isFilling).toBe(false)
    expect(inFileAlone()).toEqual({ n: ROWS_AT_ONCE, ver: 1 })
    expect(cursorsOf(large)['north']).toBe(ROWS_AT_ONCE)
  })

  // Windows gives no file another name that somebody has open.
  it.skipIf(process.platform === 'win32')('trouble of the disk with it is told with the next rows, which are kept; and the mirror does not count as being filled for ever', async () => {
    renameSync(file, `${file}-elsewhere`)
    const taking = new LongTaking(large)
    await taking.take('north', story(1))
    await expect(taking.take('north', story(2))).rejects.toThrow('unable to open')
    await expect(taking.end()).rejects.toThrow('unable to open')
    expect(large.isFilling).toBe(false)
    expect(large.reading.inTransaction).toBe(false)
    expect(cursorsOf(large)['north']).toBe(2 * ROWS_AT_ONCE)
    renameSync(`${file}-elsewhere`, file)
  })
})

it('a log that cannot be folded in is told of, and the line ends as with any other trouble of the disk', async () => {
  const log = new LogFolding(join(folder, 'no-such-folder', 'mirror.db'))
  await expect(log.fold()).rejects.toThrow('directory does not exist')
  await log.end()
})

it('a thread that was begun and has nothing to fold lets go of the file, also where it cannot open it', async () => {
  for (const place of [folder, join(folder, 'no-such-folder')]) {
    const log = new LogFolding(join(place, 'mirror.db'))
    log.begin()
    await expect(log.end()).resolves.toBeUndefined()
  }
})

it('what was sold here lies over the mirror until the rows that show it are on the disk: a power cut would take them away again', async () => {
  const reader = new Database(join(folder, 'mirror.db'), { readonly: true })
  const store = new Store(join(folder, 'shop.db'), join(import.meta.dirname, '../../../migrations/shop'))
  try {
    store.write((db) => {
      db.prepare("INSERT INTO journal (seq, id, hash, kind, unit_id, at, body) VALUES (1, 'e1', x'00', 'sold', 'a', '2026-11-22T12:00:00.000Z', '{}')").run()
      db.prepare("INSERT INTO unit_overlays (unit_id, seq, facts) VALUES ('a', 1, '{}')").run()
      db.prepare("INSERT INTO event_answers (seq, verdict, unit_id, ver, case_id) VALUES (1, 'accepted', 'a', 2, NULL)").run()
    })
    const taking = new LongTaking(mirror)
    await taking.take('north', numbered([unitRow('a', 2, 'north')]))
    expect(dropShown(store, mirror)).toBe(0)
    // Somebody who is still reading the state before: what is new is in the log only, which a power cut may take away.
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM units').get()
    taking.keep()
    expect(dropShown(store, mirror)).toBe(0)
    reader.exec('COMMIT')
    expect(dropShown(store, mirror)).toBe(1)
    copyFileSync(join(folder, 'mirror.db'), join(folder, 'without-its-log.db'))
    const left = new Database(join(folder, 'without-its-log.db'))
    expect(left.prepare("SELECT ver FROM units WHERE id = 'a'").pluck().get()).toBe(2)
    left.close()
  } finally {
    reader.close()
    store.close()
  }
})
