import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { factsOfColumns, columnsOfFacts } from '../../../contract/sync/unit-columns.ts'
import type { ParcelAct } from '../../../contract/parcel.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { addMonths } from '../../../contract/days.ts'
import { ok } from '../../../contract/fault.ts'
import { cents } from '../../../contract/money.ts'
import { CustomerDesk } from '../../../electron/core/customers/customer-desk.ts'
import { CustomerKey } from '../../../electron/core/customers/customer-key.ts'
import { judgeUnit } from '../../../electron/core/facts/judge.ts'
import { ParcelDesk } from '../../../electron/core/parcels/parcel-desk.ts'
import { CLOSED_PARCELS, OPEN_PARCELS } from '../../../electron/core/parcels/parcel-rows.ts'
import { openClaim, tell } from '../../../electron/core/service/claims.ts'
import { eventsOfUnit } from '../../../electron/core/store/journal.ts'
import { documentOf } from '../../../electron/core/store/papers.ts'
import { grownTill } from '../../support/core/grown-till.ts'
import { at, lookOver, ShopFloor } from '../../support/core/shop-floor.ts'

const KEY = new CustomerKey(Buffer.alloc(32, 7))
const TO = { name: 'Ines Kaltenbrunn', address: 'Am Anger 3\n99084 Erfurt' }

let floor: ShopFloor
let parcels: ParcelDesk
let customers: CustomerDesk
let pieces: { readonly unitId: string; readonly serial: string }[]
let saleId: string

const act = (one: ParcelAct): string => {
  const done = parcels.act(one)
  return done.ok ? 'done' : done.fault.code
}
const send = (count = 1) => act({ do: 'send', saleId, unitIds: pieces.slice(0, count).map(({ unitId }) => unitId), to: TO })
const parcel = () => {
  const [one] = parcels.list()
  if (!one) throw new Error('there is no parcel')
  return one
}
const step = (what: 'delivered' | 'came-back' | 'lost' | 'undo') => act({ do: what, parcelId: parcel().parcelId })
const pack = (text: string) => act({ do: 'pack', parcelId: parcel().parcelId, text })
const handOver = (tracking = '00340434161094042557') => act({ do: 'hand-over', parcelId: parcel().parcelId, carrier: 'Paketpost', tracking })
const facts = (place = 0) => floor.unit(pieces[place]!.unitId).facts
const life = (place = 0) => eventsOfUnit(floor.ground.store.reading, pieces[place]!.unitId).map(({ kind }) => kind)
const legal = () => facts().cover.find(({ layer }) => layer === 'legal')
const verdict = (intent: 'sell' | 'return' | 'check') => judgeUnit(floor.ground, intent, floor.unit(pieces[0]!.unitId), null).verdict
const sealed = () => floor.ground.store.reading.prepare('SELECT sealed_to FROM parcels').pluck().get()

describe('F028: a chosen piece is sold and sent to its buyer', () => {
  beforeEach(() => {
    floor = new ShopFloor()
    floor.enter('manager')
    floor.shift({ do: 'open', float_cents: cents(0) })
    pieces = floor.fresh('phone', 3)
    floor.sell(pieces.slice(0, 2).map(({ serial }) => serial))
    const { front } = floor.desk.view()
    if (front.screen !== 'sale' || front.sale.at !== 'paid') throw new Error('the phones are not sold')
    saleId = front.sale.saleId
    customers = new CustomerDesk({ ground: floor.ground, desk: floor.desk, key: KEY })
    parcels = new ParcelDesk({ desk: floor.desk, key: KEY, customers })
  })
  afterEach(() => floor.close())

  it('goes from the counter to the door of its buyer, and its life tells every step', () => {
    expect(parcels.ofSale(saleId).free.map(({ unitId }) => unitId)).toEqual(pieces.slice(0, 2).map(({ unitId }) => unitId))
    expect(send()).toBe('done')
    expect(parcel()).toMatchObject({ state: 'waiting', to: TO, pieces: [{ serial: pieces[0]!.serial, isPacked: false }] })
    expect(facts()).toMatchObject({ title: { is: 'sold' }, custody: { at: 'with-customer', parcel: { is: 'to-be-sent', storeId: floor.ground.place.id } } })
    expect(pack(pieces[0]!.serial)).toBe('done')
    expect(parcel()).toMatchObject({ state: 'packed', pieces: [{ isPacked: true }] })
    expect(handOver()).toBe('done')
    expect(parcel()).toMatchObject({ state: 'under-way', carrier: 'Paketpost', tracking: '00340434161094042557' })
    expect(facts().custody).toMatchObject({ at: 'with-customer', parcel: { is: 'under-way' } })
    expect(step('delivered')).toBe('done')
    expect(parcel()).toMatchObject({ state: 'delivered', to: null })
    expect(facts().custody).toEqual({ at: 'with-customer' })
    expect(life()).toEqual(['sold', 'to-be-sent', 'packed', 'shipped', 'delivered'])
    expect(life(1)).toEqual(['sold'])
  })

  it('is stopped where another piece than the sold one is scanned into the parcel, be it of the same article', () => {
    send()
    expect(pack(pieces[1]!.serial)).toBe('not-in-parcel')
    expect(pack(pieces[2]!.serial)).toBe('not-in-parcel')
    expect(pack('no such number')).toBe('not-in-parcel')
    expect(handOver()).toBe('not-in-this-state')
    expect(parcel().state).toBe('waiting')
  })

  it('is handed over when each of its pieces is in the parcel, and not before', () => {
    expect(send(2)).toBe('done')
    pack(pieces[0]!.serial)
    expect(parcel().state).toBe('waiting')
    expect(handOver()).toBe('not-in-this-state')
    expect(pack(pieces[0]!.serial)).toBe('done')
    expect(life()).toEqual(['sold', 'to-be-sent', 'packed'])
    pack(pieces[1]!.serial)
    expect(handOver()).toBe('done')
  })

  it('is sent once, of its own sale and with what is sealed', () => {
    expect(send()).toBe('done')
    expect(send()).toBe('not-sold')
    expect(act({ do: 'send', saleId, unitIds: [pieces[2]!.unitId], to: TO })).toBe('not-sold')
    expect(act({ do: 'send', saleId: 'another', unitIds: [pieces[1]!.unitId], to: TO })).toBe('not-sold')
    const locked = new ParcelDesk({ desk: floor.desk, key: null, customers })
    const done = locked.act({ do: 'send', saleId, unitIds: [pieces[1]!.unitId], to: TO })
    expect(done.ok ? 'done' : done.fault.code).toBe('customers-locked')
    expect(locked.list()[0]?.to).toBeNull()
    expect(act({ do: 'undo', parcelId: 'no-such' })).toBe('no-such-parcel')
  })

  it('is sold by no till meanwhile, counted as missing by nobody, and told as being sent', () => {
    send()
    expect(verdict('sell')).toMatchObject({ outcome: 'refuse', findings: { custody: { answer: 'being-sent', reason: 'parcel-to-be-sent' } } })
    expect(verdict('check').findings.custody.params).toMatchObject({ store: floor.ground.place.name })
    pack(pieces[0]!.serial)
    handOver()
    expect(verdict('check').findings.custody).toMatchObject({ answer: 'being-sent', reason: 'parcel-under-way' })
    expect(verdict('return').outcome).toBe('accept')
    expect(step('lost')).toBe('done')
    expect(verdict('check')).toMatchObject({ outcome: 'ask-staff', findings: { custody: { reason: 'parcel-lost' } } })
    expect(verdict('return').outcome).toBe('ask-staff')
    expect(step('came-back')).toBe('done')
    expect(verdict('check').findings.custody.reason).toBe('parcel-to-be-sent')
  })

  it('comes back and is sent again to another address, or is taken along by its buyer', () => {
    send()
    pack(pieces[0]!.serial)
    handOver()
    step('came-back')
    expect(act({ do: 'readdress', parcelId: parcel().parcelId, to: { ...TO, address: 'Domplatz 1, Erfurt' } })).toBe('done')
    expect(parcel().to?.address).toBe('Domplatz 1, Erfurt')
    expect(handOver('')).toBe('done')
    expect(parcel()).toMatchObject({ state: 'under-way', tracking: '' })
    step('came-back')
    expect(step('delivered')).toBe('done')
    expect(facts().custody).toEqual({ at: 'with-customer' })
    expect(act({ do: 'readdress', parcelId: parcel().parcelId, to: TO })).toBe('not-in-this-state')
    expect(step('lost')).toBe('not-in-this-state')
  })

  it('has each step taken back by a further one, until it is not sent at all', () => {
    send()
    pack(pieces[0]!.serial)
    handOver()
    step('delivered')
    for (const state of ['under-way', 'packed', 'waiting']) {
      expect(step('undo')).toBe('done')
      expect(parcel().state).toBe(state)
    }
    const { parcelId } = parcel()
    expect(act({ do: 'undo', parcelId })).toBe('done')
    expect(parcels.list()).toEqual([])
    expect(facts().custody).toEqual({ at: 'with-customer' })
    expect(act({ do: 'undo', parcelId })).toBe('nothing-to-undo')
    expect(life()).toEqual(['sold', 'to-be-sent', 'packed', 'shipped', 'delivered', 'shipped', 'packed', 'to-be-sent', 'delivered'])
    expect(send()).toBe('done')
  })

  it('is guaranteed by law from its delivery on, as long as before, and from the sale where that is taken back', () => {
    const promised = legal()!
    send()
    pack(pieces[0]!.serial)
    handOver()
    floor.later(5 * DAY_MS)
    step('delivered')
    const start = '2026-11-27'
    expect(legal()).toEqual({ ...promised, start, end: addMonths(start, 24), basis: 'delivery' })
    expect(verdict('check').findings.warranty.answer).toBe('covered')
    step('undo')
    expect(legal()).toEqual(promised)
  })

  it('stays here when it is recalled after it was sold', () => {
    send(2)
    const { product } = floor.unit(pieces[0]!.unitId)
    floor.recall(pieces[0]!.serial, product.id)
    expect(pack(pieces[0]!.serial)).toBe('not-to-be-sent')
    expect(pack(pieces[1]!.serial)).toBe('done')
  })

  it('is on its way no more when it is brought back, and where it was to go is forgotten', () => {
    send()
    floor.goReturn()
    at(floor.scanReturn(pieces[0]!.serial), 'assess')
    const { parcelId } = parcel()
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
    expect(sealed()).toBeNull()
    expect(parcels.list()).toEqual([])
    expect(act({ do: 'pack', parcelId, text: pieces[0]!.serial })).toBe('not-in-this-state')
  })

  it('waits for the piece of it that was not brought back, and for one that is being repaired', () => {
    send(2)
    pack(pieces[0]!.serial)
    floor.goReturn()
    at(floor.scanReturn(pieces[1]!.serial), 'assess')
    lookOver(floor)
    at(floor.return({ do: 'refund' }), 'done')
    expect(parcel()).toMatchObject({ state: 'packed', to: TO, pieces: [{ serial: pieces[0]!.serial }] })
    floor.turn((deed) => openClaim(deed, pieces[0]!.unitId, 'does not charge', ''))
    expect(parcels.list()).toEqual([])
    expect(act({ do: 'undo', parcelId: 'another' })).toBe('no-such-parcel')
    expect(sealed()).not.toBeNull()
  })

  it('is over when another till took it back, as soon as this one does anything with a parcel', () => {
    send()
    floor.turn((deed) => ok(tell(deed, pieces[0]!.unitId, 'returned', {}, (before) => ({ ...before, title: { is: 'ours' } }))))
    expect(parcels.list()).toEqual([])
    act({ do: 'undo', parcelId: 'another' })
    expect(sealed()).toBeNull()
  })
})

describe('the address of a parcel', () => {
  beforeEach(() => {
    floor = new ShopFloor()
    floor.enter('manager')
    floor.shift({ do: 'open', float_cents: cents(0) })
    pieces = floor.fresh('phone', 1)
    customers = new CustomerDesk({ ground: floor.ground, desk: floor.desk, key: KEY })
    parcels = new ParcelDesk({ desk: floor.desk, key: KEY, customers })
    floor.scan(pieces[0]!.serial)
    const begun = floor.desk.view().front
    if (begun.screen !== 'sale') throw new Error('no sale begins')
    const made = customers.create({ name: TO.name, phone: '0361 1', email: '', card: '', address: TO.address, note: '', language: null }, [], begun.sale.flowId)
    if (!made.ok) throw new Error(made.fault.code)
    floor.sell([])
    const { front } = floor.desk.view()
    if (front.screen !== 'sale' || front.sale.at !== 'paid') throw new Error('the phone is not sold')
    saleId = front.sale.saleId
  })
  afterEach(() => floor.close())

  it('is proposed from the customer of the sale, and sealed: neither journal, papers nor table say it', () => {
    expect(parcels.ofSale(saleId).to).toEqual(TO)
    send()
    const made = parcels.paper(parcel().parcelId)
    if (!made.ok) throw new Error(made.fault.code)
    const { documentId } = made.value
    const whole = JSON.stringify(floor.ground.shownOnce.forPrinter(documentId))
    for (const said of [TO.name, '99084 Erfurt', pieces[0]!.serial]) expect(whole).toContain(said)
    const db = floor.ground.store.reading
    const kept = [documentOf(db, documentId), db.prepare('SELECT body FROM journal').all(), db.prepare('SELECT * FROM parcel_steps').all(), String(sealed())]
    for (const said of [TO.name, 'Erfurt']) expect(JSON.stringify(kept)).not.toContain(said)
  })

  it('is hinted at where the person at the till may not see customers', () => {
    send()
    floor.enter('cashier')
    floor.rules((policy) => ({ ...policy, rights: { ...policy.rights, cashier: policy.rights.cashier.filter((right) => right !== 'see-customer') } }))
    expect(parcel()).toMatchObject({ masked: true, to: { name: 'I••• K•••', address: '•••' } })
    expect(parcels.ofSale(saleId).to).toBeNull()
  })

  it('is gone with its customer, and the parcel says so until it is given again', () => {
    send()
    const erased = customers.erase(customers.find('')[0]!.customerId)
    expect(erased.ok).toBe(true)
    expect(parcel().to).toBeNull()
    const paper = parcels.paper(parcel().parcelId)
    expect(paper.ok ? 'done' : paper.fault.code).toBe('address-gone')
    expect(sealed()).toBeNull()
  })
})

describe('parcels come to a till that is in use', () => {
  it('with an index of what waits, and steps that nobody changes', () => {
    const till = grownTill('0028', `INSERT INTO sales (id, number, flow_id, shift_id, store_id, till_id, staff_id, sold_at, currency, gross_cents, discount_cents, rounding_cents, demo)
      VALUES ('a', 'T1-R000001', 'f', NULL, 'b', 't', 'ada', '2026-11-23T09:00:00.000Z', 'EUR', 999, 0, 0, 0);`)
    till.db.exec(`INSERT INTO parcels VALUES ('p', 'T1-D000001', 'a', NULL, '2026-11-23', NULL);
      INSERT INTO parcel_steps (parcel_id, step, at) VALUES ('p', 'to-be-sent', '2026-11-23')`)
    expect(() => till.db.exec("UPDATE parcel_steps SET step = 'lost'")).toThrow(/never changed/)
    expect(() => till.db.exec('DELETE FROM parcel_steps')).toThrow(/never deleted/)
    for (const query of [OPEN_PARCELS, CLOSED_PARCELS.replace('?', "'2026'")]) {
      const plan = till.db.prepare(`EXPLAIN QUERY PLAN ${query}`).all() as { detail: string }[]
      const told = plan.map(({ detail }) => detail).join(' / ')
      expect(told).toContain('parcels_by_close')
      expect(told).not.toContain('TEMP B-TREE')
    }
    till.close()
  })

  it('and a till that does not know of them reads that the customer has the piece', () => {
    const custody = { at: 'with-customer', parcel: { is: 'under-way', storeId: 'north', since: '2026-11-23T09:00:00.000Z' } } as const
    const known = { custody, title: { is: 'unknown' }, condition: 'new', flags: [], cover: [] } as const
    const row = columnsOfFacts({ ...known, flags: [], cover: [] }, null)
    expect(row).toMatchObject({ custody: 'with-customer', store_id: null, area: null })
    expect(factsOfColumns(row)).toEqual(known)
  })
})
