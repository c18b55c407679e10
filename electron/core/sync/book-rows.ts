import { BOOKED, type BookedRow } from '../../../contract/sync/event-body.ts'
import type { Ground } from '../ground.ts'
import { recordEvent } from '../store/journal.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/** So many rows go into one event; the centre bounds what it takes. */
const ROWS_OF_AN_EVENT = 200
/** What may name a person stays on the till: an event is never erased. */
const STAYS_HERE = new Set(['holder', 'note'])

interface Due {
  readonly n: number
  readonly book: string
  readonly key: string
}

/**
 * Writes the rows of money that this transaction made into the journal, as they stand: sales with lines and tenders,
 * returns, shifts. It is the last thing of every transaction, so there is no money that the journal does not know.
 */
export function bookRows(ground: Ground, db: Writing): void {
  for (;;) {
    const due = sql(db, 'SELECT n, book, key FROM booked WHERE seq IS NULL ORDER BY n LIMIT ?').all(ROWS_OF_AN_EVENT) as Due[]
    if (due.length === 0) return
    const seq = recordEvent(db, {
      id: ground.newId(), kind: BOOKED, unitId: null, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id, staffId: null, who: null,
      params: {}, facts: null, rows: due.flatMap((entry) => bookedRow(db, entry)),
    })
    const booked = sql(db, 'UPDATE booked SET seq = ? WHERE n = ?')
    for (const { n } of due) booked.run(seq, n)
  }
}

function bookedRow(db: Reading, { book, key }: Due): BookedRow[] {
  const named = JSON.parse(key) as Record<string, string | number>
  const names = Object.keys(named)
  const row = sql(db, `SELECT * FROM ${book} WHERE ${names.map((name) => `${name} = ?`).join(' AND ')}`).get(...Object.values(named)) as
    | Record<string, unknown>
    | undefined
  if (!row) return []
  return [{ book, key: Object.values(named).join('.'), row: Object.fromEntries(Object.entries(row).filter(isPlain)) }]
}

const isPlain = (entry: [string, unknown]): entry is [string, string | number | null] =>
  !STAYS_HERE.has(entry[0]) && (entry[1] === null || typeof entry[1] === 'string' || typeof entry[1] === 'number')
