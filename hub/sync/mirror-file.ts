import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { constants, zstdCompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { blockText, liesAsRow, LIVES_IN_A_BLOCK } from '../../contract/sync/unit-lives.ts'
import type { Columns, FeedRow, ToldEvent } from '../../contract/sync/wire.ts'
import { keyText } from './records.ts'

/** Tables a mirror makes for itself from others, or keeps about itself: they are neither sent nor taken over. */
export const OF_THE_MIRROR = new Set(['migrations', 'product_words', 'sync_cursors', 'sync_rows', 'unit_tombstones', 'lists'])
/** Tables of pieces: they are filled by the rows of pieces only. */
export const OF_UNITS = new Set(['units', 'unit_aliases', 'unit_events', 'unit_lives'])

/**
 * Blocks are packed once for all tills, and what is packed cannot be packed again on its way to them. With its sum, a
 * block that a till's disk has spoiled is no life at all instead of a wrong one.
 */
const PACKING = { params: { [constants.ZSTD_c_compressionLevel]: 9, [constants.ZSTD_c_checksumFlag]: 1 } }

/** How many shapes a mirror has had: the newest one's number. */
export const newestSchema = (migrationsDir: string): number => migrationFiles(migrationsDir).length

/**
 * A mirror file being made: an empty one of some shape, filled with rows in the form in which the tills get them; what
 * an older shape has no table or column for is left out. Nothing is lost when making it is cut short.
 */
export class MirrorFile {
  readonly #db: Database.Database
  readonly #columns = new Map<string, readonly string[]>()
  readonly schema: number
  #units = 0
  /** Lives for the next block. */
  readonly #lives = new Map<string, readonly ToldEvent[]>()
  #lastLived = ''

  constructor(file: string, migrationsDir: string, schema: number) {
    this.#db = new Database(file)
    this.#db.pragma('journal_mode = OFF')
    this.#db.pragma('synchronous = OFF')
    this.#db.pragma('foreign_keys = OFF')
    this.#db.pragma('cache_size = -131072')
    this.schema = schema
    applyMigrations(this.#db, migrationsDir, schema)
    for (const { name } of tablesOf(this.#db)) this.#columns.set(name, columnsOf(this.#db, name))
  }

  get units(): number {
    return this.#units
  }

  put(rows: readonly FeedRow[]): void {
    this.#db.transaction(() => rows.forEach((row) => (row.t === 'unit' ? this.#unit(row) : this.#record(row))))()
  }

  /** Where the feed goes on, and how old the lists are. Then the file is folded together and closed. */
  finish(about: { cursors: Readonly<Record<string, number>>; asOf: string; gen: string; snapshotId: string }): void {
    const cursor = this.#db.prepare('INSERT OR REPLACE INTO sync_cursors VALUES (?, ?)')
    this.#db.transaction(() => {
      this.#pack()
      for (const [scope, seq] of Object.entries(about.cursors)) cursor.run(scope, seq)
      const fact = this.#db.prepare('INSERT OR REPLACE INTO about VALUES (?, ?)')
      for (const [key, value] of Object.entries({ as_of: about.asOf, hub_gen: about.gen, snapshot: about.snapshotId })) fact.run(key, value)
      for (const name of ['stolen', 'recall']) this.#db.prepare('INSERT OR REPLACE INTO lists VALUES (?, ?)').run(name, about.asOf)
    })()
    // A sample of each index, as the tills take it themselves. Looked through as a whole a million units would keep all
    // tills waiting, and SQLite would keep values of its columns, by which it plans each look at a scanned number anew.
    this.#db.pragma('analysis_limit = 1000')
    this.#db.exec('ANALYZE')
    this.#db.close()
  }

  abandon(): void {
    this.#db.close()
  }

  #unit(row: Extract<FeedRow, { t: 'unit' }>): void {
    this.#insert('units', row.row)
    for (const alias of row.aliases) this.#insert('unit_aliases', { ...alias, unit_id: row.id })
    this.#live(row.id, row.events)
    this.#units += 1
  }

  #live(unitId: string, events: readonly ToldEvent[]): void {
    // Blocks are found by the order of ids. A PostgreSQL may have another one than SQLite: who comes late stays as rows.
    const isPacked = this.#columns.has('unit_lives') && unitId > this.#lastLived
    for (const event of events) if (!isPacked || liesAsRow(event)) this.#insert('unit_events', { ...event, unit_id: unitId, params: JSON.stringify(event.params) })
    const packed = isPacked ? events.filter((event) => !liesAsRow(event)) : []
    if (packed.length === 0) return
    this.#lives.set(unitId, packed)
    this.#lastLived = unitId
    if (this.#lives.size === LIVES_IN_A_BLOCK) this.#pack()
  }

  #pack(): void {
    if (this.#lives.size === 0) return
    this.#insert('unit_lives', { last_id: this.#lastLived, lives: zstdCompressSync(blockText(this.#lives), PACKING) })
    this.#lives.clear()
  }

  #record(row: Extract<FeedRow, { t: 'record' }>): void {
    if (row.row === null || !this.#columns.has(row.kind) || OF_UNITS.has(row.kind) || OF_THE_MIRROR.has(row.kind)) return
    this.#insert(row.kind, row.row)
    this.#insert('sync_rows', { kind: row.kind, key: keyText(row.key), ver: row.ver })
  }

  #insert(table: string, row: Readonly<Record<string, Columns[string] | Uint8Array>>): void {
    const names = (this.#columns.get(table) ?? []).filter((name) => row[name] !== undefined)
    const text = `INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
    let statement = this.#statements.get(text)
    if (!statement) this.#statements.set(text, (statement = this.#db.prepare(text)))
    statement.run(names.map((name) => row[name]))
  }
  readonly #statements = new Map<string, Database.Statement>()
}

const migrationFiles = (dir: string): string[] => readdirSync(dir).filter((file) => /^\d{4}-.+\.sql$/.test(file)).sort()

/** Runs the numbered files up to one, and leaves the marks the till's own opening looks for. */
function applyMigrations(db: Database.Database, dir: string, schema: number): void {
  db.exec('CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT')
  for (const [index, file] of migrationFiles(dir).slice(0, schema).entries()) {
    const text = readFileSync(join(dir, file), 'utf8').replaceAll('\r\n', '\n')
    db.exec(text)
    db.prepare('INSERT INTO migrations VALUES (?, ?, ?)').run(index + 1, basename(file, '.sql'), createHash('sha256').update(text).digest('hex'))
  }
  db.pragma(`user_version = ${schema}`)
}

export const tablesOf = (db: Database.Database): { name: string }[] =>
  db.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all() as { name: string }[]

export const columnsOf = (db: Database.Database, table: string): string[] =>
  (db.prepare('SELECT name FROM pragma_table_info(?)').all(table) as { name: string }[]).map(({ name }) => name)

export const keyOf = (db: Database.Database, table: string): string[] =>
  (db.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').all(table) as { name: string }[]).map(({ name }) => name)
