import type { SaleLine, Tender, Totals } from '../../../contract/sale-view.ts'
import type { TenderKind } from '../../../contract/unit.ts'
import { sql, type Reading, type Writing } from './store.ts'

export interface NewSale {
  readonly id: string
  readonly number: string
  readonly flowId: string
  readonly shiftId: string | null
  readonly storeId: string
  readonly tillId: string
  readonly staffId: string
  readonly soldAt: string
  readonly currency: string
  readonly gross_cents: number
  readonly discount_cents: number
  readonly rounding_cents: number
  readonly demo: boolean
  readonly lines: readonly SaleLine[]
  readonly tenders: readonly Tender[]
  /** As the receipt shows them, so that the report need not work them out again. */
  readonly taxes: Totals['taxes']
}

/** A sale with its lines and its money is one fact: all rows or none. */
export function recordSale(db: Writing, sale: NewSale): void {
  sql(
    db,
    `INSERT INTO sales (id, number, flow_id, shift_id, store_id, till_id, staff_id, sold_at, currency, gross_cents,
       discount_cents, rounding_cents, demo)
     VALUES (@id, @number, @flowId, @shiftId, @storeId, @tillId, @staffId, @soldAt, @currency, @gross_cents,
       @discount_cents, @rounding_cents, @demo)`,
  ).run({
    id: sale.id, number: sale.number, flowId: sale.flowId, shiftId: sale.shiftId, storeId: sale.storeId,
    tillId: sale.tillId, staffId: sale.staffId, soldAt: sale.soldAt, currency: sale.currency,
    gross_cents: sale.gross_cents, discount_cents: sale.discount_cents,
    rounding_cents: sale.rounding_cents, demo: sale.demo ? 1 : 0,
  })
  sale.lines.forEach((line, position) => recordLine(db, sale.id, line, position))
  for (const tender of sale.tenders)
    recordTender(db, {
      id: tender.tenderId, saleId: sale.id, returnId: null, shiftId: sale.shiftId, kind: tender.kind,
      amount_cents: tender.amount_cents, given_cents: tender.given_cents, change_cents: tender.change_cents,
      currency: sale.currency, at: sale.soldAt, creditNumber: tender.credit?.number ?? null,
    })
  for (const { rate_bp, gross_cents, tax_cents } of sale.taxes)
    sql(db, 'INSERT INTO sale_taxes VALUES (?, ?, ?, ?)').run(sale.id, rate_bp, gross_cents, tax_cents)
}

function recordLine(db: Writing, saleId: string, line: SaleLine, position: number): void {
  sql(
    db,
    `INSERT INTO sale_lines (id, sale_id, position, tracking, product_id, unit_id, name, serial, lot, quantity,
       unit_price_cents, discount_cents, total_cents, tax_bp)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    line.lineId, saleId, position, line.tracking, line.productId, line.unitId, line.name,
    line.aliases[0]?.value ?? null, line.lot, line.quantity, line.unitPrice_cents, line.discount_cents,
    line.total_cents, line.taxRate_bp,
  )
}

export interface NewTender {
  readonly id: string
  readonly saleId: string | null
  readonly returnId: string | null
  readonly shiftId: string | null
  readonly kind: TenderKind
  readonly amount_cents: number
  readonly given_cents: number
  readonly change_cents: number
  readonly currency: string
  readonly at: string
  /** The promise of money it was taken from, or given back as. */
  readonly creditNumber: string | null
}

export function recordTender(db: Writing, tender: NewTender): void {
  sql(
    db,
    `INSERT INTO tenders (id, sale_id, return_id, shift_id, kind, amount_cents, given_cents, change_cents, currency, at,
       credit_number)
     VALUES (@id, @saleId, @returnId, @shiftId, @kind, @amount_cents, @given_cents, @change_cents, @currency, @at,
       @creditNumber)`,
  ).run(tender)
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
  readonly returnedAt: string
  readonly unitId: string
  readonly productId: string
  readonly saleId: string
  readonly receiptNumber: string
  readonly reason: string
  readonly condition: string
  readonly currency: string
  readonly refund_cents: number
  readonly tender: TenderKind
  readonly tenderId: string
  readonly demo: boolean
}

/** A return and the money that goes out with it. The same unit cannot come back twice from the same sale. */
export function recordReturn(db: Writing, entry: NewReturn): void {
  const { tender, tenderId, demo, ...row } = entry
  sql(
    db,
    `INSERT INTO returns (id, number, flow_id, shift_id, store_id, till_id, staff_id, approved_by, returned_at, unit_id,
       product_id, sale_id, receipt_number, reason, condition, currency, refund_cents, demo)
     VALUES (@id, @number, @flowId, @shiftId, @storeId, @tillId, @staffId, @approvedBy, @returnedAt, @unitId,
       @productId, @saleId, @receiptNumber, @reason, @condition, @currency, @refund_cents, @demo)`,
  ).run({ ...row, demo: demo ? 1 : 0 })
  recordTender(db, {
    id: tenderId, saleId: null, returnId: entry.id, shiftId: entry.shiftId, kind: tender,
    amount_cents: -entry.refund_cents, given_cents: -entry.refund_cents, change_cents: 0,
    currency: entry.currency, at: entry.returnedAt, creditNumber: null,
  })
}

export const saleByNumber = (db: Reading, number: string): { id: string; sold_at: string } | null =>
  (sql(db, 'SELECT id, sold_at FROM sales WHERE number = ?').get(number) as { id: string; sold_at: string } | undefined) ??
  null
