import { describe, expect, it } from 'vitest'
import type { ReceiptBlock, ReceiptDocument } from '../../../contract/receipt.ts'
import { burdenOfProof, lawOf } from '../../../electron/core/papers/country-law.ts'
import { certificate, gift, PLAN, POLICY, soldPhone, warranty } from './a-shop-of-papers.ts'

const wordsOn = (document: ReceiptDocument): string => JSON.stringify(document.blocks)

const items = (document: ReceiptDocument) =>
  document.blocks.filter((block): block is ReceiptBlock & { kind: 'item' } => block.kind === 'item')

describe('a warranty receipt', () => {
  it('names each layer with its start, its end and what the start rests on', () => {
    const layers = items(warranty('en'))
    expect(layers.map((layer) => [layer.name, layer.amount])).toEqual([
      ['Legal guarantee', 'until 14 Mar 2028'],
      ['Maker’s warranty', 'until 14 Mar 2027'],
      ['Protection plan', 'until 13 Mar 2029'],
    ])
    expect(layers[0]?.details.join(' ')).toContain('the day of sale')
    expect(layers[2]?.details.join(' ')).toContain('PL-7781-204')
  })

  it('P92: says who must prove what, and until when, as the country has it', () => {
    const proof = (country: string) => {
      const layer = soldPhone([], country).unit.facts.cover.find((one) => one.layer === 'legal')
      return layer && burdenOfProof(layer, POLICY)
    }
    expect(proof('DE')).toEqual({ who: 'seller-then-buyer', sellerUntil: '2027-03-14', buyerUntil: '2028-03-14' })
    expect(proof('FR')).toEqual({ who: 'seller', until: '2028-03-14' })
    expect(proof('CH')).toEqual({ who: 'buyer', until: '2028-03-14' })
    expect(proof('ES')).toEqual({ who: 'seller-then-buyer', sellerUntil: '2028-03-14', buyerUntil: '2029-03-14' })
    expect(proof('GB')).toEqual({ who: 'seller-then-buyer', sellerUntil: '2026-09-14', buyerUntil: '2032-03-14' })
  })

  it('tells the law of the country that sold the piece, each its own', () => {
    const laws = ['DE', 'AT', 'FR', 'CH', 'ES', 'GB', 'JP'].map((country) => lawOf(country).guarantee)
    expect(new Set(laws).size).toBe(7)
    expect(wordsOn(warranty('en', undefined, 'FR'))).toContain('L217-3')
  })

  it('must be handed out with the sale in France, and elsewhere when the store wants it', () => {
    expect(['DE', 'AT', 'FR', 'CH', 'ES', 'GB', 'JP'].filter((country) => lawOf(country).onPaper)).toEqual(['FR'])
  })

  it('never calls a piece out of warranty because only the maker’s layer has ended (E: warranty answers)', () => {
    const later = warranty('en', '2027-06-01T10:00:00.000Z', 'DE', [])
    expect(items(later).map((layer) => layer.amount)).toEqual(['until 14 Mar 2028', 'ended 14 Mar 2027'])
    expect(wordsOn(later)).toContain('Only the maker’s warranty has ended. The legal guarantee lasts until 14 Mar 2028.')
  })

  it('says a void layer with its reason, and does not count it as lasting', () => {
    const paper = warranty('en', undefined, 'DE', [{ ...PLAN, voidWhy: 'opened by others' }])
    expect(items(paper)[2]).toMatchObject({ amount: 'void' })
    expect(wordsOn(paper)).toContain('opened by others')
  })

  it('holds the number of the piece and a code that brings it up, and no retired number', () => {
    const words = wordsOn(warranty('de'))
    expect(words).toContain('356938035643809')
    expect(words).toContain('countermark:unit:0197f000-0000-7000-8000-00000000abcd')
    expect(words).not.toContain('OLD-1')
  })
})

describe('other papers', () => {
  it('a gift receipt shows no price', () => {
    expect(wordsOn(gift('en'))).not.toMatch(/€|799/)
  })

  it('a certificate of a quiet verdict is for staff only; a clear one says nothing staff alone may read', () => {
    expect(wordsOn(certificate('en', true))).toContain('FOR STAFF ONLY')
    expect(wordsOn(certificate('en'))).not.toContain('FOR STAFF ONLY')
    expect(items(certificate('en'))).toHaveLength(7)
  })
})
