import type { TenderKind } from '../../../contract/unit.ts'
import { recordTender } from './sales.ts'
import { sql, type Reading, type Writing } from './store.ts'

export interface NewReturnLine {
  readonly id: string
  readonly productId: string
  readonly unitId: string | null
  readonly quantity: number
  readonly saleId: string | null
  readonly saleLineId: string | null
  /** The line stands in the books of another till. */
  readonly isElsewhere?: boolean
  readonly receiptNumber: string | null
  readonly reason: string
  readonly condition: string
  readonly refund_cents: number
  readonly nextPlace: string
  readonly lookedAt: unknown
}

export interface NewRefundPart {
  readonly saleId: string | null
  readonly ofKind: TenderKind
  readonly paidAs: TenderKind
  readonly amount_cents: number
}

export interface NewReturn {
  readonly id: string
  readonly number: string
  readonly flowId: string
  readonly shiftId: string | null
  readonly storeId: string
  readonly tillId: string
  readonly staffId: string | null
  readonly approvedBy: string | null
  readonly approvedWhy: string | null
  readonly returnedAt: string
  readonly currency: string
  readonly refund_cents: number
  readonly rounding_cents: number
  readonly demo: boolean
  readonly lines: readonly NewReturnLine[]
  readonly parts: readonly NewRefundPart[]
  /** What goes out of the drawer or the terminal, a row a tender; the sum is -(refund + rounding). */
  readonly tenders: readonly { readonly id: string; readonly kind: TenderKind; readonly amount_cents: number; readonly creditNumber: string | null }[]
  /** Tax within the refund by rate, as positive amounts. */
  readonly taxes: readonly { readonly rate_bp: number; readonly gross_cents: number; readonly tax_cents: number }[]
}

/**
 * A return and the money that goes out with it: all rows or none. The file itself refuses (throws) a piece that came
 * back from the same sale before, more of a line than was bought, and more money than was paid.
 */
export function recordReturn(db: Writing, entry: NewReturn): void {
  const { lines, parts, tenders, taxes, demo, ...row } = entry
  sql(
    db,
    `INSERT INTO returns (id, number, flow_id, shift_id, store_id, till_id, staff_id, approved_by, approved_why, returned_at,
       currency, refund_cents, rounding_cents, demo)
     VALUES (@id, @number, @flowId, @shiftId, @storeId, @tillId, @staffId, @approvedBy, @approvedWhy, @returnedAt,
       @currency, @refund_cents, @rounding_cents, @demo)`,
  ).run({ ...row, demo: demo ? 1 : 0 })
  lines.forEach((line, position) => recordLine(db, entry.id, line, position))
  parts.forEach((part, position) =>
    sql(db, 'INSERT INTO refund_parts (return_id, position, sale_id, of_kind, paid_as, amount_cents) VALUES (?, ?, ?, ?, ?, ?)').run(
      entry.id, position, part.saleId, part.ofKind, part.paidAs, part.amount_cents,
    ))
  for (const tender of tenders)
    recordTender(db, {
      id: tender.id, saleId: null, returnId: entry.id, shiftId: entry.shiftId, kind: tender.kind,
      amount_cents: tender.amount_cents, given_cents: tender.amount_cents, change_cents: 0, currency: entry.currency,
      at: entry.returnedAt, creditNumber: tender.creditNumber,
    })
  for (const { rate_bp, gross_cents, tax_cents } of taxes)
    sql(db, 'INSERT INTO return_taxes (return_id, rate_bp, gross_cents, tax_cents) VALUES (?, ?, ?, ?)').run(
      entry.id, rate_bp, -gross_cents, -tax_cents,
    )
}

function recordLine(db: Writing, returnId: string, line: NewReturnLine, position: number): void {
  sql(
    db,
    `INSERT INTO return_lines (id, return_id, position, product_id, unit_id, quantity, sale_id, sale_line_id, receipt_number,
       reason, condition, refund_cents, next_place, looked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    line.id, returnId, position, line.productId, line.unitId, line.quantity, line.saleId, line.isElsewhere === true ? null : line.saleLineId,
    line.receiptNumber, line.reason, line.condition, line.refund_cents, line.nextPlace, JSON.stringify(line.lookedAt),
  )
  if (line.isElsewhere === true && line.saleLineId !== null)
    sql(db, 'INSERT INTO returned_elsewhere (return_line_id, sale_id, sale_line_id, quantity) VALUES (?, ?, ?, ?)').run(
      line.id, line.saleId, line.saleLineId, line.quantity,
    )
}

/** What has gone back of a sale already, by the tender it was paid with. */
export const refundedOfSale = (db: Reading, saleId: string): { kind: TenderKind; amount_cents: number }[] =>
  sql(
    db,
    'SELECT of_kind AS kind, sum(amount_cents) AS amount_cents FROM refund_parts WHERE sale_id = ? GROUP BY of_kind ORDER BY of_kind',
  ).all(saleId) as { kind: TenderKind; amount_cents: number }[]

/** Whether this very piece came back from this very sale, on this till. */
export const cameBack = (db: Reading, unitId: string, saleId: string | null): boolean =>
  sql(db, 'SELECT 1 FROM return_lines WHERE unit_id = ? AND sale_id IS ? LIMIT 1').get(unitId, saleId) !== undefined

/** What came back here between two instants out of what one customer had bought here: a row a line. */
export const returnsOfCustomer = (db: Reading, customerId: string, since: string, upTo: string): { returnId: string; at: string; unitId: string | null; quantity: number }[] =>
  sql(
    db,
    `SELECT r.id AS returnId, r.returned_at AS at, l.unit_id AS unitId, l.quantity
     FROM sale_customers c JOIN return_lines l ON l.sale_id = c.sale_id JOIN returns r ON r.id = l.return_id
     WHERE (c.customer_id = @customerId OR c.customer_id IN (SELECT customer_id FROM customers_merged WHERE into_id = @customerId))
       AND r.returned_at >= @since AND r.returned_at <= @upTo`,
  ).all({ customerId, since, upTo }) as { returnId: string; at: string; unitId: string | null; quantity: number }[]

/** Whether this piece came back here between two instants, whoever had sold it. */
export const cameBackBetween = (db: Reading, unitId: string, since: string, upTo: string): boolean =>
  sql(db, 'SELECT 1 FROM return_lines l JOIN returns r ON r.id = l.return_id WHERE l.unit_id = ? AND r.returned_at >= ? AND r.returned_at <= ? LIMIT 1').get(unitId, since, upTo) !== undefined

/** Returns without a record of their sale between two instants: how often a till has believed somebody. */
export const returnsWithoutRecord = (db: Reading, since: string, upTo: string): number =>
  (sql(
    db,
    `SELECT count(*) AS n FROM return_lines l JOIN returns r ON r.id = l.return_id
     WHERE l.sale_id IS NULL AND r.returned_at >= ? AND r.returned_at <= ?`,
  ).get(since, upTo) as { n: number }).n
