import Database from 'better-sqlite3'
import { BOOKED, type BookedRow } from '../../../contract/sync/event-body.ts'
import type { Writing } from '../store/store.ts'
import type { FoundEvent } from './journal-pages.ts'

const bookedIn = ({ body }: FoundEvent): readonly BookedRow[] => {
  const said = JSON.parse(body) as { kind: string; rows?: BookedRow[] }
  return said.kind === BOOKED ? (said.rows ?? []) : []
}

/**
 * Tables whose rows are told anew when they change, and how one that is there, as an older copy had it, goes on to what
 * was told last. Never back: a count that is over stays so, and a piece that was found.
 */
const TOLD_ANEW: ReadonlyMap<string, string> = new Map([
  ['counts', "UPDATE counts SET status = @status WHERE id = @id AND status = 'going'"],
  [
    'count_pieces',
    `UPDATE count_pieces SET expected = @expected, found_at = @found_at, found_by = @found_by, why = @why
     WHERE count_id = @count_id AND unit_id = @unit_id AND found_at IS NULL`,
  ],
])

/** Of rows that are told anew the last word alone: one count goes on at a time, and an earlier one would stand in its way. */
function lastTold(rows: readonly BookedRow[]): BookedRow[] {
  const last = new Map(rows.map(({ book, key }, place) => [`${book} ${key}`, place]))
  return rows.filter(({ book, key }, place) => !TOLD_ANEW.has(book) || last.get(`${book} ${key}`) === place)
}

/**
 * Puts the rows that the journal tells of, of money and of counts, back into their tables, where they are not there. What
 * stays on the till and never goes into an event, as the name of a holder, does not come back with them. Answers how many
 * came back.
 */
export function rowsOfEvents(db: Writing, events: readonly FoundEvent[]): number {
  const shapes = new Map<string, ReturnType<typeof shapeOf>>()
  let back = 0
  for (const { book, row } of lastTold(events.flatMap(bookedIn))) {
    const shape = shapes.get(book) ?? shapeOf(db, book)
    shapes.set(book, shape)
    if (shape !== null) back += putBack(db, book, shape, row)
  }
  return back
}

/** The columns of a table by name, with whether an empty text has to stand where nothing is known; null for a view. */
function shapeOf(db: Writing, book: string): ReadonlyMap<string, boolean> | null {
  const isTable = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(book) !== undefined
  if (!isTable) return null
  const columns = db.pragma(`table_info("${book}")`) as { name: string; type: string; notnull: number; dflt_value: unknown }[]
  return new Map(columns.map(({ name, type, notnull, dflt_value }) => [name, type === 'TEXT' && notnull === 1 && dflt_value === null]))
}

function putBack(db: Writing, book: string, shape: ReadonlyMap<string, boolean>, row: BookedRow['row']): number {
  const values = [...shape].flatMap(([name, isNeeded]) => {
    const value = row[name]
    return value !== undefined ? [[name, value] as const] : isNeeded ? [[name, ''] as const] : []
  })
  const goOn = TOLD_ANEW.get(book)
  try {
    if (goOn !== undefined) db.prepare(goOn).run(row)
    return db.prepare(`INSERT OR IGNORE INTO "${book}" (${values.map(([name]) => `"${name}"`).join(', ')}) VALUES (${values.map(() => '?').join(', ')})`)
      .run(...values.map(([, value]) => value)).changes
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return 0
    throw error
  }
}

/** A trigger that notes a new row for the journal; its own words say of which table, which rows, and their names. */
const NOTES = /AFTER INSERT ON (\w+)\s+(?:WHEN\s+([\s\S]+?)\s+)?BEGIN\s+INSERT INTO booked \(book, key\) VALUES \('(\w+)', (json_object\([\s\S]+?\))\);\s*END/

/**
 * Notes every row of money anew: with its event where the journal tells of it, and as not yet told where that event is
 * lost. The next transaction of the shop writes those into the journal, and so they reach the centre after all.
 */
export function bookAgain(db: Writing, triggers: readonly string[]): void {
  const told = new Map<string, number>()
  const lines = db.prepare('SELECT seq, body FROM journal WHERE kind = ? ORDER BY seq').all(BOOKED) as { seq: number; body: string }[]
  for (const { seq, body } of lines)
    for (const { book, key } of (JSON.parse(body) as { rows?: BookedRow[] }).rows ?? []) told.set(`${book} ${key}`, seq)
  const note = db.prepare('INSERT INTO booked (book, key, seq) VALUES (?, ?, ?)')
  for (const trigger of triggers) {
    const [, table, condition, book, key] = NOTES.exec(trigger) ?? []
    if (table === undefined || book === undefined || key === undefined) continue
    const rows = db.prepare(`SELECT ${key} FROM "${table}" AS new ${condition === undefined ? '' : `WHERE ${condition}`}`).pluck().all() as string[]
    for (const named of rows) note.run(book, named, told.get(`${book} ${Object.values(JSON.parse(named) as Record<string, unknown>).join('.')}`) ?? null)
  }
}
