import { v7 } from 'uuid'
import type { SaleLine, Tender, Totals } from '../../../contract/sale-view.ts'
import type { TenderKind } from '../../../contract/unit.ts'
import { recordEvent } from './journal.ts'
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

/** Money of a sale or a return, and its line in the journal: neither is there without the other. */
export function recordTender(db: Writing, tender: NewTender): void {
  sql(
    db,
    `INSERT INTO tenders (id, sale_id, return_id, shift_id, kind, amount_cents, given_cents, change_cents, currency, at,
       credit_number)
     VALUES (@id, @saleId, @returnId, @shiftId, @kind, @amount_cents, @given_cents, @change_cents, @currency, @at,
       @creditNumber)`,
  ).run(tender)
  const document = sql(
    db,
    tender.saleId === null
      ? "SELECT 'return' AS of, number, store_id, till_id, staff_id FROM returns WHERE id = ?"
      : "SELECT 'sale' AS of, number, store_id, till_id, staff_id FROM sales WHERE id = ?",
  ).get(tender.saleId ?? tender.returnId) as { of: string; number: string; store_id: string; till_id: string; staff_id: string | null }
  recordEvent(db, {
    id: v7(), kind: 'settled', unitId: null, at: tender.at, storeId: document.store_id, tillId: document.till_id,
    staffId: document.staff_id === '' ? null : document.staff_id, who: null, facts: null,
    params: {
      of: document.of, number: document.number, tender: tender.kind, amount_cents: tender.amount_cents, currency: tender.currency,
      ...(tender.creditNumber === null ? {} : { credit: tender.creditNumber }),
    },
  })
}

export const saleByNumber = (db: Reading, number: string): { id: string; sold_at: string } | null =>
  (sql(db, 'SELECT id, sold_at FROM sales WHERE number = ?').get(number) as { id: string; sold_at: string } | undefined) ??
  null

export const isSaleOfThisTill = (db: Reading, saleId: string): boolean => sql(db, 'SELECT 1 FROM sales WHERE id = ?').get(saleId) !== undefined
