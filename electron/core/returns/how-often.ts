import { later } from '../../../contract/days.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import { customerOfSale } from '../customers/customer-rows.ts'
import type { KnownReturner } from '../flows/too-often.ts'
import type { Ground } from '../ground.ts'
import { cameBackBetween, returnsOfCustomer, returnsWithoutRecord } from '../store/returns.ts'
import { sql, type Reading } from '../store/store.ts'

/**
 * Who brings the piece back, as far as its sale here or the centre says, and how many pieces he has brought: out of this
 * till's own books, and by the centre's word at every other till. Null where nobody is known, or the rules do not look.
 */
export function returnerOf(ground: Ground, db: Reading, rules: ReturnRules, brought: { saleId: string | null; unitId: string | null }): KnownReturner | null {
  const { perCustomer } = rules
  if (perCustomer === undefined) return null
  const told = brought.unitId === null ? null : ground.brought.of(brought.unitId)
  const customerId = (brought.saleId === null ? null : customerOfSale(db, brought.saleId)) ?? told?.customerId ?? null
  if (customerId === null) return null
  const now = ground.now()
  const since = later(now, -perCustomer.days * DAY_MS)
  const counted = returnsOfCustomer(db, customerId, since, now)
  const came = told?.customerId === customerId ? told.came.filter(({ at }) => at >= since && at <= now).map(({ unitId }) => unitId) : []
  // What came back here of sales of other tills may not have been told to the centre yet.
  const here = ground.brought.piecesOf(customerId).filter((unitId) => cameBackBetween(db, unitId, since, now))
  const elsewhere = new Set([...came, ...here].filter((unitId) => !counted.some((one) => one.unitId === unitId)))
  return { customerId, came: counted.reduce((sum, { quantity }) => sum + quantity, elsewhere.size) }
}

/** Whether one more piece nobody has a record of may be taken: by what this till took in a day, and by what the store did. */
export function mayTakeUnrecorded(ground: Ground, db: Reading, rules: ReturnRules): boolean {
  const now = ground.now()
  const since = later(now, -DAY_MS)
  const { perDay, perDayInStore } = rules.withoutRecord
  const here = returnsWithoutRecord(db, since, now)
  return here < perDay && (perDayInStore === undefined || here + takenBeside(ground, db, since, now) < perDayInStore)
}

/** Pieces without a record that other tills of the store took, as far as the centre has told: what has no number it cannot tell. */
function takenBeside(ground: Ground, db: Reading, since: string, upTo: string): number {
  const told = sql(
    ground.mirror.reading,
    `SELECT DISTINCT unit_id AS id FROM unit_events
     WHERE kind = 'returned' AND at >= ? AND at <= ? AND store_id = ? AND json_extract(params, '$.receipt') IS NULL`,
  ).all(since, upTo, ground.place.id) as { id: string }[]
  const own = sql(db, 'SELECT 1 FROM return_lines WHERE unit_id = ? AND sale_id IS NULL LIMIT 1')
  return told.filter(({ id }) => own.get(id) === undefined).length
}
