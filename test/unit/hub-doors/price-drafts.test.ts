import { describe, expect, it } from 'vitest'
import { readRank } from '../../../hub/face/prices/rank-text.ts'
import { NO_PART, setOf } from '../../../hub/face/prices/set-draft.ts'

describe('a set that is being put together at the centre', () => {
  const phoneCase = { productId: 'case', count: '2' }

  it('leaves out what has no article yet', () => {
    expect(setOf({ productId: 'box', parts: [phoneCase, NO_PART, { productId: null, count: '' }] })).toEqual({ productId: 'box', parts: [{ productId: 'case', count: 2 }] })
  })

  it.each(['', '0', '100', '1.5', 'two'])('waits for a part whose count is “%s”, and loses none', (count) => {
    expect(setOf({ productId: 'box', parts: [phoneCase, { productId: 'strap', count }] })).toBeNull()
  })

  it('is nothing without an article of its own, or without parts', () => {
    expect([setOf({ productId: null, parts: [phoneCase] }), setOf({ productId: 'box', parts: [NO_PART] })]).toEqual([null, null])
  })
})

describe('the rank of a list as it is typed', () => {
  it('can go below nothing, key by key', () => {
    expect(['-', '-1', '-10', '-100', '-1000', ''].map(readRank)).toEqual([0, -1, -10, -100, -1_000, 0])
    expect(Object.is(readRank('-0'), 0)).toBe(true)
  })

  it('ends at a thousand either way, and takes no letter', () => {
    expect(['1000', '1001', '-1001', '1e3', '--1', '1-'].map(readRank)).toEqual([1_000, null, null, null, null, null])
  })
})
