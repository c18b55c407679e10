import { cents, type Cents } from '../../../contract/money.ts'
import type { ToldReceipt } from '../../../contract/sync/receipt-wire.ts'
import type { TenderKind } from '../../../contract/unit.ts'
import { unitIdsOfReceipt, type KnownUnit } from '../facts/known-unit.ts'
import { unitOf } from '../facts/judge.ts'
import { paidParts, type PaidLine } from '../flows/totals.ts'
import type { Ground } from '../ground.ts'
import { refundedOfSale } from '../store/returns.ts'
import { returnedOfLine, toldMoneyOfSale, toldReceipt, toldReceiptOfLine } from '../store/told-receipts.ts'
import { sql, type Reading } from '../store/store.ts'
import type { OwedOfSale } from './refund-plan.ts'

/** One line of a sale as it was sold, and what of it may still come back. */
export interface BoughtLine {
  readonly lineId: string
  readonly saleId: string
  readonly receiptNumber: string
  readonly soldAt: string
  readonly productId: string
  readonly unitId: string | null
  readonly name: string
  readonly serial: string | null
  /** Of goods with a lot; left out where an older centre did not tell it of the books of another till. */
  readonly lot?: string
  readonly bought: number
  readonly returned: number
  /** What really left the customer's purse for the whole line: after discounts, with the tax. */
  readonly paid_cents: Cents
  readonly tax_bp: number
  /** It stands in the books of another till. */
  readonly isElsewhere?: boolean
}

/** A line of a receipt by its id, of this till or as the centre told of another's; null for one of nobody. */
export function boughtLine(ground: Ground, db: Reading, lineId: string): BoughtLine | null {
  const row = sql(db, `${LINES} WHERE l.id = ?`).get(lineId) as LineRow | undefined
  if (row) return lineOf(ground, db, row)
  const told = toldReceiptOfLine(db, lineId)
  return told === null ? null : (plainLinesOf(ground, db, told).find((line) => line.lineId === lineId) ?? null)
}

/**
 * The lines of a receipt. Of a receipt of this till all of them; of one of another till or shop the single pieces, which
 * the mirror knows by their receipt. Empty for a receipt nobody knows.
 */
export function linesOfReceipt(ground: Ground, db: Reading, number: string): BoughtLine[] {
  const rows = sql(db, `${LINES} WHERE s.number = ? ORDER BY l.position`).all(number) as LineRow[]
  if (rows.length > 0) return rows.filter(({ tracking }) => tracking !== 'service').map((row) => lineOf(ground, db, row))
  const told = toldReceipt(db, number)
  const pieces = unitIdsOfReceipt(ground.mirror, db, number).flatMap((unitId) => {
    const unit = unitOf(ground, unitId)
    return unit === null ? [] : toldLine(unit, number)
  })
  return [...pieces, ...(told === null ? [] : plainLinesOf(ground, db, told))]
}

/** Plain goods of a receipt that another till wrote. Single pieces are known by themselves; another currency is not given back here. */
function plainLinesOf(ground: Ground, db: Reading, told: ToldReceipt): BoughtLine[] {
  if (told.currency !== ground.place.currency) return []
  const taxInclusive = (ground.mirror.store(told.storeId)?.tax_inclusive ?? 1) === 1
  const paid = paidParts(told.lines.map(({ total_cents, tax_bp }) => ({ total_cents, taxRate_bp: tax_bp })), { taxInclusive })
  return told.lines.flatMap((line, place): BoughtLine[] =>
    line.unitId !== null || line.tracking === 'service' ? [] : [{
      lineId: line.lineId, saleId: told.saleId, receiptNumber: told.number, soldAt: told.soldAt, productId: line.productId, unitId: null,
      name: line.name, serial: line.serial, bought: line.quantity, returned: returnedOfLine(db, line.lineId),
      paid_cents: paid[place] ?? line.total_cents, tax_bp: line.tax_bp, ...lotOf(line), isElsewhere: true,
    }])
}

const lotOf = ({ lot }: { readonly lot?: string | null | undefined }): Pick<BoughtLine, 'lot'> => (lot === null || lot === undefined ? {} : { lot })

const LINES = `
  SELECT l.id, l.sale_id, l.tracking, l.product_id, l.unit_id, l.name, l.serial, l.lot, l.quantity, l.total_cents, l.tax_bp, s.number, s.sold_at
  FROM sale_lines l JOIN sales s ON s.id = l.sale_id`

interface LineRow {
  id: string
  sale_id: string
  tracking: string
  product_id: string
  unit_id: string | null
  name: string
  serial: string | null
  lot: string | null
  quantity: number
  total_cents: number
  tax_bp: number
  number: string
  sold_at: string
}

function lineOf(ground: Ground, db: Reading, row: LineRow): BoughtLine {
  const unit = row.unit_id === null ? null : unitOf(ground, row.unit_id)
  const isBack = unit !== null && isBackFrom(unit, row.sale_id)
  return {
    lineId: row.id, saleId: row.sale_id, receiptNumber: row.number, soldAt: row.sold_at, productId: row.product_id, unitId: row.unit_id,
    name: row.name, serial: row.serial, ...lotOf(row), bought: row.quantity,
    returned: row.unit_id === null ? returnedOfLine(db, row.id) : isBack ? 1 : 0,
    paid_cents: paidFor(ground, db, row), tax_bp: row.tax_bp,
  }
}

/** Whether the piece came back, or was sold again, since this sale. */
const isBackFrom = ({ facts: { title } }: KnownUnit, saleId: string): boolean =>
  (title.is !== 'sold' && title.is !== 'transferred') || title.purchase.saleId !== saleId

/** The share of the line in what was paid for its sale: the same that was written when it was sold. */
function paidFor(ground: Ground, db: Reading, row: LineRow): Cents {
  const lines = sql(db, 'SELECT id, total_cents, tax_bp AS taxRate_bp FROM sale_lines WHERE sale_id = ? ORDER BY position').all(row.sale_id) as
    (PaidLine & { id: string })[]
  const paid = paidParts(lines, { taxInclusive: ground.place.tax_inclusive === 1 })
  return paid[lines.findIndex((line) => line.id === row.id)] ?? cents(row.total_cents)
}

function toldLine(unit: KnownUnit, number: string): BoughtLine[] {
  const { title } = unit.facts
  if (title.is === 'ours' || title.is === 'unknown') return []
  const { purchase } = title
  return [{
    lineId: unit.id, saleId: purchase.saleId, receiptNumber: number, soldAt: purchase.soldAt, productId: unit.product.id, unitId: unit.id,
    name: unit.product.name, serial: unit.aliases[0]?.value ?? null, bought: 1, returned: title.is === 'returned' ? 1 : 0,
    paid_cents: purchase.paid_cents, tax_bp: unit.product.tax_bp,
  }]
}

/**
 * What is left of each tender of a sale. Of a sale in these books exactly; of any other what was paid for the piece, by
 * the tender that is known of it.
 */
export function paidBy(db: Reading, saleId: string, told: { readonly tender: TenderKind; readonly paid_cents: number } | null): OwedOfSale['paidBy'] {
  const paid = sql(
    db,
    'SELECT kind, sum(amount_cents) AS amount_cents FROM tenders WHERE sale_id = ? GROUP BY kind ORDER BY min(at), min(id)',
  ).all(saleId) as { kind: TenderKind; amount_cents: number }[]
  const elsewhere = toldMoneyOfSale(db, saleId)
  const gone = new Map<TenderKind, number>()
  for (const { kind, amount_cents } of [...refundedOfSale(db, saleId), ...elsewhere.refunded]) gone.set(kind, (gone.get(kind) ?? 0) + amount_cents)
  const known = paid.length > 0 ? paid : elsewhere.paid.length > 0 ? elsewhere.paid : told === null ? [] : [{ kind: told.tender, amount_cents: told.paid_cents + (gone.get(told.tender) ?? 0) }]
  return known.map(({ kind, amount_cents }) => ({ kind, left_cents: cents(Math.max(0, amount_cents - (gone.get(kind) ?? 0))) }))
}
