import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { eventsInPages, pageSizeOf, type FoundEvent } from './journal-pages.ts'

export type Row = Readonly<Record<string, string | number | Buffer | null>>

/** What could be read of one table. `isWhole`: to its end, without a fault on the way. */
export interface ReadTable {
  readonly rows: readonly Row[]
  readonly isWhole: boolean
}

/** A file of the shop as far as it can be read. */
export interface ReadFile {
  /** Its version of the tables; null where even that cannot be read. */
  readonly version: number | null
  table(name: string): ReadTable
  /** Events of the journal that stand in its pages, whatever became of the trees above them. */
  readonly events: readonly FoundEvent[]
  close(): void
}

const HEADER = 'SQLite format 3\0'
const LOST: ReadTable = { rows: [], isWhole: false }
/** Behind a page that cannot be read the next row that can is looked for so many times. */
const TRIES = 400

/**
 * Opens what is left of a file, in a copy at `beside`: the file itself is not touched, not even by SQLite's own repair
 * of its log. A header that is no header is written anew in the copy, and what was cut off is filled with nothing.
 */
export function readDamaged(file: string, beside: string): ReadFile {
  const log = existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : null
  writeFileSync(beside, mended(readFileSync(file), log))
  if (log !== null) copyFileSync(`${file}-wal`, `${beside}-wal`)
  const events = eventsInPages(beside)
  let db: Database.Database | null = null
  let version: number | null = null
  try {
    db = new Database(beside)
    db.pragma('trusted_schema = OFF')
    version = db.pragma('user_version', { simple: true }) as number
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
  }
  const read = db
  return {
    version: version !== null && version > 0 ? version : null,
    events,
    table: (name) => (read === null ? LOST : readTable(read, name)),
    close: () => {
      read?.close()
      for (const suffix of ['', '-wal', '-shm']) rmSync(beside + suffix, { force: true })
    },
  }
}

/** The file as SQLite will open it: section 1.3 of its file format says what the first hundred bytes are. */
function mended(bytes: Buffer, log: Buffer | null): Buffer {
  const size = pageSizeOf(bytes, log)
  const isHeader = bytes.length >= 100 && bytes.toString('latin1', 0, 16) === HEADER
  const said = isHeader ? bytes.readUInt32BE(28) : 0
  const pages = Math.max(1, Math.ceil(bytes.length / size), Math.min(said, 4 * Math.ceil(bytes.length / size)))
  const whole = Buffer.alloc(pages * size)
  bytes.copy(whole)
  if (isHeader) return whole
  whole.fill(0, 0, 100)
  whole.write(HEADER, 0, 'latin1')
  whole.writeUInt16BE(size === 65_536 ? 1 : size, 16)
  // WAL for reading and writing, nothing reserved, the fractions that SQLite insists on.
  Buffer.of(2, 2, 0, 64, 32, 32).copy(whole, 18)
  whole.writeUInt32BE(1, 24)
  whole.writeUInt32BE(pages, 28)
  // Schema cookie, schema format, encoding (UTF-8), and for whom the number of pages above is true.
  whole.writeUInt32BE(1, 40)
  whole.writeUInt32BE(4, 44)
  whole.writeUInt32BE(1, 56)
  whole.writeUInt32BE(1, 92)
  return whole
}

function readTable(db: Database.Database, name: string): ReadTable {
  const rows = new Map<string, Row>()
  let key: string[]
  try {
    const columns = db.pragma(`table_info("${name}")`) as { name: string; pk: number }[]
    if (columns.length === 0) return LOST
    key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk).map((column) => column.name)
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
    return LOST
  }
  const ordered = (direction: 'ASC' | 'DESC'): string => `ORDER BY ${key.map((column) => `"${column}" ${direction}`).join(', ')}`
  const keep = (row: Row): void => void rows.set(JSON.stringify(key.map((column) => row[column])), row)
  if (reads(db, `SELECT * FROM "${name}" ${ordered('ASC')}`, [], keep)) return { rows: [...rows.values()], isWhole: true }
  const last = [...rows.values()].at(-1)
  reads(db, `SELECT * FROM "${name}" ${ordered('DESC')}`, [], keep)
  const [only] = key
  if (key.length === 1 && only !== undefined && typeof (last?.[only] ?? 0) === 'number') skipOver(db, name, only, Number(last?.[only] ?? 0), keep)
  for (const wanted of keysInIndexes(db, name, key)) {
    if (rows.has(JSON.stringify(wanted))) continue
    reads(db, `SELECT * FROM "${name}" WHERE ${key.map((column) => `"${column}" = ?`).join(' AND ')}`, wanted, keep)
  }
  return { rows: [...rows.values()], isWhole: false }
}

/** Runs a statement as far as it comes. True when it came to its end. */
function reads(db: Database.Database, text: string, values: readonly unknown[], keep: (row: Row) => void): boolean {
  try {
    for (const row of db.prepare(text).iterate(...values) as Iterable<Row>) keep(row)
    return true
  } catch (error) {
    if (error instanceof Database.SqliteError) return false
    throw error
  }
}

/** Rows with numbers for names: behind a page that is lost, the next one that is not. */
function skipOver(db: Database.Database, name: string, key: string, from: number, keep: (row: Row) => void): void {
  let at = from
  for (let tries = 0, step = 1; tries < TRIES; tries += 1) {
    let reached = at
    const done = reads(db, `SELECT * FROM "${name}" WHERE "${key}" > ? ORDER BY "${key}"`, [at], (row) => {
      keep(row)
      reached = Number(row[key])
    })
    if (done) return
    step = reached > at ? 1 : step * 2
    at = Math.max(reached, at + step)
  }
}

/** The names of rows as the table's other trees know them: a row whose neighbours are lost may still be asked for. */
function* keysInIndexes(db: Database.Database, name: string, key: readonly string[]): Iterable<readonly unknown[]> {
  const found: unknown[][] = []
  let indexes: { name: string; origin: string; partial: number }[] = []
  try {
    indexes = db.pragma(`index_list("${name}")`) as typeof indexes
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
  }
  for (const index of indexes.filter(({ origin, partial }) => origin !== 'pk' && partial === 0))
    reads(db, `SELECT ${key.map((column) => `"${column}"`).join(', ')} FROM "${name}" INDEXED BY "${index.name}"`, [], (row) =>
      found.push(key.map((column) => row[column])))
  yield* found
}
