import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add, allocate, cents, Cents, CENTS_MAX, minus, negated, roundedToCash, share, taxWithin, times, type Cents as Amount,
} from '../../../contract/money.ts'

const amount = fc.integer({ min: -CENTS_MAX, max: CENTS_MAX }).map(cents)
const gross = fc.integer({ min: 0, max: 100_000_000 }).map(cents)
const rate = fc.integer({ min: 0, max: 3_000 })
const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 })
const sum = (parts: readonly Amount[]): number => parts.reduce((total, part) => total + part, 0)

describe('an amount', () => {
  it('is whole and in range, or a bug that is told at once', () => {
    for (const wrong of [0.5, Number.NaN, Infinity, -Infinity, CENTS_MAX + 1, -CENTS_MAX - 1, Number.MAX_SAFE_INTEGER, 2 ** 60])
      expect(() => cents(wrong), String(wrong)).toThrow(/cents/)
    for (const right of [0, 1, -1, CENTS_MAX, -CENTS_MAX]) expect(cents(right)).toBe(right)
  })

  it('is refused on the wire where it is not whole or not in range', () => {
    fc.assert(fc.property(fc.anything(), (value) => {
      const fits = typeof value === 'number' && Number.isSafeInteger(value) && Math.abs(value) <= CENTS_MAX
      expect(Cents.safeParse(value).success).toBe(fits)
    }))
  })

  it('has no negative nothing, which would be printed as -0.00', () => {
    for (const nothing of [cents(-0), negated(cents(0)), times(cents(-5), 0), times(cents(5), -0), minus(cents(3), cents(3)), share(cents(-1), 0)])
      expect(Object.is(nothing, 0)).toBe(true)
  })

  it('is never silently more than a till can hold', () => {
    expect(() => add(cents(CENTS_MAX), cents(1))).toThrow(/range/)
    expect(() => minus(cents(-CENTS_MAX), cents(1))).toThrow(/range/)
    expect(() => times(cents(CENTS_MAX), 2)).toThrow(/range/)
    expect(() => times(cents(100), 0.125)).toThrow(/whole/)
  })

  it('comes back when what was added is taken away', () => {
    fc.assert(fc.property(gross, gross, (a, b) => {
      expect(minus(add(a, b), b)).toBe(a)
      expect(add(a, negated(a))).toBe(0)
    }))
  })
})

describe('an allocation', () => {
  it('loses no cent, whatever the weights', () => {
    fc.assert(fc.property(amount, weights, (whole, by) => {
      const parts = allocate(whole, by)
      expect(parts).toHaveLength(by.length)
      expect(sum(parts)).toBe(whole)
    }), { numRuns: 2_000 })
  })

  it('gives nobody more than one cent beside the exact share, and nothing for no weight', () => {
    fc.assert(fc.property(amount, weights, (whole, by) => {
      const total = by.reduce((a, b) => a + b, 0)
      fc.pre(total > 0)
      allocate(whole, by).forEach((part, place) => {
        // |part * total - whole * weight| < total, in whole numbers: the part is less than a cent off.
        const off = BigInt(part) * BigInt(total) - BigInt(whole) * BigInt(by[place] ?? 0)
        expect((off < 0n ? -off : off) < BigInt(total)).toBe(true)
        if (by[place] === 0) expect(part).toBe(0)
      })
    }), { numRuns: 2_000 })
  })

  it('gives equal weights parts that differ by at most one cent, the larger first', () => {
    fc.assert(fc.property(amount, fc.integer({ min: 1, max: 30 }), (whole, people) => {
      const sizes = allocate(whole, Array.from({ length: people }, () => 1)).map(Math.abs)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      expect(sizes.toSorted((a, b) => b - a)).toEqual(sizes)
    }))
  })

  it('gives the heavier weight no less, and a refund the same parts as its sale', () => {
    fc.assert(fc.property(amount, weights, (whole, by) => {
      const parts = allocate(whole, by)
      expect(allocate(negated(whole), by)).toEqual(parts.map(negated))
      for (const [i, a] of by.entries())
        for (const [j, b] of by.entries()) if (a > b) expect(Math.abs(parts[i] ?? 0)).toBeGreaterThanOrEqual(Math.abs(parts[j] ?? 0))
    }))
  })

  it('tells three friends and a euro by hand', () => {
    expect(allocate(cents(100), [1, 1, 1])).toEqual([34, 33, 33])
    expect(allocate(cents(-100), [1, 1, 1])).toEqual([-34, -33, -33])
    expect(allocate(cents(5), [3, 7])).toEqual([2, 3])
    expect(allocate(cents(7), [0, 0])).toEqual([7, 0])
    expect(allocate(cents(0), [2, 3])).toEqual([0, 0])
    expect(() => allocate(cents(1), [])).toThrow(/nothing to allocate/)
  })

  it('refuses weights that are no shares', () => {
    for (const by of [[-1, 2], [0.5, 0.5], [Number.NaN], [Infinity, 1]]) expect(() => allocate(cents(10), by), String(by)).toThrow(/weight/)
  })
})

describe('tax', () => {
  /** |2 × divisor × rounded − 2 × exact| ≤ divisor: at most half a cent beside the exact value. */
  const halfACent = (rounded: number, dividend: bigint, divisor: bigint): boolean => {
    const off = 2n * (BigInt(rounded) * divisor - dividend)
    return (off < 0n ? -off : off) <= divisor
  }

  it('is never more than half a cent beside the exact value', () => {
    fc.assert(fc.property(amount, rate, (of, rate_bp) => {
      fc.pre(Math.abs(of) < CENTS_MAX / 2)
      expect(halfACent(share(of, rate_bp), BigInt(of) * BigInt(rate_bp), 10_000n)).toBe(true)
      expect(halfACent(taxWithin(of, rate_bp), BigInt(of) * BigInt(rate_bp), BigInt(10_000 + rate_bp))).toBe(true)
    }), { numRuns: 2_000 })
  })

  it('of a refund is the tax of the sale, given back', () => {
    fc.assert(fc.property(gross, rate, (of, rate_bp) => {
      expect(share(negated(of), rate_bp)).toBe(negated(share(of, rate_bp)))
      expect(taxWithin(negated(of), rate_bp)).toBe(negated(taxWithin(of, rate_bp)))
    }))
  })

  it('put on a net amount is the tax within the gross one', () => {
    fc.assert(fc.property(gross, rate, (net, rate_bp) => {
      const tax = share(net, rate_bp)
      expect(Math.abs(taxWithin(add(net, tax), rate_bp) - tax)).toBeLessThanOrEqual(1)
    }))
  })

  it('grows with the amount and never beyond it', () => {
    fc.assert(fc.property(gross, rate, (of, rate_bp) => {
      expect(taxWithin(of, rate_bp)).toBeLessThanOrEqual(of)
      expect(taxWithin(add(of, cents(1)), rate_bp)).toBeGreaterThanOrEqual(taxWithin(of, rate_bp))
    }))
  })

  it('is known by hand: 19 % in 119.00, 7 % in 1.00, half a cent away from nothing', () => {
    expect(taxWithin(cents(11_900), 1_900)).toBe(1_900)
    expect(taxWithin(cents(100), 700)).toBe(7)
    expect(share(cents(50), 100)).toBe(1)
    expect(share(cents(-50), 100)).toBe(-1)
    expect(share(cents(49), 100)).toBe(0)
    expect(taxWithin(cents(999), 0)).toBe(0)
  })
})

describe('cash', () => {
  it('is rounded to the coins there are, by at most half a coin', () => {
    fc.assert(fc.property(gross, fc.constantFrom(2, 5, 10, 20, 50), (of, step) => {
      const coins = roundedToCash(of, step)
      expect(coins % step).toBe(0)
      expect(2 * Math.abs(coins - of)).toBeLessThanOrEqual(step)
      expect(roundedToCash(negated(of), step)).toBe(negated(coins))
    }))
  })

  it('stays as it is where there is a coin for every cent', () => {
    fc.assert(fc.property(amount, fc.constantFrom(0, 1), (of, step) => {
      expect(roundedToCash(of, step)).toBe(of)
    }))
  })
})
