import type { MoveKind } from '../../../contract/shift-view.ts'
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

export const shiftRow = (db: Reading, id: string): ShiftRow | null =>
  (sql(db, 'SELECT * FROM shifts WHERE id = ?').get(id) as ShiftRow | undefined) ?? null

export interface ShiftEndRow {
  readonly shift_id: string
  readonly closed_at: string
  readonly closed_by: string
  readonly expected_cents: number
  readonly counted_cents: number
  readonly closed_seq: number | null
  readonly document_id: string | null
  readonly reason: string | null
}

export const shiftEnd = (db: Reading, shiftId: string): ShiftEndRow | null =>
  (sql(db, 'SELECT * FROM shift_ends WHERE shift_id = ?').get(shiftId) as ShiftEndRow | undefined) ?? null

/** How the shifts ended, the last one first. */
export const shiftEnds = (db: Reading, limit: number): (ShiftEndRow & { opened_at: string; currency: string })[] =>
  sql(
    db,
    `SELECT e.*, s.opened_at, s.currency FROM shift_ends e JOIN shifts s ON s.id = e.shift_id ORDER BY e.closed_at DESC LIMIT ?`,
  ).all(limit) as (ShiftEndRow & { opened_at: string; currency: string })[]

export function recordShift(db: Writing, shift: ShiftRow): void {
  sql(
    db,
    `INSERT INTO shifts (id, opened_at, opened_by, float_cents, currency, opened_seq)
     VALUES (@id, @opened_at, @opened_by, @float_cents, @currency, @opened_seq)`,
  ).run(shift)
}

export function recordShiftEnd(db: Writing, end: ShiftEndRow & { readonly counts: string | null; readonly seen: string | null }): void {
  sql(
    db,
    `INSERT INTO shift_ends (shift_id, closed_at, closed_by, expected_cents, counted_cents, closed_seq, document_id, reason, counts, seen)
     VALUES (@shift_id, @closed_at, @closed_by, @expected_cents, @counted_cents, @closed_seq, @document_id, @reason, @counts, @seen)`,
  ).run(end)
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

export interface NewMove {
  readonly id: string
  readonly shiftId: string
  readonly what: MoveKind
  readonly kind: TenderKind
  readonly amount_cents: number
  readonly currency: string
  readonly number: string
  readonly reason: string
  readonly creditNumber: string | null
  readonly staffId: string | null
  readonly staffName: string
  readonly approvedBy: string | null
  readonly at: string
}

export function recordMove(db: Writing, move: NewMove): void {
  sql(
    db,
    `INSERT INTO money_moves (id, shift_id, what, kind, amount_cents, currency, number, reason, credit_number, staff_id, staff_name,
       approved_by, at)
     VALUES (@id, @shiftId, @what, @kind, @amount_cents, @currency, @number, @reason, @creditNumber, @staffId, @staffName,
       @approvedBy, @at)`,
  ).run(move)
}

export interface MoveSum {
  readonly what: MoveKind
  readonly kind: TenderKind
  readonly amount_cents: number
  readonly count: number
}

export const moveSums = (db: Reading, shiftId: string): MoveSum[] =>
  sql(
    db,
    `SELECT what, kind, sum(amount_cents) AS amount_cents, count(*) AS count
     FROM money_moves WHERE shift_id = ? GROUP BY what, kind ORDER BY what, kind`,
  ).all(shiftId) as MoveSum[]

/** What was paid in and given back in money for a promise, by the means it was paid with. */
export const movesOfCredit = (db: Reading, creditNumber: string): { kind: TenderKind; amount_cents: number }[] =>
  sql(
    db,
    'SELECT kind, sum(amount_cents) AS amount_cents FROM money_moves WHERE credit_number = ? GROUP BY kind ORDER BY kind',
  ).all(creditNumber) as { kind: TenderKind; amount_cents: number }[]

/** What the drawer should hold: the float, cash of sales and returns, and cash that moved beside them. */
export const expectedCash = (db: Reading, shift: Pick<ShiftRow, 'id' | 'float_cents'>): number =>
  (
    sql(
      db,
      `SELECT @float_cents + coalesce((SELECT sum(amount_cents) FROM tenders WHERE shift_id = @id AND kind = 'cash'), 0)
         + coalesce((SELECT sum(amount_cents) FROM money_moves WHERE shift_id = @id AND kind = 'cash'), 0) AS cash`,
    ).get({ id: shift.id, float_cents: shift.float_cents }) as { cash: number }
  ).cash
