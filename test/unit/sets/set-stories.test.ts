import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReturnAction } from '../../../contract/return-view.ts'
import type { SaleAction } from '../../../contract/sale-view.ts'
import { makeWarranty } from '../../../electron/core/papers/make-papers.ts'
import { packWith } from '../../../electron/core/sets/change-sets.ts'
import { recordEvent } from '../../../electron/core/store/journal.ts'
import { sql } from '../../../electron/core/store/store.ts'
import { at, ShopFloor, shown } from '../../support/core/shop-floor.ts'
import { saleIn } from '../../support/core/till.ts'

let floor: ShopFloor
let whole: string
let part: string
beforeEach(() => {
  floor = new ShopFloor()
  floor.enter('manager')
  whole = floor.story('set')
  part = floor.story('set-part')
})
afterEach(() => floor.close())

const rows = <Row>(text: string, ...values: string[]) => sql(floor.ground.store.reading, text).all(...values) as Row[]
const holds = (): number => rows('SELECT unit_id FROM holds').length
const act = (action: SaleAction) => saleIn(floor.sale(action))
const scanned = (text: string) => saleIn(floor.scan(text))
function cart() {
  shown(floor.desk.go('sale', null))
  const [line] = scanned(whole).lines
  const [inside] = line?.parts ?? []
  if (line === undefined || line.unitId === null || inside === undefined) throw new Error('the demo has a set')
  return { line, wholeId: line.unitId, partId: inside.unitId }
}

interface Told {
  readonly kind: string
  readonly unitId: string
  readonly params: Record<string, unknown>
  readonly facts: { readonly partOf?: string; readonly title: { readonly purchase?: { readonly paid_cents: number } } }
}
const events = (...kinds: string[]): Told[] =>
  rows<{ body: string }>(`SELECT body FROM journal WHERE kind IN (${kinds.map(() => '?').join(', ')}) ORDER BY seq`, ...kinds)
    .map(({ body }) => JSON.parse(body) as Told)

/** The centre, or the owner, reports a piece as stolen. */
function stolen(unitId: string): void {
  const { ground } = floor
  const { cover: _, ...facts } = floor.unit(unitId).facts
  const flag = { kind: 'stolen-reported', source: 'Register', at: ground.now(), reason: '', reference: null } as const
  ground.store.write((db) => recordEvent(db, {
    id: ground.newId(), kind: 'flagged', unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id, staffId: null, who: null,
    params: { flag: 'stolen-reported' }, facts: { ...facts, cover: [], flags: [flag] },
  }))
}

describe('a set of single pieces', () => {
  it('P35: is one line with its parts under it, and sold piece by piece: every number on paper, every part with its warranty', () => {
    const { line, wholeId, partId } = cart()
    expect(line).toMatchObject({ name: 'Lumenar One', total_cents: 339_900, parts: [{ name: '50 mm f/1.4', weight_cents: 84_900 }] })
    floor.sale({ do: 'void' })
    floor.sell([whole])
    const told = events('sold')
    expect(told.map(({ unitId }) => unitId)).toEqual([wholeId, partId])
    expect(told.map(({ facts }) => facts.title.purchase?.paid_cents)).toEqual([255_000, 84_900])
    expect(rows<{ total_cents: number }>('SELECT total_cents FROM sale_lines ORDER BY position').map(({ total_cents }) => total_cents)).toEqual([255_000, 84_900])
    expect(rows<{ body: string }>("SELECT body FROM documents WHERE kind = 'sale'")[0]?.body).toContain(part)
    floor.ground.store.write((db) => expect(makeWarranty(floor.ground, db, partId, floor.ground.paperSetting())).toMatchObject({ ok: true }))
  })

  it('leaves the cart as one, comes back with undo, and is parked and recalled with all its pieces', () => {
    const { line } = cart()
    expect(holds()).toBe(2)
    expect(scanned(part)).toMatchObject({ lines: [{ lineId: line.lineId }], notice: { code: 'already-in-cart', offer: { lineId: line.lineId } } })
    act({ do: 'remove-line', lineId: line.lineId })
    expect(holds()).toBe(0)
    expect(act({ do: 'undo' }).lines).toHaveLength(1)
    expect(holds()).toBe(2)
    const { front } = floor.desk.view()
    const flowId = front.screen === 'sale' ? front.sale.flowId : ''
    floor.sale({ do: 'park', name: 'Ms Vogt' })
    expect(saleIn(shown(floor.desk.recall(flowId))).lines[0]?.parts).toHaveLength(1)
    floor.sale({ do: 'void' })
    expect(holds()).toBe(0)
  })

  it('says of a part alone what it belongs to: the set is one key away, taking it apart wants a right and a reason', () => {
    shown(floor.desk.go('sale', null))
    expect(scanned(part)).toMatchObject({ lines: [], partOfSet: { set: 'Lumenar One', setSerial: whole }, notice: { code: 'part-of-set' } })
    expect(act({ do: 'take-whole-set' })).toMatchObject({ lines: [{ parts: [{}] }], partOfSet: null })
    floor.sale({ do: 'void' })
    shown(floor.desk.go('sale', null))
    scanned(part)
    const { front } = floor.desk.view()
    const flowId = front.screen === 'sale' ? front.sale.flowId : ''
    expect(floor.desk.actSale(flowId, { do: 'take-out-of-set', reason: '' })).toMatchObject({ ok: false, fault: { code: 'reason-missing' } })
    floor.enter('cashier')
    expect(floor.desk.actSale(flowId, { do: 'take-out-of-set', reason: 'Goodwill' })).toMatchObject({ ok: false, fault: { code: 'no-right' } })
    floor.enter('manager')
    expect(act({ do: 'take-out-of-set', reason: 'Goodwill' })).toMatchObject({ lines: [{ name: '50 mm f/1.4', total_cents: 84_900 }], partOfSet: null })
    const [apart] = events('unkitted')
    expect(apart).toMatchObject({ params: { reason: 'Goodwill' } })
    expect(apart?.facts.partOf).toBeUndefined()
    expect(scanned(whole).lines[1]?.parts).toBeUndefined()
  })

  it('is not sold while one of its parts may not be: a stolen part stops the set, quietly, also when it is in the cart', () => {
    const { partId } = cart()
    stolen(partId)
    expect(act({ do: 'pay' })).toMatchObject({ at: 'open', notice: { tone: 'quiet', code: 'stolen-quiet', offer: { kind: 'check-unit', unitId: partId } } })
    floor.sale({ do: 'void' })
    shown(floor.desk.go('sale', null))
    expect(scanned(whole)).toMatchObject({ lines: [], notice: { tone: 'quiet', code: 'stolen-quiet' } })
  })

  it('is made by packing a piece with another, and only of what lies here in no cart', () => {
    const { wholeId } = cart()
    const [phone] = floor.fresh('phone')
    const pack = (to: string, unitId: string) => shownOrFault(floor.desk.act('', (deed) => packWith(deed, to, unitId)))
    expect(pack(wholeId, phone?.unitId ?? '')).toBe('not-for-a-set')
    floor.sale({ do: 'void' })
    expect(pack(wholeId, wholeId)).toBe('not-for-a-set')
    expect(pack(phone?.unitId ?? '', wholeId)).toBe('not-for-a-set')
    expect(pack(wholeId, phone?.unitId ?? '')).toBe('done')
    expect(events('kitted')).toMatchObject([{ unitId: phone?.unitId, params: { parent: wholeId }, facts: { partOf: wholeId } }])
    expect(cart().line.parts).toHaveLength(2)
  })
})

const shownOrFault = (result: ReturnType<ShopFloor['desk']['act']>): string => (result.ok ? 'done' : result.fault.code)

const back = (action: ReturnAction) => floor.return(action)
const assessed = (action?: ReturnAction) => at(action === undefined ? currentReturn() : back(action), 'assess')
function currentReturn() {
  const { front } = floor.desk.view()
  if (front.screen !== 'return') throw new Error(`in front is ${front.screen}`)
  return front.return
}

/** Everything in order, somebody's word where one is wanted, and the money. */
function refunded() {
  for (const { pieceId } of assessed().pieces) {
    back({ do: 'go-to-piece', pieceId })
    back({ do: 'all-in-order' })
  }
  if (assessed().missing.includes('approval')) back({ do: 'approve', note: 'Seen' })
  return at(back({ do: 'refund' }), 'done')
}
const refundsOf = () => rows<{ refund_cents: number }>('SELECT refund_cents FROM return_lines ORDER BY position').map(({ refund_cents }) => refund_cents)

describe('a set that comes back', () => {
  beforeEach(() => {
    floor.sell([whole])
    floor.goReturn()
  })

  it('wants every piece scanned, and gives back what was paid for the whole', () => {
    const begun = at(floor.scanReturn(whole), 'assess')
    expect(begun.pieces).toMatchObject([{ name: 'Lumenar One', refund_cents: 255_000 }, { name: '50 mm f/1.4', refund_cents: 84_900, ofSet: true }])
    expect(begun.refund?.amount_cents).toBe(339_900)
    expect(begun.missing).toContain('other-pieces')
    expect(at(floor.scanReturn(part), 'assess')).toMatchObject({ notice: { code: 'set-part-here' }, pieceId: begun.pieceId })
    back({ do: 'give-reason', reason: 'changed-mind' })
    back({ do: 'grade', condition: 'new' })
    expect(refunded().refund.amount_cents).toBe(339_900)
    expect(events('unkitted')).toEqual([])
    expect(refundsOf()).toEqual([255_000, 84_900])
  })

  it('comes back without a part that is said to be missing: its share stays out, and the set is not whole any more', () => {
    const [, lens] = at(floor.scanReturn(whole), 'assess').pieces
    expect(assessed({ do: 'part-not-here', pieceId: lens?.pieceId ?? '' })).toMatchObject({ setLacks: ['50 mm f/1.4'], refund: { amount_cents: 255_000 } })
    const [, again] = assessed({ do: 'undo' }).pieces
    expect(floor.tryReturn({ do: 'remove-piece', pieceId: again?.pieceId ?? '' })).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    back({ do: 'part-not-here', pieceId: again?.pieceId ?? '' })
    back({ do: 'give-reason', reason: 'changed-mind' })
    expect(assessed({ do: 'grade', condition: 'new' }).grade).toBe('parts-missing')
    expect(refunded().refund.amount_cents).toBe(255_000)
    expect(events('unkitted')).toHaveLength(1)
    floor.goReturn()
    expect(at(floor.scanReturn(part), 'assess').refund?.amount_cents).toBe(84_900)
  })

  it('kit broken, one child returned: its share goes back, and the rest is still the customer’s', () => {
    expect(at(floor.scanReturn(part), 'assess')).toMatchObject({ notice: { code: 'set-share', params: { set: 'Lumenar One' } }, refund: { amount_cents: 84_900 } })
    back({ do: 'give-reason', reason: 'changed-mind' })
    back({ do: 'grade', condition: 'new' })
    expect(refunded().refund.amount_cents).toBe(84_900)
    expect(events('unkitted', 'returned').map(({ facts }) => facts.partOf)).toEqual([undefined, undefined])
    floor.goReturn()
    expect(at(floor.scanReturn(whole), 'assess').pieces).toHaveLength(1)
  })
})

describe('parts with numbers of their own', () => {
  it('asks a colleague where a part that comes back carries another number than the one it was sold with', () => {
    const [bike] = floor.fresh('bike')
    const { ground } = floor
    const { cover: _, ...facts } = floor.unit(bike?.unitId ?? '').facts
    ground.store.write((db) => recordEvent(db, {
      id: ground.newId(), kind: 'kitted', unitId: bike?.unitId ?? '', at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
      staffId: null, who: null, params: {}, facts: { ...facts, cover: [], parts: { motor: 'MO-77 120' } },
    }))
    floor.sell([bike?.serial ?? ''])
    floor.goReturn()
    floor.scanReturn(bike?.serial ?? '')
    expect(assessed({ do: 'note-part', part: 'motor', number: 'mo77120' }).verdict).toMatchObject({ outcome: 'accept' })
    const other = assessed({ do: 'note-part', part: 'motor', number: 'MO-99 001' })
    expect(other.verdict).toMatchObject({ outcome: 'ask-staff', findings: { authenticity: { answer: 'suspect', evidence: ['part-differs'] } } })
    expect(other.approvalFor).toContain('verdict')
  })
})
