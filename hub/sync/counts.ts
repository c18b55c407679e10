import { CountPart, COUNTS_BOOK, SEEN_BOOK, SeenPiece } from '../../contract/sync/count-wire.ts'
import type { BookedRow, EventBody } from '../../contract/sync/event-body.ts'
import type { Query } from '../database.ts'
import { instant } from '../ground.ts'
import type { Tell } from './feed.ts'
import { putRecords, type RecordChange } from './records.ts'

const BOOKS: ReadonlySet<string> = new Set([COUNTS_BOOK, SEEN_BOOK])

/**
 * Tells the tills of a store what each of them has of the counts there: whose they are, how far, and every piece that
 * was seen. Each till's word stands under its own name and none is weighed here, so the order in which they come is of
 * no matter, and told twice it is there once.
 */
export async function tellCounts(tx: Query, tell: Tell, till: string, events: readonly (EventBody | null)[]): Promise<void> {
  const told = events.flatMap((event) => (event?.rows ?? []).flatMap((row) => (BOOKS.has(row.book) ? [{ storeId: event?.storeId ?? '', row }] : [])))
  if (told.length === 0) return
  const [device] = await tx.query<{ name: string }>('SELECT name FROM device WHERE till = $1', [till])
  await putRecords(tx, tell, told.flatMap(({ storeId, row }) => countRecord({ id: till, name: device?.name ?? till }, storeId, row)))
}

/**
 * Forgets what was seen longer ago than `keep_ms`. Nobody is told: the tills have added it to their counts by then, and a
 * till that was away for longer takes a new mirror.
 */
export const forgetSightings = (db: Query, now_ms: number, keep_ms: number): Promise<number> =>
  db.touch("DELETE FROM record WHERE kind = 'count_sightings' AND key::jsonb ->> 'found_at' < $1", [instant(now_ms - keep_ms)])

/** The row of the tills' mirrors that a booked row makes; nothing of one that is not as a till writes it, which no mirror could take. */
export function countRecord(till: { readonly id: string; readonly name: string }, storeId: string, { book, row }: BookedRow): RecordChange[] {
  if (book === COUNTS_BOOK) {
    const { data } = CountPart.safeParse(row)
    if (data === undefined) return []
    const { id, ...part } = data
    const key = { count_id: id, till_id: till.id }
    return [{ kind: 'count_parts', key, scope: storeId, row: { ...key, till_name: till.name, store_id: storeId, ...part } }]
  }
  const { data } = SeenPiece.safeParse(row)
  if (data === undefined) return []
  const { count_id, unit_id, found_at, ...seen } = data
  const key = { count_id, unit_id, till_id: till.id, found_at }
  return [{ kind: 'count_sightings', key, scope: storeId, row: { ...key, ...seen } }]
}
