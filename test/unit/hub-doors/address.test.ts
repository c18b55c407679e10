import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashWith, queryOf } from '../../../hub/face/address.ts'
import { orderIn, orderText } from '../../../hub/face/parts/sorted-rows.ts'

describe('the address of a place', () => {
  it('keeps what a list was narrowed to, and drops what is empty', () => {
    const narrowed = hashWith('#/stock', { text: 'Grün & blau?', store: 'berlin' })
    expect(queryOf(narrowed).get('text')).toBe('Grün & blau?')
    expect(hashWith(narrowed, { text: '', store: '' })).toBe('#/stock')
    expect(hashWith('', { sort: '-waiting' })).toBe('#/tills?sort=-waiting')
  })

  it('keeps the way through the pages, so that a page that is passed on has one back', () => {
    const third = hashWith('#/products?text=bike', { after: ['{"id":"a"}', '{"id":"b"}'] })
    expect(queryOf(third).getAll('after')).toEqual(['{"id":"a"}', '{"id":"b"}'])
    expect(hashWith(third, { text: 'bell', after: [] })).toBe('#/products?text=bell')
  })

  it('says whatever is put in, and leaves all else as it was', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 3 }), (text, after) => {
      const query = queryOf(hashWith(hashWith('#/stolen?store=x', { text }), { after }))
      expect([query.get('text'), query.getAll('after'), query.get('store')]).toEqual([text.toWellFormed(), after, 'x'])
    }))
  })

  it('tells by which column a list stands, and whether the largest comes first', () => {
    expect([orderIn(''), orderIn('-'), orderIn('price'), orderIn('-price')]).toEqual([null, null, { column: 'price', isDown: false }, { column: 'price', isDown: true }])
    for (const text of ['', 'price', '-price']) expect(orderText(orderIn(text))).toBe(text)
  })
})
