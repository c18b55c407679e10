import { add, allocate, cents, minus, taxWithin, ZERO, type Cents } from '../../../contract/money.ts'
import { sql, type Reading } from '../store/store.ts'

/** One thing that comes back, as far as its tax is concerned. */
export interface TaxedBack {
  readonly saleId: string | null
  readonly saleLineId: string | null
  readonly unitId: string | null
  /** The rate of the goods today, for what no line of these books tells. */
  readonly tax_bp: number
  readonly refund_cents: Cents
}

export interface ReturnedTax {
  readonly rate_bp: number
  readonly gross_cents: Cents
  readonly tax_cents: Cents
}

/**
 * The tax within a refund, by rate, as positive amounts. Asked before the return is written. A sale of these books gives
 * back the tax it was booked with, at the rate of its day: whatever comes back in whatever order, the parts of it sum to
 * what the receipt said. For any other sale the tax is worked out of what goes back.
 */
export function returnedTaxes(db: Reading, back: readonly TaxedBack[]): ReturnedTax[] {
  const taxes = new Map<number, ReturnedTax>()
  for (const { saleId, rate_bp, gross_cents } of bySaleAndRate(db, back)) {
    const booked = saleId === null ? null : bookedTax(db, saleId, rate_bp)
    const tax_cents = booked === null || saleId === null ? taxWithin(gross_cents, rate_bp) : shareOfBooked(booked, backBefore(db, saleId, rate_bp), gross_cents)
    const known = taxes.get(rate_bp)
    taxes.set(rate_bp, { rate_bp, gross_cents: add(known?.gross_cents ?? ZERO, gross_cents), tax_cents: add(known?.tax_cents ?? ZERO, tax_cents) })
  }
  return [...taxes.values()].filter(({ gross_cents }) => gross_cents !== 0)
}

interface OfSale {
  readonly saleId: string | null
  readonly rate_bp: number
  readonly gross_cents: Cents
}

function bySaleAndRate(db: Reading, back: readonly TaxedBack[]): OfSale[] {
  const groups = new Map<string, OfSale>()
  for (const one of back) {
    const rate_bp = soldAtRate(db, one) ?? one.tax_bp
    const key = `${one.saleId ?? ''} ${rate_bp}`
    groups.set(key, { saleId: one.saleId, rate_bp, gross_cents: add(groups.get(key)?.gross_cents ?? ZERO, one.refund_cents) })
  }
  return [...groups.values()]
}

/** What so much more of a booked gross holds of its tax, when so much came back before. */
function shareOfBooked(booked: Booked, before_cents: number, now_cents: number): Cents {
  const upTo = (gross: number): Cents => {
    const within = Math.min(booked.gross_cents, gross)
    return allocate(booked.tax_cents, [within, booked.gross_cents - within])[0] ?? ZERO
  }
  return minus(upTo(before_cents + now_cents), upTo(before_cents))
}

const SOLD_AT_RATE = 'SELECT tax_bp FROM sale_lines WHERE id = @saleLineId OR (@saleLineId IS NULL AND sale_id = @saleId AND unit_id = @unitId)'

/** The rate a thing was sold at; null for one these books did not sell. */
function soldAtRate(db: Reading, { saleId, saleLineId, unitId }: TaxedBack): number | null {
  const row = sql(db, SOLD_AT_RATE).get({ saleId, saleLineId, unitId }) as { tax_bp: number } | undefined
  return row?.tax_bp ?? null
}

interface Booked {
  readonly gross_cents: number
  readonly tax_cents: Cents
}

/** Null where the books have no such tax, and where nothing was paid at the rate: there is nothing to share out. */
function bookedTax(db: Reading, saleId: string, rate_bp: number): Booked | null {
  const row = sql(db, 'SELECT gross_cents, tax_cents FROM sale_taxes WHERE sale_id = ? AND rate_bp = ?').get(saleId, rate_bp) as
    | { gross_cents: number; tax_cents: number }
    | undefined
  return row === undefined || row.gross_cents <= 0 ? null : { gross_cents: row.gross_cents, tax_cents: cents(row.tax_cents) }
}

const BACK_BEFORE = `
  SELECT coalesce(sum(b.refund_cents), 0) AS back_cents FROM return_lines b
  JOIN sale_lines l ON l.sale_id = b.sale_id AND (l.id = b.sale_line_id OR (b.sale_line_id IS NULL AND l.unit_id = b.unit_id))
  WHERE b.sale_id = ? AND l.tax_bp = ?`

const backBefore = (db: Reading, saleId: string, rate_bp: number): number =>
  (sql(db, BACK_BEFORE).get(saleId, rate_bp) as { back_cents: number }).back_cents
