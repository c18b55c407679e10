import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../electron/core/store/store.ts'
import { at, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('cashier')
  floor.rules((policy) => ({ ...policy, stockNotBySerial: ['phone', 'bike'] }))
  shown(floor.desk.go('sale', null))
})
afterEach(() => floor.close())

function sale(text: string) {
  const { front } = floor.scan(text)
  if (front.screen !== 'sale' || front.sale.at !== 'open') throw new Error('no sale is open')
  return front.sale
}
const rows = (text: string) => sql(floor.ground.store.reading, text).all() as Record<string, unknown>[]
/** A product whose maker told nothing of how he numbers. */
const [bike, otherBike] = ['09520000001711', '09520000001728']

describe('P59: serials kept for the warranty alone, without stock', () => {
  it('a number that nobody received is sold, and known from then on: no question, no colleague, no case', () => {
    const text = floor.story('unknown-serial')
    expect(sale(text)).toMatchObject({ stranger: null, notice: { code: 'unit-added' }, lines: [{ tracking: 'unit', verdict: { outcome: 'accept' } }] })
    floor.sell([])
    expect(rows('SELECT kind FROM journal WHERE unit_id IS NOT NULL ORDER BY seq').map(({ kind }) => kind)).toEqual(['commissioned', 'sold'])
    expect(rows('SELECT id FROM cases')).toEqual([])
    shown(floor.desk.go('sale', null))
    expect(sale(text)).toMatchObject({ lines: [], notice: { code: 'already-sold' } })
    floor.goReturn()
    expect(at(floor.scanReturn(text), 'assess').verdict?.outcome).toBe('accept')
  })

  it('the code of the article first, then the number alone, as the labels of most makers are', () => {
    expect(sale(bike).notice?.code).toBe('scan-the-serial')
    expect(sale('WSB 48-1').lines).toEqual([])
    expect(sale(bike).notice?.code).toBe('scan-the-serial')
    expect(sale('WSBC48H1').lines).toMatchObject([{ gtin: bike, aliases: [{ value: 'WSBC48H1' }] }])
    sale(bike)
    expect(sale('WSBC48H2').lines).toHaveLength(2)
    // Nobody asked for a number: what is scanned by itself stays unknown.
    expect(sale('WSBC48H3')).toMatchObject({ notice: { code: 'unknown-code' }, lines: { length: 2 } })
  })

  it('a number with another one inside of it is asked about, and the new piece is one of the answers', () => {
    sale(bike)
    const [known] = sale('WSBC480017').lines
    for (const text of ['WSBC480017-B', `]d201${bike}21WSBC480017-C`]) {
      if (!text.startsWith(']')) sale(bike)
      const asked = sale(text)
      expect(asked.question?.candidates.map(({ choice }) => choice)).toEqual([known?.unitId, known?.productId])
      const { lines } = asked
      floor.sale({ do: 'choose', choice: known?.productId ?? '' })
      const after = sale(bike).lines
      expect(after.slice(lines.length).map(({ aliases }) => aliases[0]?.value)).toEqual([text.slice(-12)])
    }
  })

  it.each(['4006381333931', 'https://maker.example/register', 'Keep away from fire'])('what is no serial is not taken for one: %s', (text) => {
    sale(bike)
    expect(sale(text).lines).toEqual([])
  })

  it('a line taken out again leaves no second piece: the same number is the same piece', () => {
    const text = floor.story('unknown-serial')
    const [first] = sale(text).lines
    floor.sale({ do: 'undo' })
    expect(sale(text).lines.map(({ unitId }) => unitId)).toEqual([first?.unitId])
    expect(rows('SELECT id FROM own_units')).toHaveLength(1)
  })

  it('a piece that was taken back in another store, which alone knows it from then on, is sold here again', () => {
    sale(bike)
    const [first] = sale('WSBC48H1').lines
    floor.sell([])
    // The centre has shown it back, and then told that it belongs elsewhere.
    floor.ground.store.write((db) => db.exec('DELETE FROM unit_overlays'))
    shown(floor.desk.go('sale', null))
    sale(bike)
    expect(sale('WSBC48H1')).toMatchObject({ notice: { code: 'unit-added' }, lines: [{ unitId: first?.unitId }] })
  })

  it('the same number of two products is two pieces, and of one product the same piece at every till', () => {
    const other = new ShopFloor('counter', 'T2')
    try {
      other.enter('cashier')
      other.rules((policy) => ({ ...policy, stockNotBySerial: ['*'] }))
      shown(other.desk.go('sale', null))
      const text = floor.story('unknown-serial')
      const { front } = other.scan(text)
      expect(front.screen === 'sale' && front.sale.at === 'open' ? front.sale.lines.map(({ unitId }) => unitId) : []).toEqual(sale(text).lines.map(({ unitId }) => unitId))
    } finally {
      other.close()
    }
    for (const gtin of [bike, otherBike]) sale(`]d201${gtin}21TWICE-1`)
    expect(new Set(sale(bike).lines.map(({ unitId }) => unitId)).size).toBe(3)
  })

  it('a number that its maker cannot have given out stays impossible, with its code or after it', () => {
    expect(sale(floor.story('impossible-serial'))).toMatchObject({ lines: [], notice: { tone: 'stop', code: 'wrong-format' } })
    const gtin = floor.story('impossible-serial').slice(5, 19)
    expect(sale(gtin).notice?.code).toBe('scan-the-serial')
    expect(sale('VM2600')).toMatchObject({ lines: [], notice: { tone: 'stop', code: 'wrong-format' } })
  })

  it('a stolen number is as quiet as ever, also when it was reported after it was scanned', () => {
    floor.reportStolen('HOT-0001')
    expect(sale(`]d201${bike}21HOT-0001`)).toMatchObject({ lines: [], notice: { code: 'stolen-quiet' } })
    expect(rows('SELECT kind FROM cases')).toEqual([{ kind: 'quiet-hit' }])
    expect(sale(`]d201${bike}21HOT-0002`).lines).toHaveLength(1)
    floor.reportStolen('HOT-0002')
    floor.sale({ do: 'pay' })
    const { front } = floor.desk.view()
    expect(front.screen === 'sale' && front.sale).toMatchObject({ at: 'open', notice: { code: 'stolen-quiet' } })
  })

  it('a recalled one is refused', () => {
    const [line] = sale(`]d201${bike}21OLD-1`).lines
    floor.sale({ do: 'undo' })
    floor.recall('OLD-2', line?.productId ?? '')
    expect(sale(`]d201${bike}21OLD-2`)).toMatchObject({ lines: [], notice: { code: 'recalled' } })
  })

  it('goods of other kinds, and every shop that says nothing of it, ask as before', () => {
    floor.rules(({ stockNotBySerial: _none, ...policy }) => policy)
    expect(sale(floor.story('unknown-serial'))).toMatchObject({ lines: [], notice: { code: 'unknown-serial' }, stranger: { text: expect.any(String) as string } })
    floor.rules((policy) => ({ ...policy, stockNotBySerial: ['bike'] }))
    expect(sale(floor.story('unknown-serial'))).toMatchObject({ lines: [], notice: { code: 'unknown-serial' } })
    expect(rows('SELECT id FROM own_units')).toEqual([])
  })
})
