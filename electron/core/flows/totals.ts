import { add, allocate, cents, share, taxWithin, ZERO, type Cents } from '../../../contract/money.ts'
import type { SaleLine, Totals } from '../../../contract/sale-view.ts'

/**
 * The one place where a cart is added up: screen, paper and books show these numbers and no others.
 * Tax-inclusive stores take the tax out of the gross sum of each rate; the others put it on the net sum of each rate.
 * Rounded once a rate, half away from zero.
 */
export function totalsOf(lines: readonly SaleLine[], store: { currency: string; taxInclusive: boolean }): Totals {
  const rates = [...new Set(lines.map((line) => line.taxRate_bp))].sort((a, b) => b - a)
  const taxes = rates.map((rate_bp) => {
    const sum = add(...lines.filter((line) => line.taxRate_bp === rate_bp).map((line) => line.total_cents))
    const tax_cents = store.taxInclusive ? taxWithin(sum, rate_bp) : share(sum, rate_bp)
    return { rate_bp, gross_cents: store.taxInclusive ? sum : add(sum, tax_cents), tax_cents }
  })
  return {
    currency: store.currency,
    gross_cents: add(...taxes.map((tax) => tax.gross_cents)),
    net_cents: store.taxInclusive ? null : add(...lines.map((line) => line.total_cents)),
    discount_cents: add(...lines.map((line) => line.discount_cents)),
    taxes,
    pieces: lines.reduce((pieces, line) => pieces + line.quantity, 0),
  }
}

/** What of a line is needed to say what was paid for it. */
export type PaidLine = Pick<SaleLine, 'total_cents' | 'taxRate_bp'>

/**
 * What left the customer's purse for each line, in their order: the shares sum to the gross of the sale. Where the tax
 * comes on top it is rounded once a rate, so it is spread over the lines of the rate and never worked out line by line.
 */
export function paidParts(lines: readonly PaidLine[], store: { taxInclusive: boolean }): Cents[] {
  if (store.taxInclusive) return lines.map((line) => line.total_cents)
  const paid = lines.map(() => ZERO)
  for (const rate_bp of new Set(lines.map((line) => line.taxRate_bp))) {
    const places = lines.flatMap((line, place) => (line.taxRate_bp === rate_bp ? [place] : []))
    const nets = places.map((place) => lines[place]?.total_cents ?? ZERO)
    const net = add(ZERO, ...nets)
    allocate(add(net, share(net, rate_bp)), nets).forEach((part, n) => {
      const place = places[n]
      if (place !== undefined) paid[place] = part
    })
  }
  return paid
}

const NOTES_CENTS = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000]

/** Amounts a customer is likely to hand over: exact, then rounded up to the next notes; at most five, rising. */
export function quickAmounts(due: Cents): Cents[] {
  if (due <= 0) return []
  const ups = NOTES_CENTS.map((note) => Math.ceil(due / note) * note)
  return [...new Set([due as number, ...ups])].sort((a, b) => a - b).slice(0, 5).map(cents)
}

/** What is left to pay: never below nothing. */
export const stillDue = (total: Cents, paid: readonly { amount_cents: Cents }[]): Cents => {
  const left = total - add(...paid.map((tender) => tender.amount_cents))
  return left > 0 ? cents(left) : ZERO
}
