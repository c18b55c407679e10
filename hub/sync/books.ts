import type { BookedRow, EventBody } from '../../contract/sync/event-body.ts'
import { prepared, type Query } from '../database.ts'

interface Booking {
  readonly seq: number
  readonly book: string
  readonly row_id: string
  readonly store_id: string
  readonly at: string
  readonly amount_cents: number | null
  readonly currency: string | null
  readonly tender: string | null
  readonly body: string
}

/** The money rows of one event, each under its own id; the columns that reports sum stand out of the body. */
export const booksOf = (seq: number, event: EventBody): Booking[] =>
  (event.rows ?? []).map(({ book, key, row }) => ({
    seq,
    book,
    row_id: key,
    store_id: event.storeId,
    at: textOf(row['at'] ?? row['sold_at'] ?? row['returned_at'] ?? row['opened_at'] ?? row['closed_at']) ?? event.at,
    amount_cents: wholeOf(row['amount_cents'] ?? row['gross_cents'] ?? row['refund_cents'] ?? row['total_cents']),
    currency: textOf(row['currency']),
    tender: book === 'tenders' ? textOf(row['kind']) : null,
    body: JSON.stringify(row),
  }))

const textOf = (value: BookedRow['row'][string] | undefined): string | null => (typeof value === 'string' ? value.slice(0, 200) : null)
const wholeOf = (value: BookedRow['row'][string] | undefined): number | null => (typeof value === 'number' && Number.isSafeInteger(value) ? value : null)

const BOOK = prepared(
  `INSERT INTO booked (till, inc, book, row_id, seq, store_id, at, amount_cents, currency, tender, body)
   SELECT $1, $2, n.book, n.row_id, n.seq, n.store_id, n.at, n.amount_cents, n.currency, n.tender, n.body
   FROM json_to_recordset($3::json)
     AS n (book text, row_id text, seq bigint, store_id text, at text, amount_cents bigint, currency text, tender text, body text)
   ON CONFLICT (till, inc, book, row_id) DO NOTHING`,
)

/** Booked once by the row's own id: money is added up from here, and no verdict about a unit ever changes it. */
export async function writeBooks(tx: Query, till: string, inc: string, bookings: readonly Booking[]): Promise<void> {
  if (bookings.length > 0) await tx.query(BOOK, [till, inc, JSON.stringify(bookings)])
}
