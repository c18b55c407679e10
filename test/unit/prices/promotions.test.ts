import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { PromotionRule } from '../../../contract/promotion.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import { pricedCart } from '../../../electron/core/prices/price-cart.ts'
import { aLine } from '../flows/a-shop.ts'

const cable = (more: Partial<SaleLine> = {}) => aLine({ lineId: 'cable', productId: 'p-cable', category: 'accessory', ...more })
const book = (more: Partial<SaleLine> = {}) =>
  aLine({ lineId: 'book', productId: 'p-book', category: 'book', unitPrice_cents: cents(2_400), total_cents: cents(2_400), ...more })
const promotion = (rule: PromotionRule, id = 'promo-1') => ({ id, name: id, rule })
const offs = (lines: readonly SaleLine[], ...rules: PromotionRule[]) =>
  Object.fromEntries(pricedCart(lines, rules.map((rule, n) => promotion(rule, `promo-${n}`)), null).map((line) => [line.lineId, line.discount_cents]))

describe('a promotion', () => {
  it('takes a percentage off what it is about, and off nothing else', () =>
    expect(offs([cable({ quantity: 3 }), book()], { is: 'percent', of: { categories: ['accessory'] }, off_bp: 2_000 })).toEqual({ cable: 300, book: 0 }))

  it('takes an amount off every piece, and never more than it costs', () =>
    expect(offs([cable({ quantity: 2 })], { is: 'amount', of: { products: ['p-cable'] }, off_cents: cents(900) })).toEqual({ cable: 1_000 }))

  it('gives the cheapest of three, and of four still one', () => {
    const rule: PromotionRule = { is: 'n-for-m', of: { products: ['p-cable', 'p-book'] }, take: 3, pay: 2 }
    expect(offs([cable({ quantity: 2 }), book()], rule)).toEqual({ cable: 500, book: 0 })
    expect(offs([cable({ quantity: 3 }), book()], rule)).toEqual({ cable: 500, book: 0 })
    expect(offs([cable({ quantity: 2 })], rule)).toEqual({ cable: 0 })
  })

  it('lets a set cost what the set costs, as often as it is whole', () => {
    const rule: PromotionRule = {
      is: 'bundle', parts: [{ of: { products: ['p-cable'] }, count: 2 }, { of: { products: ['p-book'] }, count: 1 }], price_cents: cents(3_000),
    }
    const once = offs([cable({ quantity: 2 }), book()], rule)
    expect((once['cable'] ?? 0) + (once['book'] ?? 0)).toBe(400)
    expect(offs([cable({ quantity: 1 }), book()], rule)).toEqual({ cable: 0, book: 0 })
    const twice = offs([cable({ quantity: 5 }), book({ quantity: 2 })], rule)
    expect((twice['cable'] ?? 0) + (twice['book'] ?? 0)).toBe(800)
  })

  it('never makes a set dearer than its parts', () =>
    expect(offs([cable()], { is: 'bundle', parts: [{ of: { products: ['p-cable'] }, count: 1 }], price_cents: cents(9_900) })).toEqual({ cable: 0 }))

  it('takes each piece once: the first promotion has it, and no two together take more than it costs', () =>
    expect(
      offs([cable({ quantity: 2 })], { is: 'percent', of: { categories: ['accessory'] }, off_bp: 5_000 }, { is: 'amount', of: { products: ['p-cable'] }, off_cents: cents(400) }),
    ).toEqual({ cable: 500 }))
})

describe('what is taken off by hand', () => {
  const goodwill = { reason: 'goodwill', staffId: 'ines' }

  it('comes after the promotion and follows the quantity', () => {
    const given = cable({ quantity: 4, byHand: { off: { is: 'percent', off_bp: 1_000 }, ...goodwill } })
    const [line] = pricedCart([given], [promotion({ is: 'percent', of: { products: ['p-cable'] }, off_bp: 5_000 })], null)
    expect(line?.discounts?.map(({ kind, amount_cents }) => [kind, amount_cents])).toEqual([['promotion', 1_000], ['line', 100]])
    expect(line?.total_cents).toBe(900)
  })

  it('is spread over the whole cart by what is left of each line, to the cent', () => {
    const lines = pricedCart([cable(), book()], [], { off: { is: 'amount', amount_cents: cents(1_000) }, ...goodwill })
    expect(lines.map((line) => line.discount_cents)).toEqual([172, 828])
  })
})
