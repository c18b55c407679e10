import { cents } from '../../../contract/money.ts'
import type { ShiftReport } from '../../../contract/shift-view.ts'
import { countsOfShift, expectedCash, moveSums, shiftEnd, shiftRow, tenderSums } from '../store/shifts.ts'
import { sql, type Reading } from '../store/store.ts'

/**
 * The report of a shift as its rows add up now: an X while it is open, the Z once it is closed. Amounts in minor units
 * of the shift's currency. Null where there is no such shift.
 */
export function shiftReport(db: Reading, shiftId: string): ShiftReport | null {
  const shift = shiftRow(db, shiftId)
  if (shift === null) return null
  const end = shiftEnd(db, shiftId)
  const counts = countsOfShift(db, shiftId)
  const sums = saleSums(db, shiftId)
  const told = toldOfShift(db, shift.opened_seq, end?.closed_seq ?? null)
  return {
    shiftId,
    number: end === null ? null : documentNumber(db, end.document_id),
    openedAt: shift.opened_at, openedBy: shift.opened_by, closedAt: end?.closed_at ?? null, closedBy: end?.closed_by ?? null,
    currency: shift.currency,
    float_cents: cents(shift.float_cents),
    sales: { count: counts.sales, amount_cents: cents(sums.gross) },
    discount_cents: cents(sums.discount),
    rounding_cents: cents(sums.rounding),
    returns: { count: counts.returns, amount_cents: cents(sums.refunded) },
    voids: { count: told.voids, amount_cents: cents(told.voided) },
    drawerOpened: told.drawer,
    taxes: taxSums(db, shiftId),
    tenders: tenderSums(db, shiftId).map((sum) => ({ ...sum, in_cents: cents(sum.in_cents), out_cents: cents(sum.out_cents) })),
    moves: moveSums(db, shiftId).map((sum) => ({ ...sum, amount_cents: cents(sum.amount_cents) })),
    credits: { count: told.credits, amount_cents: cents(told.credited) },
    expected_cents: cents(end?.expected_cents ?? expectedCash(db, shift)),
    counted_cents: end === null ? null : cents(end.counted_cents),
    difference_cents: end === null ? null : cents(end.counted_cents - end.expected_cents),
    reason: end?.reason ?? null,
  }
}

const documentNumber = (db: Reading, id: string | null): string | null =>
  id === null ? null : ((sql(db, 'SELECT number FROM documents WHERE id = ?').get(id) as { number: string } | undefined)?.number ?? null)

const saleSums = (db: Reading, id: string): { gross: number; discount: number; rounding: number; refunded: number } =>
  sql(
    db,
    `SELECT coalesce((SELECT sum(gross_cents) FROM sales WHERE shift_id = @id), 0) AS gross,
       coalesce((SELECT sum(discount_cents) FROM sales WHERE shift_id = @id), 0) AS discount,
       coalesce((SELECT sum(rounding_cents) FROM sales WHERE shift_id = @id), 0)
         - coalesce((SELECT sum(rounding_cents) FROM returns WHERE shift_id = @id), 0) AS rounding,
       coalesce((SELECT sum(refund_cents) FROM returns WHERE shift_id = @id), 0) AS refunded`,
  ).get({ id }) as { gross: number; discount: number; rounding: number; refunded: number }

const taxSums = (db: Reading, id: string): ShiftReport['taxes'] =>
  (
    sql(
      db,
      `SELECT rate_bp, sum(gross_cents) AS gross, sum(tax_cents) AS tax FROM (
         SELECT t.rate_bp, t.gross_cents, t.tax_cents FROM sales s JOIN sale_taxes t ON t.sale_id = s.id WHERE s.shift_id = @id
         UNION ALL
         SELECT t.rate_bp, t.gross_cents, t.tax_cents FROM returns r JOIN return_taxes t ON t.return_id = r.id WHERE r.shift_id = @id
       ) GROUP BY rate_bp ORDER BY rate_bp DESC`,
    ).all({ id }) as { rate_bp: number; gross: number; tax: number }[]
  ).map(({ rate_bp, gross, tax }) => ({ rate_bp, gross_cents: cents(gross), tax_cents: cents(tax) }))

interface Told {
  readonly voids: number
  readonly voided: number
  readonly drawer: number
  readonly credits: number
  readonly credited: number
}

/** What the journal tells between the ends of the shift and no row of money holds. */
function toldOfShift(db: Reading, from: number | null, to: number | null): Told {
  if (from === null) return { voids: 0, voided: 0, drawer: 0, credits: 0, credited: 0 }
  const amount = "coalesce(json_extract(body, '$.params.amount_cents'), json_extract(body, '$.params.total_cents'), 0)"
  return sql(
    db,
    `SELECT coalesce(sum(kind IN ('cart-voided', 'line-voided')), 0) AS voids,
       coalesce(sum(CASE WHEN kind IN ('cart-voided', 'line-voided') THEN ${amount} ELSE 0 END), 0) AS voided,
       coalesce(sum(kind = 'drawer-opened'), 0) AS drawer,
       coalesce(sum(kind = 'credit-issued' AND json_extract(body, '$.params.kind') <> 'deposit'), 0) AS credits,
       coalesce(sum(CASE WHEN kind = 'credit-issued' AND json_extract(body, '$.params.kind') <> 'deposit' THEN ${amount} ELSE 0 END), 0)
         AS credited
     FROM journal WHERE seq >= @from AND seq <= @to AND kind IN ('cart-voided', 'line-voided', 'drawer-opened', 'credit-issued')`,
  ).get({ from, to: to ?? Number.MAX_SAFE_INTEGER }) as Told
}
