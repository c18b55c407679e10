import type { TenderKind } from '../../../contract/unit.ts'
import { sql, type Reading, type Writing } from './store.ts'

export interface ShiftRow {
  readonly id: string
  readonly opened_at: string
  readonly opened_by: string
  readonly float_cents: number
  readonly currency: string
  /** Where in the journal it begins; null for a shift of before the journal told. */
  readonly opened_seq: number | null
}

export const openShift = (db: Reading): ShiftRow | null =>
  (sql(
    db,
    `SELECT s.* FROM shifts s LEFT JOIN shift_ends e ON e.shift_id = s.id
     WHERE e.shift_id IS NULL ORDER BY s.opened_at DESC LIMIT 1`,
  ).get() as ShiftRow | undefined) ?? null

export interface ShiftEndRow {
  readonly closed_at: string
  readonly closed_by: string
  readonly expected_cents: number
  readonly counted_cents: number
  readonly currency: string
  readonly document_id: string | null
}

/** How the last shift ended, with its report: made in the same transaction, so it carries the same moment. */
export const lastShiftEnd = (db: Reading): ShiftEndRow | null =>
  (sql(
    db,
    `SELECT e.closed_at, e.closed_by, e.expected_cents, e.counted_cents, s.currency,
       (SELECT id FROM documents d WHERE d.kind = 'shift' AND d.at = e.closed_at LIMIT 1) AS document_id
     FROM shift_ends e JOIN shifts s ON s.id = e.shift_id ORDER BY e.closed_at DESC LIMIT 1`,
  ).get() as ShiftEndRow | undefined) ?? null

export function recordShift(db: Writing, shift: ShiftRow): void {
  sql(db, 'INSERT INTO shifts VALUES (@id, @opened_at, @opened_by, @float_cents, @currency, @opened_seq)').run(shift)
}

export function recordShiftEnd(
  db: Writing,
  end: { shiftId: string; at: string; by: string; expected_cents: number; counted_cents: number },
): void {
  sql(db, 'INSERT INTO shift_ends VALUES (@shiftId, @at, @by, @expected_cents, @counted_cents)').run(end)
}

export interface TenderSum {
  readonly kind: TenderKind
  readonly in_cents: number
  readonly out_cents: number
  readonly count: number
}

export const tenderSums = (db: Reading, shiftId: string): TenderSum[] =>
  sql(
    db,
    `SELECT kind, sum(max(amount_cents, 0)) AS in_cents, sum(max(-amount_cents, 0)) AS out_cents, count(*) AS count
     FROM tenders WHERE shift_id = ? GROUP BY kind ORDER BY kind`,
  ).all(shiftId) as TenderSum[]

export const countsOfShift = (db: Reading, shiftId: string): { sales: number; returns: number } =>
  sql(
    db,
    `SELECT (SELECT count(*) FROM sales WHERE shift_id = @id) AS sales,
            (SELECT count(*) FROM returns WHERE shift_id = @id) AS returns`,
  ).get({ id: shiftId }) as { sales: number; returns: number }
