import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CAUTIOUS_RETURN_RULES } from '../../../contract/cautious-return-rules.ts'
import { cents } from '../../../contract/money.ts'
import { later } from '../../../contract/days.ts'
import { setClockRight } from '../../../electron/core/clock/set-clock-right.ts'
import { clockIsSuspect } from '../../../electron/core/clock/suspect-clock.ts'
import { setCustomerOfFlow } from '../../../electron/core/customers/customer-rows.ts'
import { judgeUnit } from '../../../electron/core/facts/judge.ts'
import { depositHold_ms } from '../../../electron/core/money/deposits.ts'
import { lockedUntil, staffOf } from '../../../electron/core/people/staff.ts'
import { mayTakeUnrecorded, returnerOf } from '../../../electron/core/returns/how-often.ts'
import { brokenAt } from '../../../electron/core/store/journal.ts'
import { recordPinTry } from '../../../electron/core/store/people.ts'
import { holderOf } from '../../../electron/core/store/flows.ts'
import { recordReturn } from '../../../electron/core/store/returns.ts'
import { elsewhere, keepClaim } from '../../../electron/core/sync/leases.ts'
import { MORNING, shown, ShopFloor } from '../../support/core/shop-floor.ts'

const YEAR_MS = 365 * 86_400_000

describe('a clock that was wrong by a year', () => {
  let floor: ShopFloor
  beforeEach(() => {
    floor = new ShopFloor()
    floor.enter('manager')
  })
  afterEach(() => floor.close())

  const events = () =>
    floor.ground.store.reading.prepare('SELECT seq, kind, at, body FROM journal ORDER BY seq').all() as { seq: number; kind: string; at: string; body: string }[]
  const setRight = (reason = 'The battery of the machine was empty') =>
    floor.desk.act('', (deed) => {
      const by = deed.authority('settings')
      if (by === null) throw new Error('nobody answers for it')
      return setClockRight(deed, by, reason)
    })

  /** The machine stands a year ahead while a phone is sold, and is then put right. */
  function soldInTheFuture(): string {
    floor.later(YEAR_MS)
    floor.enter('manager')
    const receipt = floor.sell([floor.fresh('phone')[0]?.serial ?? ''])
    floor.later(60_000 - YEAR_MS)
    floor.enter('manager')
    return receipt
  }

  it('is said at once where the records lie ahead, and days are not counted meanwhile', () => {
    expect(floor.desk.view().heldClock).toBeNull()
    soldInTheFuture()
    expect(floor.desk.view().heldClock).toMatchObject({ machine: '2026-11-22T09:01:00.000Z' })
    expect(clockIsSuspect(floor.ground)).toBe(true)
    expect(floor.ground.now() > '2027-11-22').toBe(true)
  })

  it('is put right by a deed of its own: from then on the machine counts, and the journal goes on by its numbers', () => {
    soldInTheFuture()
    const before = events()
    shown(setRight())
    const after = events()
    expect(after.slice(0, before.length)).toEqual(before)
    const [told] = after.slice(before.length)
    expect(told).toMatchObject({ kind: 'clock-set-right', seq: before.length + 1, at: '2026-11-22T09:01:00.000Z' })
    expect(JSON.parse(told?.body ?? '{}')).toMatchObject({
      who: expect.stringMatching(/\w/) as unknown,
      params: { was: before.at(-1)?.at, now: '2026-11-22T09:01:00.000Z', reason: 'The battery of the machine was empty' },
    })
    expect(floor.desk.view().heldClock).toBeNull()
    expect(floor.ground.now()).toBe('2026-11-22T09:01:00.000Z')
    expect(brokenAt(floor.ground.store.reading)).toBeNull()

    floor.sell([floor.fresh('phone', 2)[1]?.serial ?? ''])
    expect(events().slice(after.length).every((event) => event.at < '2026-11-23')).toBe(true)
  })

  it('asks staff about a piece that was sold under the wrong date, for the reason of the clock', () => {
    const [phone] = floor.fresh('phone')
    soldInTheFuture()
    shown(setRight())
    floor.goReturn()
    floor.scanReturn(phone?.serial ?? '')
    const unit = floor.unit(phone?.unitId ?? '')
    expect(judgeUnit(floor.ground, 'return', unit, null).verdict).toMatchObject({
      outcome: 'ask-staff', findings: { purchase: { reason: 'clock-wrong' } },
    })
  })

  it('frees what the wrong date had put off: a locked person, a piece in a forgotten cart, a session', () => {
    const cashier = staffOf(floor.ground).find(({ role }) => role === 'cashier')?.id ?? ''
    const [sold, phone] = floor.fresh('phone', 2)
    floor.later(YEAR_MS)
    floor.enter('manager')
    floor.sell([sold?.serial ?? ''])
    shown(floor.desk.go('sale', null))
    floor.scan(phone?.serial ?? '')
    floor.ground.store.write((db) => {
      for (let wrong = 0; wrong < 9; wrong += 1) recordPinTry(db, cashier, floor.ground.now(), false)
    })
    floor.later(-YEAR_MS)
    expect((lockedUntil(floor.ground, cashier) ?? '') > '2027').toBe(true)
    shown(setRight())
    expect((lockedUntil(floor.ground, cashier) ?? '') < '2026-11-23').toBe(true)
    expect(holderOf(floor.ground.store.reading, phone?.unitId ?? '', floor.ground.now())).not.toBeNull()
    expect(holderOf(floor.ground.store.reading, phone?.unitId ?? '', '2026-11-22T12:00:00.000Z')).toBeNull()
  })

  /** Fifty for a phone that waits under a name. */
  function leaveDeposit(serial: string): void {
    shown(floor.desk.go('sale', null))
    floor.scan(serial)
    floor.sale({ do: 'pay' })
    floor.sale({ do: 'tender', kind: 'cash', given_cents: cents(5_000) })
    floor.sale({ do: 'leave-deposit', name: 'Kim' })
  }
  const heldUntil = (unitId = '') =>
    floor.ground.store.reading.prepare('SELECT until FROM holds WHERE unit_id = ?').pluck().get(unitId) as string | undefined

  it('keeps to its day what a deposit was paid on, and gives one of the wrong date its usual days from now', () => {
    const [paidFor, ahead, sold] = floor.fresh('phone', 3)
    const held_ms = depositHold_ms(floor.ground.policy())
    leaveDeposit(paidFor?.serial ?? '')
    const promised = heldUntil(paidFor?.unitId)
    expect(promised).toBe(later(MORNING, held_ms))
    floor.later(YEAR_MS)
    floor.enter('manager')
    leaveDeposit(ahead?.serial ?? '')
    floor.sell([sold?.serial ?? ''])
    floor.later(60_000 - YEAR_MS)
    floor.enter('manager')
    shown(setRight())
    expect(heldUntil(paidFor?.unitId)).toBe(promised)
    expect(heldUntil(ahead?.unitId)).toBe(later('2026-11-22T09:01:00.000Z', held_ms))
  })

  it('is refused without words, where nothing is wrong, and on a machine that is still behind the centre', () => {
    expect(setRight()).toMatchObject({ ok: false, fault: { code: 'not-in-this-state' } })
    soldInTheFuture()
    expect(setRight('  ')).toMatchObject({ ok: false, fault: { code: 'reason-missing' } })
    floor.later(-3 * 86_400_000)
    floor.enter('manager')
    expect(setRight()).toMatchObject({ ok: false, fault: { code: 'clock-still-wrong', params: { known: MORNING } } })
    expect(events().some(({ kind }) => kind === 'clock-set-right')).toBe(false)
  })

  it('leaves the small steps alone that every clock makes', () => {
    floor.sell([floor.fresh('phone')[0]?.serial ?? ''])
    floor.later(-90_000)
    floor.enter('manager')
    expect(floor.desk.view().heldClock).toBeNull()
    expect(floor.ground.now() >= MORNING).toBe(true)
  })
})

describe('what a till counts after its clock was set right', () => {
  let floor: ShopFloor
  afterEach(() => floor.close())

  /** All this happens under a date a year ahead; then the machine is put right, and somebody says so. */
  function aYearAhead(deeds: () => void): void {
    floor.later(YEAR_MS)
    deeds()
    floor.later(60_000 - YEAR_MS)
    const by = { staffId: 'staff-1', name: 'Ines' }
    const done = floor.ground.store.write((db) => setClockRight({ ground: floor.ground, db }, by, 'The battery was empty'))
    if (!done.ok) throw new Error(done.fault.code)
  }

  it('lets a customer check at the kiosk as many pieces in an hour as ever', () => {
    floor = new ShopFloor('kiosk')
    floor.rules((policy) => ({ ...policy, kiosk: { ...policy.kiosk, checksPerHour: 1 } }))
    const checked = (serial = ''): string => {
      shown(floor.desk.actKiosk({ do: 'begin', language: 'en' }))
      shown(floor.desk.actKiosk({ do: 'choose-task', task: 'check' }))
      const { front } = floor.scan(serial)
      shown(floor.desk.actKiosk({ do: 'finish' }))
      return front.screen === 'kiosk' ? front.kiosk.at : front.screen
    }
    const [first, second, third] = floor.fresh('phone', 3).map(({ serial }) => serial)
    aYearAhead(() => expect(checked(first)).toBe('answer'))
    expect(checked(second)).toBe('answer')
    expect(checked(third)).toBe('colleague')
  })

  it('does not count the returns of a day that has not come', () => {
    floor = new ShopFloor()
    floor.enter('cashier')
    const { ground } = floor
    const rules = { ...CAUTIOUS_RETURN_RULES, perCustomer: { pieces: 1, days: 30 }, withoutRecord: { ...CAUTIOUS_RETURN_RULES.withoutRecord, perDay: 1 } }
    const [phone] = floor.fresh('phone')
    ground.store.write((db) => db.prepare("INSERT INTO customers VALUES ('ada', ?, NULL, ?, x'00', NULL)").run(ground.now(), ground.now()))
    const { front } = shown(floor.desk.go('sale', null))
    floor.scan(phone?.serial ?? '')
    ground.store.write((db) => setCustomerOfFlow(db, front.screen === 'sale' ? front.sale.flowId : '', 'ada'))
    floor.sell([])
    const saleId = ground.store.reading.prepare('SELECT id FROM sales').pluck().get() as string
    const came = () => returnerOf(ground, ground.store.reading, rules, { saleId, unitId: null })?.came
    const mayBeBelieved = () => mayTakeUnrecorded(ground, ground.store.reading, rules)
    aYearAhead(() => {
      floor.enter('cashier')
      broughtBack('future', { saleId, unitId: phone?.unitId ?? null })
      broughtBack('stranger', { saleId: null, unitId: null })
      expect([came(), mayBeBelieved()]).toEqual([1, false])
      floor.sell([floor.fresh('audio')[0]?.serial ?? ''])
    })
    expect([came(), mayBeBelieved()]).toEqual([0, true])
  })

  function broughtBack(id: string, from: { saleId: string | null; unitId: string | null }): void {
    const { ground } = floor
    const line = {
      id: `${id}-1`, productId: floor.unit(floor.fresh('audio')[0]?.unitId ?? '').product.id, quantity: 1, saleLineId: null, receiptNumber: null,
      reason: 'changed-mind', condition: 'new', refund_cents: 0, nextPlace: 'shelf', lookedAt: null, ...from,
    }
    ground.store.write((db) => recordReturn(db, {
      id, number: id, flowId: id, shiftId: null, storeId: ground.place.id, tillId: ground.till.id, staffId: null, approvedBy: null, approvedWhy: null,
      returnedAt: ground.now(), currency: ground.place.currency, refund_cents: 0, rounding_cents: 0, demo: true, lines: [line], parts: [], tenders: [], taxes: [],
    }))
  }

  it('does not believe until next year that another till has sold a piece', () => {
    floor = new ShopFloor()
    floor.enter('cashier')
    const [ahead, sold] = floor.fresh('phone', 2)
    const { ground } = floor
    const gone = (unitId: string) => ground.store.write((db) => keepClaim(db, unitId, { is: 'gone', why: 'sold' }, ground.now()))
    const isGone = (unitId: string) => elsewhere(ground.store.reading, unitId, ground.now(), false) !== null
    aYearAhead(() => {
      floor.enter('cashier')
      floor.sell([sold?.serial ?? ''])
      gone(ahead?.unitId ?? '')
      expect(isGone(ahead?.unitId ?? '')).toBe(true)
    })
    expect(isGone(ahead?.unitId ?? '')).toBe(false)
    gone(ahead?.unitId ?? '')
    expect(isGone(ahead?.unitId ?? '')).toBe(true)
  })
})
