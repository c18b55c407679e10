import { describe, expect, it } from 'vitest'
import type { CoverLayer } from '../../../contract/unit.ts'
import { DEMO_POLICY } from '../../../electron/core/demo/demo-policy.ts'
import { claimOptions } from '../../../electron/core/service/claim-options.ts'

const layer = (name: CoverLayer['layer'], start: string, end: string, more: Partial<CoverLayer> = {}): CoverLayer => ({
  layer: name, start, end, basis: 'sale', country: name === 'legal' ? 'DE' : null, contractNumber: null, claimsUsed: 0, voidWhy: null, ...more,
})
const LEGAL = layer('legal', '2026-01-10', '2028-01-10')
const options = (cover: CoverLayer[], today: string, repairs = 0) =>
  claimOptions(cover, today, DEMO_POLICY, Array.from({ length: repairs }, () => ({ basis: 'legal', remedy: 'repair' }) as const))

describe('what may carry a claim', () => {
  it('never ends with the maker’s warranty alone: the law goes on', () => {
    const cover = [LEGAL, layer('maker', '2026-01-10', '2027-01-10')]
    expect(options(cover, '2027-02-01').map(({ basis }) => basis)).toEqual(['legal', 'none'])
  })

  it('lasts through the last day and begins with the first', () => {
    expect(options([LEGAL], '2028-01-10')[0]?.basis).toBe('legal')
    expect(options([LEGAL], '2028-01-11')[0]?.basis).toBe('none')
    expect(options([LEGAL], '2026-01-09')[0]?.basis).toBe('none')
  })

  it('says who has to prove what, and when that turns', () => {
    expect(options([LEGAL], '2027-01-10')[0]?.proof).toBe('seller')
    expect(options([LEGAL], '2027-01-11')[0]?.proof).toBe('buyer')
  })

  it('gives repair and replacement first, and money after a repair that did not help', () => {
    expect(options([LEGAL], '2026-05-01')[0]?.remedies).toEqual(['repair', 'replace'])
    expect(options([LEGAL], '2026-05-01', 1)[0]?.remedies).toEqual(['repair', 'replace', 'refund', 'price-cut'])
  })

  it('names the most generous promise first and the owner’s own account always last', () => {
    const cover = [LEGAL, layer('plan', '2026-01-10', '2029-01-10', { contractNumber: 'P-1', claimsUsed: 2 }), layer('repair', '2026-03-01', '2027-03-01')]
    expect(options(cover, '2026-05-01').map(({ basis }) => basis)).toEqual(['repair', 'plan', 'legal', 'none'])
    expect(options(cover, '2026-05-01')[1]).toMatchObject({ contractNumber: 'P-1', claimsUsed: 2 })
  })

  it('takes no promise that is void', () => {
    expect(options([layer('maker', '2026-01-10', '2028-01-10', { voidWhy: 'Opened' })], '2026-05-01').map(({ basis }) => basis)).toEqual(['none'])
  })
})
