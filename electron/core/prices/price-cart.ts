import { add, allocate, cents, minus, share, times, ZERO, type Cents } from '../../../contract/money.ts'
import type { Promotion } from '../../../contract/promotion.ts'
import type { DiscountPart, HandDiscount, SaleLine } from '../../../contract/sale-view.ts'
import { isGiftVoucher } from './gift-voucher.ts'
import { promote, type Given } from './promote.ts'

/**
 * The one place where lines get their prices: promotions first, then what was taken off a line by hand, then what was
 * taken off the whole cart, spread over what is left of each line so that no cent is lost. Nothing goes below zero: a
 * discount takes what is there and no more. The same cart gives the same prices, however often it is priced. A voucher
 * is worth what it costs: it takes no part in any of that.
 */
export function pricedCart(
  lines: readonly SaleLine[], promotions: readonly Promotion[], cart: HandDiscount | null,
): SaleLine[] {
  const goods = pricedGoods(lines.filter((line) => !isGiftVoucher(line)), promotions, cart)
  return lines.map((line) => goods.find(({ lineId }) => lineId === line.lineId) ?? line)
}

function pricedGoods(lines: readonly SaleLine[], promotions: readonly Promotion[], cart: HandDiscount | null): SaleLine[] {
  const given = promote(lines.map((line) => ({ ...line, price_cents: line.unitPrice_cents, category: line.category ?? '' })), promotions)
  const own = lines.map((line) => withOwnDiscounts(line, given.filter(({ lineId }) => lineId === line.lineId)))
  return cart === null ? own : withCartDiscount(own, cart)
}

function withOwnDiscounts(line: SaleLine, given: readonly Given[]): SaleLine {
  const full = times(line.unitPrice_cents, line.quantity)
  const parts: DiscountPart[] = given.map(({ promotion, amount_cents }) => ({
    kind: 'promotion', amount_cents, reason: promotion.name, promotionId: promotion.id, staffId: null,
  }))
  const left = minus(full, sumOf(parts))
  const byHand = line.byHand ? offOf(line.byHand, left) : ZERO
  return withParts(line, line.byHand && byHand > 0 ? [...parts, partOf('line', byHand, line.byHand)] : parts)
}

function withCartDiscount(lines: readonly SaleLine[], cart: HandDiscount): SaleLine[] {
  const left = lines.map((line) => line.total_cents)
  const whole = add(ZERO, ...left)
  const off = offOf(cart, whole)
  if (off === 0) return [...lines]
  const shares = allocate(off, left)
  return lines.map((line, place) => {
    const amount = shares[place] ?? ZERO
    return amount === 0 ? line : withParts(line, [...(line.discounts ?? []), partOf('cart', amount, cart)])
  })
}

/** What a discount takes off an amount: never more than is there. */
export function offOf({ off }: HandDiscount, from: Cents): Cents {
  const wished = off.is === 'percent' ? share(from, off.off_bp) : off.amount_cents
  return cents(Math.min(Math.max(0, wished), from))
}

const partOf = (kind: 'line' | 'cart', amount_cents: Cents, { reason, staffId }: HandDiscount): DiscountPart => ({
  kind, amount_cents, reason, promotionId: null, staffId,
})

const sumOf = (parts: readonly DiscountPart[]): Cents => add(ZERO, ...parts.map(({ amount_cents }) => amount_cents))

function withParts(line: SaleLine, discounts: DiscountPart[]): SaleLine {
  const discount_cents = sumOf(discounts)
  return { ...line, discounts, discount_cents, total_cents: minus(times(line.unitPrice_cents, line.quantity), discount_cents) }
}
