import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents, type Cents } from '../../../contract/money.ts'
import type { GoodsChosen, Promotion, PromotionRule } from '../../../contract/promotion.ts'
import type { HandDiscount, SaleLine } from '../../../contract/sale-view.ts'
import { totalsOf, paidParts } from '../../../electron/core/flows/totals.ts'
import { farthestOff_bp, handOff_bp } from '../../../electron/core/prices/discount-limits.ts'
import { pricedCart } from '../../../electron/core/prices/price-cart.ts'
import { aLine } from '../flows/a-shop.ts'

const amount = (max: number) => fc.integer({ min: 0, max }).map(cents)
const goods: fc.Arbitrary<GoodsChosen> = fc.record(
  {
    products: fc.subarray(['p0', 'p1', 'p2', 'p3']),
    categories: fc.subarray(['phone', 'case']),
    brands: fc.subarray(['Velmara', 'Nuvik']),
  },
  { requiredKeys: [] },
)
const rule: fc.Arbitrary<PromotionRule> = fc.oneof(
  fc.record({ is: fc.constant('percent' as const), of: goods, off_bp: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ is: fc.constant('amount' as const), of: goods, off_cents: amount(100_000) }),
  fc.record({ is: fc.constant('n-for-m' as const), of: goods, take: fc.integer({ min: 2, max: 9 }), pay: fc.integer({ min: 1, max: 9 }) }),
  fc.record({
    is: fc.constant('bundle' as const),
    parts: fc.array(fc.record({ of: goods, count: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 4 }),
    price_cents: amount(100_000),
  }),
)
const promotions: fc.Arbitrary<Promotion[]> = fc
  .array(rule, { maxLength: 5 })
  .map((rules) => rules.map((one, n) => ({ id: `promo-${n}`, name: `Promotion ${n}`, rule: one })))
const byHand: fc.Arbitrary<HandDiscount> = fc.record({
  off: fc.oneof(
    fc.record({ is: fc.constant('percent' as const), off_bp: fc.integer({ min: 1, max: 10_000 }) }),
    fc.record({ is: fc.constant('amount' as const), amount_cents: amount(500_000) }),
  ),
  reason: fc.constantFrom('goodwill', 'damaged'),
  staffId: fc.constant('ines'),
})
const line: fc.Arbitrary<Partial<SaleLine>> = fc.record({
  productId: fc.constantFrom('p0', 'p1', 'p2', 'p3'),
  category: fc.constantFrom('phone', 'case', 'book'),
  brand: fc.constantFrom('Velmara', 'Nuvik', 'Okkera'),
  // Eight full lines at this price are just below what a cart may be worth.
  unitPrice_cents: amount(60_000),
  quantity: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(9_999)),
  taxRate_bp: fc.constantFrom(0, 260, 700, 1_900),
  byHand: fc.option(byHand, { nil: undefined, freq: 2 }),
})
const cart = fc.array(line, { maxLength: 8 }).map((lines) => lines.map((more, n) => aLine({ ...more, lineId: `line-${n}` })))
const sum = (amounts: readonly Cents[]): number => amounts.reduce((total, one) => total + one, 0)

describe('whatever is in the cart, promoted and taken off', () => {
  it('loses no cent: parts sum to discounts, discounts and totals to full prices, and nothing is negative', () => {
    fc.assert(
      fc.property(cart, promotions, fc.option(byHand), (lines, offers, whole) => {
        for (const priced of pricedCart(lines, offers, whole)) {
          const parts = (priced.discounts ?? []).map((part) => part.amount_cents)
          expect(parts.every((part) => part > 0)).toBe(true)
          expect(sum(parts)).toBe(priced.discount_cents)
          expect(priced.total_cents).toBeGreaterThanOrEqual(0)
          expect(priced.total_cents).toBe(priced.unitPrice_cents * priced.quantity - priced.discount_cents)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('takes exactly what was promised off the whole, or all there is', () => {
    fc.assert(
      fc.property(cart, promotions, amount(500_000), (lines, offers, amount_cents) => {
        const before = sum(pricedCart(lines, offers, null).map((one) => one.total_cents))
        const whole: HandDiscount = { off: { is: 'amount', amount_cents }, reason: 'goodwill', staffId: 'ines' }
        const after = sum(pricedCart(lines, offers, whole).map((one) => one.total_cents))
        expect(before - after).toBe(Math.min(amount_cents, before))
      }),
      { numRuns: 200 },
    )
  })

  it('prices the same cart the same way, however often', () => {
    fc.assert(
      fc.property(cart, promotions, fc.option(byHand), (lines, offers, whole) => {
        const once = pricedCart(lines, offers, whole)
        expect(pricedCart(once, offers, whole)).toEqual(once)
      }),
    )
  })

  it('says of every line what was paid for it, with tax inside or on top, and the shares sum to the sale', () => {
    fc.assert(
      fc.property(cart, promotions, fc.option(byHand), fc.boolean(), (lines, offers, whole, taxInclusive) => {
        const priced = pricedCart(lines, offers, whole)
        const paid = paidParts(priced, { taxInclusive })
        expect(sum(paid)).toBe(totalsOf(priced, { currency: 'EUR', taxInclusive }).gross_cents)
        expect(paid.every((part) => part >= 0)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('knows how far below its price anything stands: never more than everything, and nothing where nobody gave anything', () => {
    fc.assert(
      fc.property(cart, promotions, fc.option(byHand), (lines, offers, whole) => {
        const priced = pricedCart(lines, offers, whole)
        for (const one of priced) expect(handOff_bp(one)).toBeGreaterThanOrEqual(0)
        expect(farthestOff_bp(priced, { do: 'discount', lineId: null, off: null, reason: '' })).toBeLessThanOrEqual(10_000)
        const byNobody = lines.map((line) => {
          const { byHand: _, ...bare } = line
          return bare
        })
        const untouched = pricedCart(byNobody, offers, null)
        expect(untouched.map(handOff_bp)).toEqual(untouched.map(() => 0))
      }),
    )
  })
})
