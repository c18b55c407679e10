import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../../contract/fault.ts'
import type { MarkAct } from '../../../contract/mark-view.ts'
import { judgeUnit } from '../../../electron/core/facts/judge.ts'
import { markPiece } from '../../../electron/core/marks/mark-piece.ts'
import { tell } from '../../../electron/core/service/claims.ts'
import { lookAt } from '../../../electron/core/scans/look.ts'
import { isAside } from '../../../electron/core/scans/found.ts'
import { partsOf } from '../../../electron/core/sets/set-of.ts'
import { Arrival } from '../../../contract/shipment-view.ts'
import { unitCard } from '../../../electron/core/desk/flow-views.ts'
import { waitingPieces } from '../../../electron/core/returns/waiting-pieces.ts'
import { arrive } from '../../../electron/core/shipments/arrive.ts'
import { comingPieces, UNDER_WAY } from '../../../electron/core/shipments/coming.ts'
import { receivePiece } from '../../../electron/core/shipments/receive-piece.ts'
import { sendPieces } from '../../../electron/core/shipments/send-pieces.ts'
import { documentOf } from '../../../electron/core/store/papers.ts'
import { ShopFloor } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
})
afterEach(() => floor.close())

const send = (unitIds: string[], toStoreId = elsewhere()) => floor.turn((deed) => sendPieces(deed, { unitIds, toStoreId, note: 'For Mrs Hart' }))
const receive = (unitId: string, anyway = false) => floor.turn((deed) => receivePiece(deed, floor.unit(unitId), anyway))
const arrives = (arrival: { text: string; productId?: string; asNew?: boolean; alsoNew?: boolean; anyway?: boolean; isDamaged?: boolean }) => floor.turn((deed) => arrive(deed, Arrival.parse(arrival)))
const ownUnits = () => floor.ground.store.reading.prepare('SELECT count(*) FROM own_units').pluck().get()
/** A number of no piece that the maker of the phones may have given out. */
const strange = (): string => {
  const found = lookAt(floor.ground, floor.story('unknown-serial'))
  if (isAside(found) || found.is !== 'product') throw new Error('the story is known')
  return found.strangeSerial ?? ''
}
const elsewhere = (): string => floor.ground.mirror.stores().find(({ id }) => id !== floor.ground.place.id)?.id ?? ''
const sellable = (unitId: string) => judgeUnit(floor.ground, 'sell', floor.unit(unitId), null).verdict.outcome === 'accept'
const unitOfStory = (story: string): string => {
  const found = lookAt(floor.ground, floor.story(story))
  if (isAside(found) || found.is !== 'unit') throw new Error(`${story} is no piece`)
  return found.hit.unit.id
}
/** A piece that is on its way to this store and is in order. */
const coming = (): string => {
  const piece = comingPieces(floor.ground).find(({ unitId, from }) => from !== null && floor.unit(unitId).facts.flags.length === 0)
  if (piece === undefined) throw new Error('nothing is on its way here')
  return piece.unitId
}

describe('pieces that leave for another store', () => {
  it('P72: are scanned into one list and go together, with a paper that names each', () => {
    const pieces = floor.fresh('phone', 3)
    const sent = send(pieces.map(({ unitId }) => unitId))
    if (!('did' in sent)) throw new Error(sent.refused)
    const paper = documentOf(floor.ground.store.reading, sent.did.documentId)
    expect(paper?.number).toMatch(/^T1-S\d{6}$/)
    for (const { unitId, serial } of pieces) {
      expect(JSON.stringify(paper?.body)).toContain(serial)
      expect(floor.unit(unitId).facts.custody).toEqual({ at: 'in-transit', fromStoreId: floor.ground.place.id, toStoreId: elsewhere() })
      expect(sellable(unitId)).toBe(false)
    }
  })

  it('go all or none: one that lies in a cart keeps the others here', () => {
    const [free, held] = floor.fresh('phone', 2)
    floor.desk.go('sale', null)
    floor.scan(held?.serial ?? '')
    expect(send([free?.unitId ?? '', held?.unitId ?? ''])).toEqual({ refused: 'piece-in-cart' })
    expect(sellable(free?.unitId ?? '')).toBe(true)
  })

  it('take along what is packed with them, and leave no part of a set alone', () => {
    const whole = unitOfStory('set')
    const [part] = partsOf(floor.ground, whole)
    expect(send([part?.id ?? ''])).toEqual({ refused: 'part-of-set' })
    expect(send([whole])).toHaveProperty('did')
    expect(floor.unit(part?.id ?? '').facts.custody.at).toBe('in-transit')
  })

  it('do not leave for a store that is none, for this one, or when they are not here, sold or looked for', () => {
    const unitId = floor.fresh('phone')[0]?.unitId ?? ''
    expect(send([unitId], 'nowhere')).toEqual({ refused: 'no-such-store' })
    expect(send([unitId], floor.ground.place.id)).toEqual({ refused: 'no-such-store' })
    for (const story of ['in-other-store', 'already-sold']) expect(send([unitOfStory(story)]), story).toEqual({ refused: 'not-in-stock-here' })
  })
})

describe('pieces that come in', () => {
  it('P71: are sellable the moment they are scanned, and off the list of what is to come', () => {
    const unitId = coming()
    expect(sellable(unitId)).toBe(false)
    expect(receive(unitId)).toMatchObject({ did: { place: 'shelf', piece: { unitId } } })
    expect(sellable(unitId)).toBe(true)
    expect(comingPieces(floor.ground).map((piece) => piece.unitId)).not.toContain(unitId)
    expect(receive(unitId)).toEqual({ refused: 'already-here' })
  })

  it('P70: one that the records have elsewhere is told of, and comes in when somebody says that it is here', () => {
    const unitId = unitOfStory('in-other-store')
    expect(receive(unitId)).toEqual({ refused: 'meant-for-elsewhere' })
    expect(receive(unitId, true)).toMatchObject({ did: { place: 'shelf' } })
    expect(floor.unit(unitId).facts.custody).toEqual({ at: 'in-stock', storeId: floor.ground.place.id, area: 'shelf' })
  })

  it('F082: a piece that nobody announced comes in when somebody says that it is new, and is sold like any other', () => {
    const { product } = floor.unit(floor.fresh('phone')[0]?.unitId ?? '')
    const article = floor.ground.mirror.product(product.id)?.gtin ?? ''
    expect(arrives({ text: article })).toMatchObject({ did: { is: 'asks-serial', productId: product.id } })
    const serial = strange()
    expect(arrives({ text: serial, productId: product.id })).toEqual({ refused: 'not-announced' })
    expect(lookAt(floor.ground, serial).is).not.toBe('unit')
    expect(arrives({ text: serial, productId: product.id, asNew: true })).toMatchObject({ did: { is: 'received', as: 'new', place: 'shelf', piece: { serial } } })
    expect(arrives({ text: serial, productId: product.id, asNew: true })).toEqual({ refused: 'already-here' })
    expect(floor.sell([serial])).toMatch(/^T1-R/)
    expect(arrives({ text: serial, productId: product.id, asNew: true })).toEqual({ refused: 'not-ours-to-receive' })
  })

  it('a code that names article and piece is enough, and the piece answers to it from then on', () => {
    const text = floor.story('unknown-serial')
    const found = lookAt(floor.ground, text)
    if (isAside(found) || found.is !== 'product') throw new Error(`${text} is ${found.is}`)
    expect(arrives({ text })).toEqual({ refused: 'not-announced' })
    expect(arrives({ text, asNew: true })).toMatchObject({ did: { as: 'new' } })
    const gs1 = `(01)${(found.product.gtin ?? '').padStart(14, '0')}(21)${found.strangeSerial ?? ''}`
    for (const code of [text, gs1, found.strangeSerial ?? '']) expect(lookAt(floor.ground, code).is, code).toBe('unit')
  })

  it('ID-12: a number its maker cannot have given out makes no piece, whatever somebody says', () => {
    const before = floor.ground.store.reading.prepare('SELECT count(*) AS n FROM own_units').get()
    const { product } = floor.unit(floor.fresh('phone')[0]?.unitId ?? '')
    for (const text of ['490154203237517', '4111111111111111', floor.story('impossible-serial')])
      expect(arrives({ text, productId: product.id, asNew: true }), text).toHaveProperty('refused')
    expect(floor.ground.store.reading.prepare('SELECT count(*) AS n FROM own_units').get()).toEqual(before)
  })

  it('an announced piece is taken in as itself, whatever article was said to be new a moment ago', () => {
    const unitId = coming()
    const { product, aliases } = floor.unit(unitId)
    const other = ['bike', 'watch'].map((kind) => floor.unit(floor.fresh(kind)[0]?.unitId ?? '').product).find(({ id }) => id !== product.id)
    const before = ownUnits()
    expect(arrives({ text: aliases[0]?.value ?? '', productId: other?.id ?? '', alsoNew: true })).toMatchObject({ did: { as: 'announced', piece: { unitId } } })
    expect(ownUnits()).toBe(before)
  })

  it('what was said of one new piece goes for the next ones of its article, and for nothing else', () => {
    const phones = floor.fresh('phone', 2)
    const phone = floor.unit(phones[0]?.unitId ?? '').product.id
    const bike = floor.unit(floor.fresh('bike')[0]?.unitId ?? '').product.id
    const receipt = floor.sell([phones[1]?.serial ?? ''])
    const before = ownUnits()
    for (const text of [floor.story('unknown-serial'), phones[0]?.serial ?? '', receipt])
      expect(arrives({ text, productId: bike, alsoNew: true }), text).toEqual({ refused: 'not-announced' })
    expect(ownUnits()).toBe(before)
    expect(arrives({ text: strange(), productId: phone, alsoNew: true })).toMatchObject({ did: { as: 'new' } })
  })

  it('of two pieces with one number the one that is on its way here has come', () => {
    const text = floor.story('two-makers')
    const found = lookAt(floor.ground, text)
    if (isAside(found) || found.is !== 'many') throw new Error(`${text} is ${found.is}`)
    const unitId = found.hits[0]?.unit.id ?? ''
    floor.turn((deed) => ok(tell(deed, unitId, 'shipped', {}, (facts) => ({ ...facts, custody: { at: 'in-transit', fromStoreId: elsewhere(), toStoreId: floor.ground.place.id } }))))
    expect(arrives({ text })).toMatchObject({ did: { as: 'announced', piece: { unitId } } })
  })

  it('goods without numbers of their own are no pieces', () => {
    expect(arrives({ text: floor.story('plain-article') })).toEqual({ refused: 'no-numbers' })
  })

  it('IT-14: what arrived damaged waits to be looked at, and whoever looks at it is told', () => {
    const unitId = coming()
    const serial = floor.unit(unitId).aliases[0]?.value ?? ''
    expect(arrives({ text: serial, isDamaged: true })).toMatchObject({ did: { as: 'announced', place: 'inspection', isDamaged: true } })
    expect(sellable(unitId)).toBe(false)
    expect(waitingPieces(floor.ground, unitCard).find(({ unit }) => unit.unitId === unitId)).toMatchObject({ said: 'damaged' })
  })

  it('go to quarantine when they were recalled on the way', () => {
    const unitId = coming()
    const { aliases, product } = floor.unit(unitId)
    floor.recall(aliases.find(({ kind }) => kind === 'serial')?.value ?? '', product.id)
    expect(receive(unitId)).toMatchObject({ did: { place: 'quarantine' } })
    expect(floor.unit(unitId).facts.custody).toMatchObject({ area: 'quarantine' })
    expect(sellable(unitId)).toBe(false)
  })

  it('a recalled one from another store comes in to quarantine too, however sure somebody is that it is here', () => {
    const unitId = unitOfStory('in-other-store')
    const { aliases, product } = floor.unit(unitId)
    floor.recall(aliases.find(({ kind }) => kind === 'serial')?.value ?? '', product.id)
    expect(receive(unitId, true)).toMatchObject({ did: { place: 'quarantine' } })
  })

  it('are no returns: what a customer owns comes back by a return, whatever somebody says', () => {
    expect(receive(unitOfStory('already-sold'), true)).toEqual({ refused: 'not-ours-to-receive' })
  })

  it('are not the way back of what is missing or off the books: that it was found is said of it, by who may', () => {
    const cases: readonly MarkAct[] = [{ do: 'miss' }, ...(['stolen', 'not-found', 'destroyed'] as const).map((why) => ({ do: 'write-off' as const, why, reason: 'Gone' }))]
    for (const [n, act] of cases.entries()) {
      const { unitId, serial } = floor.fresh('phone', cases.length)[n] ?? { unitId: '', serial: '' }
      floor.turn((deed) => markPiece(deed, unitId, act))
      const before = floor.unit(unitId).facts
      for (const anyway of [false, true]) expect(arrives({ text: serial, anyway }), JSON.stringify(act)).toEqual({ refused: 'find-it-first' })
      expect(floor.unit(unitId).facts).toEqual(before)
    }
  })

  it('are found by their own index, however many pieces the shop has', () => {
    const plan = JSON.stringify(floor.ground.mirror.reading.prepare(`EXPLAIN QUERY PLAN ${UNDER_WAY}`).all('s'))
    expect(plan).toContain('units_under_way')
  })
})
