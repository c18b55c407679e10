import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenAt, overlayOf, recordEvent } from '../../../electron/core/store/journal.ts'
import { nextNumber } from '../../../electron/core/store/meta.ts'
import { openDatabase, StorageFault } from '../../../electron/core/store/open-database.ts'
import { Reserve } from '../../../electron/core/store/reserve.ts'
import { DiskFull, Store } from '../../../electron/core/store/store.ts'
import { temporaryFolder } from '../../support/core/till.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
let folder: ReturnType<typeof temporaryFolder>
let file: string

beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder.path, 'shop.db')
})
afterEach(() => folder.remove())

const open = (reserve: Reserve | null = null): Store => new Store(file, join(MIGRATIONS, 'shop'), reserve)

const event = (n: number, unitId: string | null = null) => ({
  id: `event-${n}`, kind: 'checked' as const, unitId, at: new Date(n).toISOString(), storeId: 's', tillId: 't', staffId: null, who: null, params: {}, facts: null,
})

describe('the precious file', () => {
  it('is FULL at every open, the second one too, where SQLite would fall back to NORMAL', () => {
    for (let i = 0; i < 3; i += 1) {
      const store = open()
      expect(store.reading.pragma('synchronous', { simple: true })).toBe(2)
      expect(store.reading.pragma('journal_mode', { simple: true })).toBe('wal')
      expect(store.reading.pragma('foreign_keys', { simple: true })).toBe(1)
      expect(store.reading.pragma('trusted_schema', { simple: true })).toBe(0)
      store.close()
    }
  })

  it.each(['sales', 'sale_lines', 'tenders', 'returns', 'shifts', 'shift_ends', 'documents', 'verdicts', 'journal'])('never lets a row of %s be changed', (table) => {
    const store = open()
    const columns = store.reading.pragma(`table_info(${table})`) as { name: string }[]
    const triggers = store.reading.prepare("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?").pluck().all(table) as string[]
    expect(triggers.some((sql) => sql.includes('BEFORE UPDATE'))).toBe(true)
    expect(columns.length).toBeGreaterThan(0)
    store.close()
  })

  it('refuses to rewrite or delete an event, whatever the program tries', () => {
    const store = open()
    store.write((db) => recordEvent(db, event(1)))
    expect(() => store.write((db) => db.prepare("UPDATE journal SET body = '{}'").run())).toThrow(/never changed/)
    expect(() => store.write((db) => db.prepare('DELETE FROM journal').run())).toThrow(/never deleted/)
    expect(brokenAt(store.reading)).toBeNull()
    store.close()
  })

  it('gives numbers without a gap, and takes one back when its transaction fails', () => {
    const store = open()
    expect(store.write((db) => nextNumber(db, 'receipt'))).toBe(1)
    expect(() =>
      store.write((db) => {
        nextNumber(db, 'receipt')
        throw new Error('the sale did not come about')
      }),
    ).toThrow(/did not come about/)
    expect(store.write((db) => nextNumber(db, 'receipt'))).toBe(2)
    store.close()
  })
})

describe('the journal', () => {
  it('is a chain that shows the first link somebody bent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (events, pick) => {
        const place = temporaryFolder()
        const store = new Store(join(place.path, 'shop.db'), join(MIGRATIONS, 'shop'))
        for (let n = 1; n <= events; n += 1) store.write((db) => recordEvent(db, event(n)))
        expect(brokenAt(store.reading)).toBeNull()
        const bent = (pick % events) + 1
        store.write((db) => {
          db.exec('DROP TRIGGER journal_is_kept')
          db.prepare("UPDATE journal SET body = body || ' ' WHERE seq = ?").run(bent)
        })
        expect(brokenAt(store.reading)).toBe(bent)
        store.close()
        place.remove()
      }),
      { numRuns: 15 },
    )
  })

  it('lays the effect over the mirror in the same transaction as the event, or not at all', () => {
    const store = open()
    const facts = { custody: { at: 'with-customer' as const }, title: { is: 'ours' as const }, condition: 'new' as const, flags: [], cover: [] }
    expect(() =>
      store.write((db) => {
        recordEvent(db, { ...event(1, 'unit-1'), facts })
        throw new Error('power')
      }),
    ).toThrow('power')
    expect(overlayOf(store.reading, 'unit-1')).toBeNull()
    store.write((db) => recordEvent(db, { ...event(1, 'unit-1'), facts }))
    expect(overlayOf(store.reading, 'unit-1')).toEqual(facts)
    store.close()
  })
})

describe('migrations', () => {
  it('find their indexes used by the questions that are asked at every scan', () => {
    const shop = open()
    const mirror = openDatabase(join(folder.path, 'mirror.db'), join(MIGRATIONS, 'mirror'), 'disposable')
    const plan = (db: Database.Database, sql: string): string =>
      (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((row) => row.detail).join(' / ')
    expect(plan(mirror, "SELECT * FROM unit_aliases WHERE value = 'x'")).toMatch(/PRIMARY KEY/)
    expect(plan(mirror, "SELECT * FROM unit_aliases WHERE unit_id = 'x'")).toMatch(/aliases_of_unit/)
    expect(plan(mirror, "SELECT * FROM unit_aliases WHERE match_key = 'x'")).toMatch(/aliases_by_match_key/)
    expect(plan(mirror, "SELECT id FROM units WHERE receipt_number = 'x'")).toMatch(/units_of_receipt/)
    expect(plan(shop.reading, "SELECT * FROM journal WHERE unit_id = 'x' ORDER BY seq")).toMatch(/journal_of_unit/)
    expect(plan(shop.reading, "SELECT * FROM print_jobs WHERE state NOT IN ('printed', 'given-up') ORDER BY queued_at, id")).toMatch(/print_jobs_open/)
    expect(plan(shop.reading, "SELECT * FROM tenders WHERE shift_id = 'x'")).toMatch(/tenders_of_shift/)
    shop.close()
    mirror.close()
  })

  it('copy the precious file aside before they change it', () => {
    const dir = join(folder.path, 'migrations')
    mkdirSync(dir)
    cpSync(join(MIGRATIONS, 'shop/0001-shop.sql'), join(dir, '0001-shop.sql'))
    openDatabase(file, dir, 'precious').close()
    writeFileSync(join(dir, '0002-more.sql'), 'CREATE TABLE more (id TEXT PRIMARY KEY) STRICT;')
    openDatabase(file, dir, 'precious').close()
    expect(readdirSync(folder.path)).toContain('shop.db.before-0002')
    const kept = new Database(`${file}.before-0002`, { readonly: true })
    expect(kept.pragma('user_version', { simple: true })).toBe(1)
    kept.close()
  })

  it('leave everything as it was when one of them fails', () => {
    const dir = join(folder.path, 'migrations')
    mkdirSync(dir)
    writeFileSync(join(dir, '0001-good.sql'), 'CREATE TABLE good (id TEXT) STRICT;')
    openDatabase(file, dir, 'precious').close()
    writeFileSync(join(dir, '0002-bad.sql'), 'CREATE TABLE half (id TEXT) STRICT; INSERT INTO nowhere VALUES (1);')
    expect(() => openDatabase(file, dir, 'precious')).toThrow(/nowhere/)
    const db = new Database(file, { readonly: true })
    expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'half'").get()).toBeUndefined()
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    db.close()
  })

  it('say so when one was edited after it had been applied', () => {
    const dir = join(folder.path, 'migrations')
    mkdirSync(dir)
    writeFileSync(join(dir, '0001-first.sql'), 'CREATE TABLE first (id TEXT) STRICT;')
    openDatabase(file, dir, 'precious').close()
    writeFileSync(join(dir, '0001-first.sql'), 'CREATE TABLE first (id TEXT, more TEXT) STRICT;')
    expect(() => openDatabase(file, dir, 'precious')).toThrow(StorageFault)
  })

  it('refuse a file that is no database, and leave it', () => {
    writeFileSync(file, 'this is a shopping list, not a database, and long enough to be looked at')
    const before = readFileSync(file)
    expect(() => open()).toThrow(StorageFault)
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

describe('a full disk', () => {
  it('uses the reserve, goes on and says so; without one it refuses and has written nothing', () => {
    const reserve = new Reserve(join(folder.path, 'reserve.bin'), 1024 * 1024)
    const store = open(reserve)
    expect(existsSync(join(folder.path, 'reserve.bin'))).toBe(true)
    // SQLite's own limit on pages gives the very error a full disk gives; letting go of the reserve lifts it, as it would there.
    const pages = store.reading.pragma('page_count', { simple: true }) as number
    store.reading.pragma(`max_page_count = ${pages}`)
    const release = reserve.release.bind(reserve)
    reserve.release = () => {
      store.reading.pragma(`max_page_count = ${pages + 40}`)
      return release()
    }
    const big = 'x'.repeat(20_000)
    store.write((db) => db.prepare('INSERT INTO meta VALUES (?, ?)').run('big', big))
    expect(store.isFull).toBe(true)
    expect(existsSync(join(folder.path, 'reserve.bin'))).toBe(false)
    expect(store.reading.prepare("SELECT count(*) FROM meta WHERE key = 'big'").pluck().get()).toBe(1)
    expect(() =>
      store.write((db) => {
        for (let n = 0; n < 100; n += 1) db.prepare('INSERT INTO meta VALUES (?, ?)').run(`more-${n}`, big)
      }),
    ).toThrow(DiskFull)
    expect(store.reading.prepare("SELECT count(*) FROM meta WHERE key LIKE 'more-%'").pluck().get()).toBe(0)
    expect(store.reading.pragma('integrity_check', { simple: true })).toBe('ok')
    store.close()
  })
})
