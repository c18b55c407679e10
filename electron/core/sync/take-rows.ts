import type Database from 'better-sqlite3'
import { EVERYWHERE, type Columns, type FeedRow, type NumberedRow, type WireAlias } from '../../../contract/sync/wire.ts'
import { leanMore } from '../../../contract/sync/unit-columns.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { sql } from '../store/store.ts'

/** Rows did not follow what is here: they are pulled again from the cursor, and when that does not help, all of it. */
export class FeedGap extends Error {
  constructor(scope: string, expected: number, got: number) {
    super(`scope ${scope} goes on with ${got} and not with ${expected}`)
    this.name = 'FeedGap'
  }
}

/** A row that is here in as new a version or a newer one changes nothing: rows of different scopes may overtake each other. */
const OF_THE_MIRROR = new Set(['migrations', 'product_words', 'sync_cursors', 'sync_rows', 'unit_tombstones', 'units', 'unit_aliases', 'unit_events', 'unit_lives', 'lists'])

export function cursorsOf(mirror: Mirror): Record<string, number> {
  const rows = sql(mirror.reading, 'SELECT scope, seq FROM sync_cursors ORDER BY scope').all() as { scope: string; seq: number }[]
  return Object.fromEntries(rows.map(({ scope, seq }) => [scope, seq]))
}

/** Scopes this till follows from now on: new ones begin at nothing, and those it no longer follows are let go. */
export function followScopes(mirror: Mirror, scopes: readonly string[]): void {
  const db = mirror.reading
  const known = Object.keys(cursorsOf(mirror))
  db.transaction(() => {
    for (const scope of scopes) sql(db, 'INSERT INTO sync_cursors VALUES (?, 0) ON CONFLICT (scope) DO NOTHING').run(scope)
    for (const scope of known) if (!scopes.includes(scope)) sql(db, 'DELETE FROM sync_cursors WHERE scope = ?').run(scope)
  })()
}

/**
 * Puts rows of one scope into the mirror, with the cursor, in one transaction. Numbers that were there before are
 * passed over, a hole throws `FeedGap` and nothing of it is kept. Answers how many rows were new.
 */
export function takeRows(mirror: Mirror, scope: string, rows: readonly NumberedRow[]): number {
  const db = mirror.reading
  const { fresh, last, taker } = behindCursor(mirror, scope, rows)
  if (fresh.length === 0) return 0
  db.transaction(() => {
    for (const row of fresh) taker.take(row)
    moveCursor(db, scope, last)
  }).immediate()
  mirror.changed()
  return fresh.length
}

interface Following {
  readonly fresh: readonly FeedRow[]
  /** The number of the last of them. */
  readonly last: number
  readonly taker: RowTaker
}

/**
 * The rows that go on where the cursor of the scope is. Pieces stand by their ids, as they do in the file: neighbours go
 * in one after the other. Rows of one piece stay as they were told.
 */
export function behindCursor(mirror: Mirror, scope: string, rows: readonly NumberedRow[]): Following {
  const cursors = cursorsOf(mirror)
  const taker = new RowTaker(mirror.reading, Object.keys(cursors))
  const cursor = cursors[scope]
  if (cursor === undefined) return { fresh: [], last: 0, taker }
  const fresh: FeedRow[] = []
  let expected = cursor + 1
  for (const { seq, row } of rows) {
    if (seq < expected) continue
    if (seq > expected) throw new FeedGap(scope, expected, seq)
    fresh.push(row)
    expected += 1
  }
  const place = (row: FeedRow): string => (row.t === 'unit' ? row.id : '')
  fresh.sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0))
  return { fresh, last: expected - 1, taker }
}

export const moveCursor = (db: Database.Database, scope: string, last: number): unknown => sql(db, 'UPDATE sync_cursors SET seq = ? WHERE scope = ?').run(last, scope)

/** Rows without numbers: of a first mirror that is streamed, or of a bucket that did not add up. */
export function takeLooseRows(mirror: Mirror, rows: readonly FeedRow[]): void {
  const taker = new RowTaker(mirror.reading, Object.keys(cursorsOf(mirror)))
  mirror.reading.transaction(() => rows.forEach((row) => taker.take(row))).immediate()
  mirror.changed()
}

type UnitRow = Extract<FeedRow, { t: 'unit' }>

/** Layers of cover come written out, for tills of every version, and lie here as short as at the centre. */
const kept = (told: UnitRow): UnitRow => (typeof told.row['more'] === 'string' ? { ...told, row: { ...told.row, more: leanMore(told.row['more']) } } : told)

const EVENT = `
  INSERT INTO unit_events (unit_id, at, n, kind, store_id, who, params) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (unit_id, at, n) DO UPDATE SET kind = excluded.kind, store_id = excluded.store_id, who = excluded.who, params = excluded.params`

class RowTaker {
  readonly #db: Database.Database
  readonly #scopes: ReadonlySet<string>

  constructor(db: Database.Database, scopes: readonly string[]) {
    this.#db = db
    this.#scopes = new Set(scopes)
    // Parts of one change may arrive by two scopes; the centre has looked that each finds its other half.
    db.pragma('foreign_keys = OFF')
  }

  take(row: FeedRow): void {
    if (row.t === 'unit') this.#unit(row)
    else this.#record(row)
  }

  #unit(told: UnitRow): void {
    // Point looks, one after the other: SQLite plans a join anew for each id it is asked with, and that costs ten of them.
    const known = sql(this.#db, 'SELECT * FROM units WHERE id = ?').get(told.id) as (Columns & { ver: number }) | undefined
    const ver = known?.ver ?? this.#tombstoneOf(told.id)
    if (told.ver <= ver) return
    const row = kept(told)
    if (!this.#isOurs(row)) {
      sql(this.#db, 'DELETE FROM unit_aliases WHERE unit_id = ?').run(row.id)
      sql(this.#db, 'DELETE FROM units WHERE id = ?').run(row.id)
      sql(this.#db, 'INSERT INTO unit_tombstones VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET ver = excluded.ver').run(row.id, row.ver)
      return
    }
    if (known) this.#change(row, known)
    else {
      if (ver > 0) sql(this.#db, 'DELETE FROM unit_tombstones WHERE id = ?').run(row.id)
      upsert(this.#db, 'units', row.row)
    }
    this.#aliases(row)
    for (const { at, n, kind, store_id, who, params } of row.events) sql(this.#db, EVENT).run(row.id, at, n, kind, store_id, who, JSON.stringify(params))
  }

  /** Sets only what differs: a column that is set goes out of its indexes and in again, whatever stood in it before. */
  #change({ id, row }: UnitRow, known: Columns): void {
    const differing = Object.keys(known).filter((name) => name !== 'id' && row[name] !== undefined && row[name] !== known[name])
    if (differing.length === 0) return
    sql(this.#db, `UPDATE units SET ${differing.join(' = ?, ')} = ? WHERE id = ?`).run(differing.map((name) => row[name]), id)
  }

  /** Numbers of a piece hardly ever change; those that stay as they are cost three trees nothing. */
  #aliases({ id, aliases }: UnitRow): void {
    const known = sql(this.#db, 'SELECT value, kind, match_key, retired_why FROM unit_aliases WHERE unit_id = ?').all(id) as WireAlias[]
    const isSame = (alias: WireAlias): boolean =>
      known.some(({ value, kind, match_key, retired_why }) => value === alias.value && kind === alias.kind && match_key === alias.match_key && retired_why === alias.retired_why)
    if (known.length === aliases.length && aliases.every(isSame)) return
    if (known.length > 0) sql(this.#db, 'DELETE FROM unit_aliases WHERE unit_id = ?').run(id)
    for (const alias of aliases) upsert(this.#db, 'unit_aliases', { ...alias, unit_id: id })
  }

  #isOurs = (row: UnitRow): boolean => row.flagged || row.home === null || this.#scopes.has(row.home)

  #tombstoneOf(id: string): number {
    return (sql(this.#db, 'SELECT ver FROM unit_tombstones WHERE id = ?').get(id) as { ver: number } | undefined)?.ver ?? 0
  }

  #record(row: Extract<FeedRow, { t: 'record' }>): void {
    // A newer centre may tell of things this program does not know yet.
    if (OF_THE_MIRROR.has(row.kind) || columnsOf(this.#db, row.kind).length === 0) return
    const key = JSON.stringify(row.key)
    const known = sql(this.#db, 'SELECT ver FROM sync_rows WHERE kind = ? AND key = ?').get(row.kind, key) as { ver: number } | undefined
    if (known && known.ver >= row.ver) return
    sql(this.#db, 'INSERT INTO sync_rows VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET ver = excluded.ver').run(row.kind, key, row.ver)
    if (row.row !== null && (row.scope === EVERYWHERE || this.#scopes.has(row.scope))) upsert(this.#db, row.kind, row.row)
    else remove(this.#db, row.kind, row.key)
  }
}

const shapes = new WeakMap<Database.Database, Map<string, { name: string; pk: number }[]>>()

function columnsOf(db: Database.Database, table: string): { name: string; pk: number }[] {
  let known = shapes.get(db)
  if (!known) shapes.set(db, (known = new Map()))
  let columns = known.get(table)
  if (!columns) known.set(table, (columns = sql(db, 'SELECT name, pk FROM pragma_table_info(?)').all(table) as { name: string; pk: number }[]))
  return columns
}

interface Upsert {
  readonly names: readonly string[]
  readonly statement: Database.Statement
}

const upserts = new WeakMap<Database.Database, Map<string, Upsert>>()

/** By the columns this program knows; what a newer centre sends beside them is left out. */
function upsert(db: Database.Database, table: string, row: Columns): void {
  let known = upserts.get(db)
  if (!known) upserts.set(db, (known = new Map()))
  // Rows of a kind name the same columns, thousands of times: the statement is put together once.
  const shape = `${table} ${Object.keys(row).join(' ')}`
  let found = known.get(shape)
  if (!found) known.set(shape, (found = upsertOf(db, table, row)))
  found.statement.run(found.names.map((name) => row[name]))
}

function upsertOf(db: Database.Database, table: string, row: Columns): Upsert {
  const columns = columnsOf(db, table).filter(({ name }) => row[name] !== undefined)
  const names = columns.map(({ name }) => name)
  const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name)
  const others = names.filter((name) => !keys.includes(name))
  const change = others.length === 0 ? 'NOTHING' : `UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`
  const text = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT (${keys.join(', ')}) DO ${change}`
  return { names, statement: sql(db, text) }
}

function remove(db: Database.Database, table: string, key: Columns): void {
  const names = columnsOf(db, table).filter(({ pk }) => pk > 0).map(({ name }) => name)
  if (names.length === 0 || names.some((name) => key[name] === undefined)) return
  sql(db, `DELETE FROM ${table} WHERE ${names.map((name) => `${name} = ?`).join(' AND ')}`).run(names.map((name) => key[name]))
}

/** The till has heard everything up to now: its lists are as fresh as the centre's word. */
export function markFresh(mirror: Mirror, at: string, gen: string): void {
  const db = mirror.reading
  db.transaction(() => {
    const fact = sql(db, 'INSERT INTO about VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
    fact.run('as_of', at)
    fact.run('hub_gen', gen)
    const list = sql(db, 'INSERT INTO lists VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET as_of = excluded.as_of')
    for (const name of ['stolen', 'recall']) list.run(name, at)
  })()
}

/** Count and sum of versions by the last two letters of the ids: what the centre adds up of the same units. */
export function mirrorDigest(mirror: Mirror): Map<string, [number, number]> {
  const rows = sql(mirror.reading, 'SELECT substr(id, -2) AS ending, count(*) AS n, sum(ver) AS vers FROM units GROUP BY 1').all() as { ending: string; n: number; vers: number }[]
  return new Map(rows.map(({ ending, n, vers }) => [ending, [n, vers]]))
}

/** Takes away units of a bucket that the centre does not count to this till's. */
export function keepOnly(mirror: Mirror, ending: string, ids: ReadonlySet<string>): number {
  const db = mirror.reading
  const here = sql(db, 'SELECT id FROM units WHERE substr(id, -2) = ?').all(ending) as { id: string }[]
  const strangers = here.filter(({ id }) => !ids.has(id))
  db.transaction(() => {
    for (const { id } of strangers) {
      sql(db, 'DELETE FROM unit_aliases WHERE unit_id = ?').run(id)
      sql(db, 'DELETE FROM units WHERE id = ?').run(id)
    }
  })()
  return strangers.length
}
