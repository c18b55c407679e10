import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents, CENTS_MAX, minus, ZERO } from '../../../contract/money.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import { quickAmounts, stillDue, totalsOf } from '../../../electron/core/flows/totals.ts'
import { aLine } from './a-shop.ts'

const RATES = [0, 550, 700, 1_900, 2_000]

const line = fc
  .record({
    rate: fc.constantFrom(...RATES), price: fc.integer({ min: 0, max: 500_000 }), quantity: fc.integer({ min: 1, max: 40 }), off: fc.nat(100),
  })
  .map(({ rate, price, quantity, off }): SaleLine => {
    const whole = cents(price * quantity)
    const discount_cents = cents(Math.floor((whole * off) / 100))
    return aLine({
      taxRate_bp: rate, unitPrice_cents: cents(price), quantity, discount_cents, total_cents: minus(whole, discount_cents),
    })
  })
const lines = fc.array(line, { maxLength: 12 })
const inclusive = { currency: 'EUR', taxInclusive: true }
const exclusive = { currency: 'USD', taxInclusive: false }
const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0)

describe('the totals of a cart', () => {
  it('are the sum of what the lines say, where prices are shown with tax', () => {
    fc.assert(fc.property(lines, (cart) => {
      const totals = totalsOf(cart, inclusive)
      expect(totals.gross_cents).toBe(sum(cart.map(({ total_cents }) => total_cents)))
      expect(totals.gross_cents).toBe(sum(totals.taxes.map(({ gross_cents }) => gross_cents)))
    }))
  })

  it('are the lines and the tax on top, where prices are shown without', () => {
    fc.assert(fc.property(lines, (cart) => {
      const totals = totalsOf(cart, exclusive)
      expect(totals.gross_cents).toBe(sum(cart.map(({ total_cents }) => total_cents)) + sum(totals.taxes.map(({ tax_cents }) => tax_cents)))
      expect(totals.gross_cents).toBe(sum(totals.taxes.map(({ gross_cents }) => gross_cents)))
    }))
  })

  it('tax each rate by itself, once, with no more than half a cent of rounding', () => {
    fc.assert(fc.property(lines, fc.constantFrom(inclusive, exclusive), (cart, store) => {
      const { taxes } = totalsOf(cart, store)
      expect(taxes.map(({ rate_bp }) => rate_bp)).toEqual([
        ...new Set(cart.map(({ taxRate_bp }) => taxRate_bp)),
      ].sort((a, b) => b - a))
      for (const { rate_bp, gross_cents, tax_cents } of taxes) {
        const net = gross_cents - tax_cents
        const exact = store.taxInclusive ? (gross_cents * rate_bp) / (10_000 + rate_bp) : (net * rate_bp) / 10_000
        expect(Math.abs(tax_cents - exact)).toBeLessThanOrEqual(0.5 + 1e-6)
      }
    }))
  })

  it('do not depend on the order of the scans', () => {
    const reordered = lines.chain((cart) => fc.tuple(
      fc.constant(cart), fc.shuffledSubarray(cart, { minLength: cart.length }),
    ))
    fc.assert(fc.property(reordered, fc.constantFrom(inclusive, exclusive),
      ([cart, shuffled], store) => {
        expect(totalsOf(shuffled, store)).toEqual(totalsOf(cart, store))
      }))
  })

  it('count every piece and every discount', () => {
    fc.assert(fc.property(lines, (cart) => {
      const totals = totalsOf(cart, inclusive)
      expect(totals.pieces).toBe(sum(cart.map(({ quantity }) => quantity)))
      expect(totals.discount_cents).toBe(sum(cart.map(({ discount_cents }) => discount_cents)))
    }))
  })

  it('of nothing are nothing', () => {
    expect(totalsOf([], inclusive)).toEqual({
      currency: 'EUR', gross_cents: 0, net_cents: null, discount_cents: 0, taxes: [], pieces: 0,
    })
  })

  it('are known by hand: a book at 7 % and a phone at 19 %, with tax and without', () => {
    const book = aLine({ taxRate_bp: 700, total_cents: cents(1_070) })
    const phone = aLine({ taxRate_bp: 1_900, total_cents: cents(11_900) })
    expect(totalsOf([book, phone], inclusive)).toMatchObject({
      gross_cents: 12_970, taxes: [
        { rate_bp: 1_900, gross_cents: 11_900, tax_cents: 1_900 }, { rate_bp: 700, gross_cents: 1_070, tax_cents: 70 },
      ],
    })
    expect(totalsOf([book, phone], exclusive)).toMatchObject({
      gross_cents: 15_306, taxes: [
        { rate_bp: 1_900, gross_cents: 14_161, tax_cents: 2_261 }, { rate_bp: 700, gross_cents: 1_145, tax_cents: 75 },
      ],
    })
  })
})

describe('the amounts a customer is likely to hand over', () => {
  const due = fc.oneof(fc.integer({ min: 1, max: 300_000 }), fc.integer({ min: 1, max: CENTS_MAX })).map(cents)

  it('are all enough, rising, few, and begin with the exact one', () => {
    fc.assert(fc.property(due, (owed) => {
      const amounts = quickAmounts(owed)
      expect(amounts[0]).toBe(owed)
      expect(amounts.length).toBeLessThanOrEqual(5)
      amounts.forEach((amount, place) => expect(amount).toBeGreaterThan(place === 0 ? owed - 1 : (amounts[place - 1] ?? 0)))
    }), { numRuns: 1_000 })
  })

  it('are whole notes beside the exact one', () => {
    fc.assert(fc.property(due, (owed) => {
      for (const amount of quickAmounts(owed).slice(1)) expect(amount % 500).toBe(0)
    }))
  })

  it('are none where nothing is owed', () => {
    expect(quickAmounts(ZERO)).toEqual([])
    expect(quickAmounts(cents(-100))).toEqual([])
  })

  it('for 23.40 are what a cashier would expect', () => {
    expect(quickAmounts(cents(2_340))).toEqual([2_340, 2_500, 3_000, 4_000, 5_000])
  })
})

describe('what is left to pay', () => {
  it('is never below nothing and never more than the total', () => {
    const paid = fc.array(fc.nat(50_000).map((amount) => ({ amount_cents: cents(amount) })), { maxLength: 6 })
    fc.assert(fc.property(fc.nat(200_000).map(cents), paid, (total, tenders) => {
      const left = stillDue(total, tenders)
      const given = sum(tenders.map(({ amount_cents }) => amount_cents))
      expect(left).toBe(Math.max(0, total - given))
    }))
  })
})
