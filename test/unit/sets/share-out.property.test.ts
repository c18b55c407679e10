import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import type { LinePart } from '../../../contract/sale-view.ts'
import { eachPiece } from '../../../electron/core/flows/sale-sets.ts'
import { totalsOf } from '../../../electron/core/flows/totals.ts'
import { aLine, aUnit, ids, judged } from '../flows/a-shop.ts'

const verdict = judged('sell', aUnit('u0'))
const partOf = (weight: number, n: number): LinePart => ({
  unitId: `part-${n}`, productId: 'p', brand: '', name: 'Part', variant: '', picture: 'other', aliases: [], category: 'camera',
  weight_cents: cents(weight), verdict,
})

describe('the shares of a set', () => {
  it('sum to its line, whatever it costs, whatever was taken off, and none is below nothing', () => {
    const money = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(fc.property(money, fc.nat(100), fc.array(money, { maxLength: 6 }), (price, percent, weights) => {
      const discount = Math.floor((price * percent) / 100)
      const line = aLine({
        tracking: 'unit', unitId: 'whole', unitPrice_cents: cents(price), discount_cents: cents(discount), total_cents: cents(price - discount),
        ...(weights.length === 0 ? {} : { parts: weights.map(partOf) }),
      })
      const pieces = eachPiece([line], ids())
      const store = { currency: 'EUR', taxInclusive: true }
      expect(pieces.map(({ unitId }) => unitId)).toEqual(['whole', ...weights.map((_, n) => `part-${n}`)])
      expect(totalsOf(pieces, store)).toEqual({ ...totalsOf([line], store), pieces: pieces.length })
      for (const piece of pieces) {
        expect(piece.total_cents).toBeGreaterThanOrEqual(0)
        expect(piece.total_cents).toBe(piece.unitPrice_cents - piece.discount_cents)
      }
    }))
  })
})
