import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProductLimits } from '../../../contract/sensors/product-limits.ts'
import { LIMIT_FIELDS, readWrittenLimits, writtenLimits, type LimitField, type WrittenLimits } from '../../../contract/sensors/written-limits.ts'
import { readProduct } from '../../../hub/imports/row-readers.ts'

const fields = (some: Partial<WrittenLimits>): WrittenLimits => ({ ...writtenLimits(null), ...some })
const faultsOf = (some: Partial<WrittenLimits>): string[] => readWrittenLimits(fields(some)).faults.map(({ field, code }) => `${field} ${code}`)

describe('limits as somebody writes them', () => {
  it('all empty are no limits', () => {
    expect(readWrittenLimits(writtenLimits(null))).toEqual({ limits: null, faults: [] })
  })

  it('are read with comma or point, with a true minus too, and minutes that nobody gave are none', () => {
    expect(readWrittenLimits(fields({ temperature_min: ' −2,5 ', temperature_max: '8.25', reading_minutes: '90' }))).toEqual({
      limits: { limits: [{ of: 'temperature', min: -2.5, max: 8.25, outside_minutes: 0 }], readEvery_minutes: 90 }, faults: [],
    })
  })

  it.each<[Partial<WrittenLimits>, string[]]>([
    [{ temperature_max: 'warm' }, ['temperature_max not-a-number']],
    [{ temperature_max: '1e2' }, ['temperature_max not-a-number']],
    [{ humidity_max: '101' }, ['humidity_max out-of-range']],
    [{ temperature_min: '8', temperature_max: '2' }, ['temperature_max below-lowest']],
    [{ shock_minutes: '5' }, ['shock_minutes no-limit']],
    [{ shock_max: '5', shock_minutes: '1.5' }, ['shock_minutes not-a-number']],
    [{ humidity_max: 'wet', humidity_minutes: '5', reading_minutes: '60' }, ['humidity_max not-a-number']],
    [{ reading_minutes: '60' }, ['reading_minutes no-limit']],
    [{ temperature_max: '8', reading_minutes: '0' }, ['reading_minutes out-of-range']],
  ])('%o is told at its field', (some, faults) => {
    expect(faultsOf(some)).toEqual(faults)
  })

  it('whatever stands in the fields, what is taken is what a product may have, and is written again as it was read', () => {
    const text = fc.oneof(fc.constantFrom('', '-0.0'), fc.integer({ min: -300, max: 600_000 }).map(String), fc.double({ min: -300, max: 300, noNaN: true }).map((value) => value.toFixed(1)), fc.string())
    fc.assert(fc.property(fc.record(Object.fromEntries(LIMIT_FIELDS.map((field) => [field, text])) as Record<LimitField, typeof text>), (written) => {
      const { limits, faults } = readWrittenLimits(written)
      if (faults.length > 0 || limits === null) return
      expect(ProductLimits.parse(limits)).toEqual(limits)
      expect(readWrittenLimits(writtenLimits(limits))).toEqual({ limits, faults: [] })
    }))
  })
})

describe('limits in a list of products', () => {
  const row = { sku: 'A', brand: 'B', name: 'N', category: 'c', price: '12', tax_rate: '19' }

  it('are left as they are by a list that has no columns for them, and taken away by empty cells', () => {
    const without = readProduct(row)
    expect(without.ok && 'limits' in without.row).toBe(false)
    expect(readProduct({ ...row, temperature_max: '' })).toMatchObject({ ok: true, row: { limits: null } })
  })

  it('are read from their columns, and told with the column where they are wrong', () => {
    expect(readProduct({ ...row, temperature_min: '2', temperature_max: '8', temperature_minutes: '30' })).toMatchObject({
      ok: true, row: { limits: { limits: [{ of: 'temperature', min: 2, max: 8, outside_minutes: 30 }], readEvery_minutes: null } },
    })
    expect(readProduct({ ...row, temperature_min: '8', temperature_max: '2' })).toEqual({
      ok: false, faults: [{ column: 'temperature_max', code: 'below-lowest', value: '2' }],
    })
  })
})
