import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../contract/durations.ts'
import { Arrival } from '../../../contract/shipment-view.ts'
import type { FoundPiece, PieceWish } from '../../../contract/found-piece.ts'
import { judgeUnit } from '../../../electron/core/facts/judge.ts'
import { contradictionsOf } from '../../../electron/core/facts/history.ts'
import { fetchPiece } from '../../../electron/core/reservations/fetch-piece.ts'
import { endReservation, reservePiece } from '../../../electron/core/reservations/reserve-piece.ts'
import { KEPT, KEPT_HERE, reservedPieces } from '../../../electron/core/reservations/reserved-pieces.ts'
import { findPieces } from '../../../electron/core/search/find-pieces.ts'
import { isAside } from '../../../electron/core/scans/found.ts'
import { lookAt } from '../../../electron/core/scans/look.ts'
import { arrive } from '../../../electron/core/shipments/arrive.ts'
import { receivePiece } from '../../../electron/core/shipments/receive-piece.ts'
import { sendPieces } from '../../../electron/core/shipments/send-pieces.ts'
import { documentOf } from '../../../electron/core/store/papers.ts'
import { MORNING, ShopFloor, shown } from '../../support/core/shop-floor.ts'

let floor: ShopFloor
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('cashier')
})
afterEach(() => floor.close())

const keep = (unitId: string, { days = 3, send = false } = {}) =>
  floor.turn((deed) => reservePiece(deed, { unitId, customer: 'Rosa Núñez', days, send }))
const letGo = (unitId: string) => floor.turn((deed) => endReservation(deed, unitId, 'let-go'))
const fetch = (unitId: string) => floor.turn((deed) => fetchPiece(deed, unitId))
const sells = (unitId: string) => judgeUnit(floor.ground, 'sell', floor.unit(unitId), null).verdict
const wish = (asked: Partial<PieceWish>): PieceWish => ({ text: '', where: 'everywhere', condition: null, coverDays_min: 0, ...asked })
const find = (asked: Partial<PieceWish>) => findPieces(floor.ground, wish(asked)).pieces
const linesOf = () => {
  const { front } = floor.desk.view()
  return front.screen === 'sale' ? front.sale.lines.map(({ unitId }) => unitId) : []
}
const notice = () => {
  const { front } = floor.desk.view()
  return front.screen === 'sale' ? front.sale.notice : null
}

/** Goods of which a piece stands here and one in another store, both free. */
function hereAndThere(): { here: FoundPiece; there: FoundPiece } {
  const isFree = (piece: FoundPiece) => piece.trouble === null && piece.keptUntil === null && !piece.isComing
  for (const text of ['phone', 'camera', 'laptop', 'watch', 'tablet']) {
    const pieces = find({ text }).filter(isFree)
    const here = pieces.find((piece) => piece.isHere)
    const there = pieces.find((piece) => !piece.isHere && piece.name === here?.name)
    if (here !== undefined && there !== undefined) return { here, there }
  }
  throw new Error('the demo has no goods in two stores')
}

describe('a piece that somebody looks for in the whole shop', () => {
  it('F029: is found in this store first, then in the others, each with its store, its age and what cover is left', () => {
    const { here, there } = hereAndThere()
    const pieces = find({ text: here.name })
    expect(pieces.findIndex(({ unitId }) => unitId === here.unitId)).toBeLessThan(pieces.findIndex(({ unitId }) => unitId === there.unitId))
    expect(there.store.id).not.toBe(floor.ground.place.id)
    expect(here.since === null || here.since < MORNING).toBe(true)
    expect(find({ text: here.name, where: 'here' }).filter(({ isComing }) => !isComing).every(({ isHere }) => isHere)).toBe(true)
  })

  it('is only what was asked for: its condition, and days of cover that are really left', () => {
    const kinds = ['phone', 'camera', 'laptop', 'watch']
    expect(kinds.flatMap((text) => find({ text, condition: 'refurbished' })).length).toBeGreaterThan(0)
    for (const text of kinds) {
      expect(find({ text, condition: 'refurbished' }).every(({ condition }) => condition === 'refurbished')).toBe(true)
      for (const { coverUntil } of find({ text, coverDays_min: 300 }))
        expect(coverUntil === null || Date.parse(coverUntil) - Date.parse(MORNING) > 299 * DAY_MS, String(coverUntil)).toBe(true)
    }
  })

  it('is found, and can be kept, from the moment it was taken in here, though the centre has never heard of it', () => {
    const found = lookAt(floor.ground, floor.story('unknown-serial'))
    if (isAside(found) || found.is !== 'product') throw new Error('the story is known')
    const { product, strangeSerial } = found
    const came = floor.turn((deed) => arrive(deed, Arrival.parse({ text: strangeSerial, productId: product.id, asNew: true })))
    if (!('did' in came)) throw new Error(came.refused)
    const piece = find({ text: product.name, where: 'here' }).find(({ serial }) => serial === strangeSerial)
    expect(piece).toMatchObject({ isHere: true, trouble: null, keptUntil: null })
    expect(keep(piece?.unitId ?? '')).toHaveProperty('did')
    expect(reservedPieces(floor.ground)).toMatchObject([{ serial: strangeSerial, way: 'waits-here' }])
  })

  it('is not offered as free while it lies in a cart', () => {
    const { here } = hereAndThere()
    shown(floor.desk.go('sale', null))
    floor.scan(here.serial)
    expect(find({ text: here.name }).find(({ unitId }) => unitId === here.unitId)).toMatchObject({ isInCart: true })
  })

  it('of which something speaks against a sale says what, and nothing aloud of one that is looked for', () => {
    const serial = floor.story('recalled')
    const all = ['phone', 'camera', 'laptop', 'watch', 'tablet', 'bike', 'battery', 'tool', 'audio'].flatMap((text) => find({ text, where: 'here' }))
    expect(all.find((piece) => piece.serial === serial)?.trouble ?? { reason: 'campaign-affects' }).toMatchObject({ reason: 'campaign-affects' })
    expect(all.some(({ trouble }) => trouble?.reason.startsWith('stolen') === true)).toBe(false)
  })
})

describe('a piece that is kept for a customer', () => {
  it('F028: is sold to nobody else without a word, and its slip says for whom, which and until when', () => {
    const { here } = hereAndThere()
    const kept = keep(here.unitId)
    if (!('did' in kept)) throw new Error(kept.refused)
    const paper = documentOf(floor.ground.store.reading, kept.did.documentId)
    expect(paper?.number).toBe('T1-H000001')
    expect(JSON.stringify(paper?.body)).toContain('Rosa Núñez')
    expect(JSON.stringify(paper?.body)).toContain(here.serial)
    expect(sells(here.unitId)).toMatchObject({ outcome: 'ask-staff', findings: { custody: { reason: 'reserved', params: { number: 'T1-H000001' } } } })
    expect(reservedPieces(floor.ground)).toMatchObject([{ unitId: here.unitId, customer: 'Rosa Núñez', way: 'waits-here', number: 'T1-H000001' }])
    // From the idle screen too: whoever brings the slip came to buy.
    floor.scan(here.serial)
    expect(notice()).toMatchObject({ code: 'reserved', offer: { kind: 'fetch-reserved', unitId: here.unitId, text: here.serial } })
  })

  it('leaves the name of the customer out of the journal, which forgets nobody', () => {
    const { here } = hereAndThere()
    keep(here.unitId)
    const bodies = floor.ground.store.reading.prepare('SELECT body FROM journal').all() as { body: string }[]
    expect(bodies.some(({ body }) => body.includes('T1-H000001'))).toBe(true)
    expect(bodies.some(({ body }) => body.includes('Núñez'))).toBe(false)
  })

  it('is fetched: in the sale and kept no longer, both by one press', () => {
    const { here } = hereAndThere()
    keep(here.unitId)
    floor.later(60_000)
    expect(fetch(here.unitId)).toHaveProperty('did')
    expect(linesOf()).toEqual([here.unitId])
    expect(reservedPieces(floor.ground)).toEqual([])
    expect(fetch(here.unitId)).toEqual({ refused: 'not-in-this-state' })
    expect(linesOf()).toEqual([here.unitId])
  })

  it('is sent to no other store, where its customer would not find it', () => {
    const { here, there } = hereAndThere()
    keep(here.unitId)
    expect(floor.turn((deed) => sendPieces(deed, { unitIds: [here.unitId], toStoreId: there.store.id, note: '' }))).toEqual({ refused: 'reserved-already' })
    floor.later(3 * DAY_MS + 1)
    expect(floor.turn((deed) => sendPieces(deed, { unitIds: [here.unitId], toStoreId: there.store.id, note: '' }))).toHaveProperty('did')
  })

  it('stays kept where the sale does not take it: another sale is being paid, or the piece is recalled since', () => {
    const { here } = hereAndThere()
    const [other] = floor.fresh('watch').filter(({ unitId }) => unitId !== here.unitId)
    keep(here.unitId)
    shown(floor.desk.go('sale', null))
    floor.scan(other?.serial ?? '')
    floor.sale({ do: 'pay' })
    expect(fetch(here.unitId)).toEqual({ refused: 'not-in-this-state' })
    expect(reservedPieces(floor.ground)).toMatchObject([{ unitId: here.unitId }])
    expect(linesOf()).toEqual([other?.unitId])
    floor.sale({ do: 'back-to-cart' })

    floor.recall(here.serial, floor.unit(here.unitId).product.id)
    expect(fetch(here.unitId)).toEqual({ refused: 'piece-not-free' })
    expect(reservedPieces(floor.ground)).toMatchObject([{ unitId: here.unitId }])
  })

  it('is let go of: free at once, sold to the next, and taken back later without a doubt about its life', () => {
    const { here } = hereAndThere()
    keep(here.unitId)
    floor.later(60_000)
    expect(letGo(here.unitId)).toHaveProperty('did')
    expect(reservedPieces(floor.ground)).toEqual([])
    expect(letGo(here.unitId)).toEqual({ refused: 'not-in-this-state' })
    floor.later(60_000)
    floor.sell([here.serial])
    expect(contradictionsOf(floor.ground, here.unitId)).toEqual([])
  })

  it('is free by itself when nobody came, and may be kept for the next', () => {
    const { here } = hereAndThere()
    keep(here.unitId, { days: 1 })
    expect(keep(here.unitId)).toEqual({ refused: 'reserved-already' })
    floor.later(DAY_MS + 1)
    expect(sells(here.unitId).outcome).toBe('accept')
    expect(reservedPieces(floor.ground)).toEqual([])
    expect(keep(here.unitId)).toHaveProperty('did')
    floor.later(60_000)
    expect(contradictionsOf(floor.ground, here.unitId)).toEqual([])
  })

  it('is none that lies in a cart, was sold, is recalled, or is part of a set', () => {
    const { here } = hereAndThere()
    shown(floor.desk.go('sale', null))
    floor.scan(here.serial)
    expect(keep(here.unitId)).toEqual({ refused: 'piece-in-cart' })
    const unitOf = (story: string) => floor.ground.mirror.unitIdsByAlias(floor.story(story))[0]?.unitId ?? ''
    for (const story of ['already-sold', 'recalled', 'on-hold', 'quarantine']) expect(keep(unitOf(story)), story).toEqual({ refused: 'piece-not-free' })
    expect(keep(unitOf('set-part'))).toEqual({ refused: 'part-of-set' })
    expect(keep('nothing')).toEqual({ refused: 'no-such-unit' })
  })
})

describe('a piece of another store', () => {
  it('SA-04: is asked for, and this store sees that it is', () => {
    const { there } = hereAndThere()
    expect(keep(there.unitId, { send: true })).toHaveProperty('did')
    expect(reservedPieces(floor.ground)).toMatchObject([{ unitId: there.unitId, way: 'asked-for', store: { id: there.store.id } }])
  })

  it('may wait there instead, for a customer who fetches it there', () => {
    const { there } = hereAndThere()
    keep(there.unitId)
    expect(reservedPieces(floor.ground)).toMatchObject([{ way: 'waits-there', store: { id: there.store.id } }])
  })

  it('that another store has asked for is on our list to be sent, still kept on its way, and received as in order', () => {
    const { here, there } = hereAndThere()
    const until = new Date(Date.parse(MORNING) + 3 * DAY_MS).toISOString()
    const told = (unitId: string, toStoreId: string) =>
      floor.ground.mirror.reading.prepare('UPDATE units SET more = ? WHERE id = ?').run(
        JSON.stringify({ flags: [{ kind: 'hold', source: 'Elsewhere', at: MORNING, reason: 'T9-H000004', reference: 'T9-H000004', until, toStoreId }] }), unitId,
      )
    told(here.unitId, there.store.id)
    expect(reservedPieces(floor.ground)).toMatchObject([{ unitId: here.unitId, way: 'to-send', customer: null, store: { id: there.store.id } }])
    expect(floor.turn((deed) => sendPieces(deed, { unitIds: [here.unitId], toStoreId: there.store.id, note: '' }))).toHaveProperty('did')
    expect(reservedPieces(floor.ground)).toEqual([])

    told(there.unitId, floor.ground.place.id)
    floor.ground.mirror.reading.prepare("UPDATE units SET custody = 'in-transit', more = json_set(more, '$.custody', json(?)) WHERE id = ?").run(
      JSON.stringify({ fromStoreId: there.store.id, toStoreId: floor.ground.place.id }), there.unitId,
    )
    expect(reservedPieces(floor.ground)).toMatchObject([{ unitId: there.unitId, way: 'coming' }])
    expect(floor.turn((deed) => receivePiece(deed, floor.unit(there.unitId), false))).toMatchObject({ did: { place: 'shelf' } })
    expect(reservedPieces(floor.ground)).toMatchObject([{ unitId: there.unitId, way: 'waits-here' }])
  })
})

it('a piece that is kept stands on the list however many promises ended before it', () => {
  const { reading } = floor.ground.mirror
  const last = (reading.prepare("SELECT max(id) AS id FROM units WHERE custody = 'in-stock' AND store_id = ? AND title = 'ours'").get(floor.ground.place.id) as { id: string }).id
  const before = reading.prepare('SELECT id FROM units WHERE id < ? ORDER BY id LIMIT 600').all(last) as { id: string }[]
  const told = (id: string, until: string) =>
    reading.prepare('UPDATE units SET more = ? WHERE id = ?').run(JSON.stringify({ flags: [{ kind: 'hold', source: 'Elsewhere', at: MORNING, reason: 'T9', reference: `T9-${id}`, until }] }), id)
  reading.transaction(() => before.forEach(({ id }) => told(id, new Date(Date.parse(MORNING) - DAY_MS).toISOString())))()
  told(last, new Date(Date.parse(MORNING) + DAY_MS).toISOString())
  expect(before.length).toBeGreaterThan(500)
  expect(reservedPieces(floor.ground)).toMatchObject([{ unitId: last, way: 'waits-here' }])
})

it('kept pieces are found by an index, however many pieces there are', () => {
  const plan = (db: { prepare(text: string): { all(...values: unknown[]): unknown[] } }, text: string, ...values: unknown[]) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[]).map(({ detail }) => detail).join(' / ')
  expect(plan(floor.ground.mirror.reading, KEPT, { now: MORNING, here: '', name: '' })).toContain('units_kept')
  expect(plan(floor.ground.store.reading, KEPT_HERE, { since: MORNING, now: MORNING })).toContain('journal_of_day')
})
