import { describe, expect, it } from 'vitest'
import { coverLayers, type PlaceOfSale } from '../../../contract/cover.ts'
import type { CoverLayer, Title } from '../../../contract/unit.ts'
import { purchase, returned, POLICY } from '../verdicts/facts-of-a-piece.ts'

/** The length of the legal guarantee as the shop's policy names it, by the country of the sale. */
const LAW = {
  ...POLICY,
  legalGuarantee: {
    DE: { months: 24, presumedMonths: 12 }, SE: { months: 36, presumedMonths: 24 },
    CH: { months: 24, presumedMonths: 0 },
  },
}
const BERLIN: PlaceOfSale = { country: 'DE', timeZone: 'Europe/Berlin' }
const STOCKHOLM: PlaceOfSale = { country: 'SE', timeZone: 'Europe/Stockholm' }
const CAMERA = { makerMonths: 12, durable: true }

const soldAt = (soldAt: string): Title => ({ is: 'sold', purchase: { ...purchase(0), soldAt } })
const told = (layer: CoverLayer['layer'], start: string, end: string): CoverLayer => ({
  layer, start, end, basis: 'delivery', country: null, contractNumber: layer === 'plan' ? 'PL-1' : null, claimsUsed: 1, voidWhy: null,
})
const spans = (layers: readonly CoverLayer[]) => layers.map(({ layer, start, end }) => `${layer} ${start} ${end}`)

describe('the layers of cover', () => {
  it('follow from the sale: the law of the country and the months of the maker, each through its last day', () => {
    expect(coverLayers(soldAt('2026-05-20T10:00:00.000Z'), CAMERA, BERLIN, LAW, [])).toEqual([
      {
        layer: 'legal', start: '2026-05-20', end: '2028-05-20', basis: 'sale', country: 'DE', contractNumber: null,
        claimsUsed: 0, voidWhy: null,
      },
      {
        layer: 'maker', start: '2026-05-20', end: '2027-05-20', basis: 'sale', country: null, contractNumber: null,
        claimsUsed: 0, voidWhy: null,
      },
    ])
  })

  it('are those of the country of the sale', () => {
    expect(spans(coverLayers(soldAt('2026-05-20T10:00:00.000Z'), CAMERA, STOCKHOLM, LAW, [])))
      .toEqual(['legal 2026-05-20 2029-05-20', 'maker 2026-05-20 2027-05-20'])
  })

  it('have no legal guarantee where the policy names none for the country, nor for goods that are used up', () => {
    const sale = soldAt('2026-05-20T10:00:00.000Z')
    expect(spans(coverLayers(
      sale, CAMERA, { country: 'US', timeZone: 'America/New_York' }, LAW, [],
    ))).toEqual(['maker 2026-05-20 2027-05-20'])
    expect(spans(coverLayers(sale, { makerMonths: 0, durable: false }, BERLIN, LAW, []))).toEqual([])
  })

  it('start on the day it was in the store, also when it was tomorrow in Greenwich', () => {
    const evening = soldAt('2026-03-01T01:30:00.000Z')
    expect(spans(coverLayers(
      evening, CAMERA, { country: 'DE', timeZone: 'America/New_York' }, LAW, [],
    ))[0]).toBe('legal 2026-02-28 2028-02-28')
    expect(spans(coverLayers(evening, CAMERA, BERLIN, LAW, []))[0]).toBe('legal 2026-03-01 2028-03-01')
  })

  it('end on the last day of a shorter month', () => {
    expect(spans(coverLayers(soldAt('2024-02-29T10:00:00.000Z'), CAMERA, BERLIN, LAW, []))).toEqual([
      'legal 2024-02-29 2026-02-28', 'maker 2024-02-29 2025-02-28',
    ])
    expect(spans(coverLayers(
      soldAt('2026-08-31T10:00:00.000Z'), { makerMonths: 6, durable: false }, BERLIN, LAW, [],
    ))).toEqual(['maker 2026-08-31 2027-02-28'])
  })

  it('are replaced by a layer of the same kind that was told, and joined by one of another kind', () => {
    const longer = told('maker', '2026-05-24', '2029-05-24')
    const plan = told('plan', '2028-05-20', '2031-05-20')
    expect(coverLayers(soldAt('2026-05-20T10:00:00.000Z'), CAMERA, BERLIN, LAW, [longer, plan])).toEqual([
      expect.objectContaining({ layer: 'legal', end: '2028-05-20' }), longer, plan,
    ])
  })

  it('that were promised with a sale end with that sale: a piece that came back is sold with periods of its own', () => {
    const first = coverLayers(soldAt('2026-05-20T22:30:00.000Z'), CAMERA, BERLIN, LAW, [])
    const [legal, maker] = first.map((layer) => ({ ...layer, end: '2031-01-01' }))
    const kept = [legal, maker].filter((layer) => layer !== undefined)
    expect(coverLayers(soldAt('2026-05-20T22:30:00.000Z'), CAMERA, BERLIN, LAW, kept)).toEqual(kept)
    // Looked at from a store where it was still the day before.
    expect(coverLayers(soldAt('2026-05-20T22:30:00.000Z'), CAMERA, { country: 'US', timeZone: 'America/New_York' }, LAW, kept)).toEqual(kept)
    for (const title of [{ is: 'ours' }, returned(2)] satisfies Title[]) expect(coverLayers(title, CAMERA, BERLIN, LAW, kept), title.is).toEqual([])
    expect(spans(coverLayers(soldAt('2026-07-01T10:00:00.000Z'), CAMERA, BERLIN, LAW, kept))).toEqual(['legal 2026-07-01 2028-07-01', 'maker 2026-07-01 2027-07-01'])
  })

  it('stay with the piece when its owner changes', () => {
    const sale = soldAt('2026-05-20T10:00:00.000Z')
    const given: Title = {
      is: 'transferred', purchase: { ...purchase(0), soldAt: '2026-05-20T10:00:00.000Z' },
      transferredAt: '2026-09-01T10:00:00.000Z',
    }
    expect(coverLayers(given, CAMERA, BERLIN, LAW, [])).toEqual(coverLayers(sale, CAMERA, BERLIN, LAW, []))
  })

  it('are none by rule for what is ours, was taken back, or was never recorded', () => {
    for (const title of [{ is: 'ours' }, { is: 'unknown' }, returned(2)] satisfies Title[])
      expect(coverLayers(title, CAMERA, BERLIN, LAW, []), title.is).toEqual([])
  })

  it('that were told are kept whatever the title', () => {
    const repair = told('repair', '2026-01-01', '2027-01-01')
    expect(coverLayers({ is: 'ours' }, CAMERA, BERLIN, LAW, [repair])).toEqual([repair])
  })
})
