import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenRulesOf } from '../../../contract/identity/broken-rules.ts'
import { NEWER_KIND, type EventKind, type TimelineEntry } from '../../../contract/journal.ts'
import { FROM_SALE } from '../../../contract/stock-by-serial.ts'
import { linesOfUnits } from '../../../electron/core/epcis/load-journal.ts'
import { lifeOf, merged, timelineOf } from '../../../electron/core/facts/history.ts'
import { recordEvent } from '../../../electron/core/store/journal.ts'
import { shown, ShopFloor } from '../../support/core/shop-floor.ts'

const entry = (day: number, kind: EventKind, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  at: new Date(Date.UTC(2026, 0, day, 10)).toISOString(), kind, storeId: 'store-berlin', storeName: 'Berlin', who: null, params: {}, atHub: true, ...more,
})
/** A life, one event a day. */
const life = (...kinds: readonly EventKind[]): TimelineEntry[] => kinds.map((kind, day) => entry(day + 1, kind))

describe('a life without contradiction', () => {
  it('is first heard of at two tills that were about to sell it, and sold at one', () => {
    const heard = (day: number) => entry(day, 'commissioned', { params: { from: FROM_SALE } })
    expect(brokenRulesOf([heard(1), heard(2), entry(3, 'sold'), entry(4, 'returned'), heard(5), entry(6, 'sold')])).toEqual([])
  })


  it.each<[string, EventKind[]]>([
    ['is made, received, sold', ['commissioned', 'received', 'stocked', 'sold']],
    ['is sold, brought back and sold again', ['received', 'sold', 'returned', 'inspected', 'stocked', 'sold']],
    ['is sold again right from the returns shelf', ['received', 'sold', 'returned', 'sold']],
    ['has a sale that was voided', ['received', 'sold', 'voided', 'sold']],
    ['was exchanged and sold to somebody else', ['received', 'sold', 'exchanged', 'sold']],
    ['was traded in and sold again', ['received', 'sold', 'received', 'sold']],
    ['was repaired and claimed for', ['received', 'sold', 'claimed', 'sent-to-repair', 'back-from-repair']],
    ['was missed and found', ['received', 'missed', 'found', 'sold']],
    ['was on hold and released', ['received', 'held', 'released', 'sold']],
    ['begins with a return, because it was sold before this system', ['returned', 'inspected', 'stocked', 'sold']],
    ['was scrapped, and somebody looked its number up later', ['received', 'retired', 'checked']],
    ['is empty', []],
  ])('%s', (_, kinds) => expect(brokenRulesOf(life(...kinds))).toEqual([]))
})

it('a piece that waited for its customer, kept or with a deposit on it, was sold to him as it should be', () => {
  const waits = entry(2, 'held', { params: { number: 'T1-H000001', until: '2026-01-05T10:00:00.000Z' } })
  expect(brokenRulesOf([entry(1, 'received'), waits, entry(3, 'sold')])).toEqual([])
})

describe('a life that cannot be', () => {
  it.each<[string, EventKind[], string[]]>([
    ['sold while sold', ['received', 'sold', 'sold'], ['sold-twice']],
    ['brought back twice', ['received', 'sold', 'returned', 'returned'], ['returned-twice']],
    ['brought back from our own shelf', ['received', 'stocked', 'returned'], ['return-without-sale']],
    ['made twice', ['commissioned', 'received', 'commissioned'], ['commissioned-twice']],
    ['sold after it was scrapped', ['received', 'retired', 'sold'], ['seen-after-destroyed']],
    ['sold while on hold', ['received', 'held', 'sold'], ['sold-while-blocked']],
    [
      'several at once, each told once', ['received', 'sold', 'sold', 'returned', 'returned', 'sold', 'sold'],
      ['returned-twice', 'sold-twice'],
    ],
  ])('%s', (_, kinds, rules) => expect(brokenRulesOf(life(...kinds))).toEqual(rules))

  it('sold while it was reported stolen', () => {
    const history = [entry(1, 'received'), entry(2, 'flagged', { params: { flag: 'stolen-own' } }), entry(3, 'sold')]
    expect(brokenRulesOf(history)).toEqual(['sold-while-blocked'])
    expect(brokenRulesOf([...history.slice(0, 2), entry(2.5, 'unflagged'), entry(3, 'sold')])).toEqual([])
  })

  it('is told whatever the order in which tills told it', () => {
    const whole = life('commissioned', 'received', 'sold', 'sold', 'returned', 'returned')
    fc.assert(fc.property(fc.shuffledSubarray(whole, { minLength: whole.length }), (shuffled) => {
      expect(brokenRulesOf(shuffled)).toEqual(brokenRulesOf(whole))
    }))
  })
})

describe('two tellings of one life', () => {
  it('are in the order of time, and one event told back is one event', () => {
    const told = life('received', 'stocked', 'sold')
    const here = [entry(3, 'sold', { atHub: false }), entry(4, 'returned', { atHub: false })]
    const whole = merged(told, here)
    expect(whole.map(({ kind, atHub }) => [kind, atHub])).toEqual([
      ['received', true], ['stocked', true], ['sold', true], ['returned', false],
    ])
    expect(brokenRulesOf(whole)).toEqual([])
  })

  it('keep two sales of one day apart, when they are two', () => {
    const twice = merged([entry(3, 'sold')], [entry(3, 'sold', { storeId: 'store-vienna', atHub: false })])
    expect(twice).toHaveLength(2)
    expect(brokenRulesOf([entry(1, 'received'), ...twice])).toEqual(['sold-twice'])
  })

  it('lose no event that only one of them knows', () => {
    const kinds = fc.array(
      fc.tuple(fc.nat(30), fc.constantFrom<EventKind>('sold', 'returned', 'checked', 'moved')), { maxLength: 12 },
    )
    fc.assert(fc.property(kinds, kinds, (first, second) => {
      const told = first.map(([day, kind]) => entry(day + 1, kind))
      const here = second.map(([day, kind]) => entry(day + 1, kind, { atHub: false }))
      const whole = merged(told, here)
      expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).toSorted())
      expect(whole.filter(({ atHub }) => atHub)).toHaveLength(told.length)
      for (const { at, kind } of here) expect(whole.some((one) => one.at === at && one.kind === kind)).toBe(true)
    }))
  })
})

it('a piece to which a newer program did something unheard of is sold and judged by what else happened to it, and its life says that there is more', () => {
  const floor = new ShopFloor()
  try {
    floor.enter('cashier')
    const [piece] = floor.fresh('phone')
    if (!piece) throw new Error('no phone is fresh')
    const { ground } = floor
    const kinds = timelineOf(ground, piece.unitId).map(({ kind }) => kind)
    floor.told(piece.unitId, 'beamed-up')
    ground.store.write((db) => recordEvent(db, {
      id: ground.newId(), kind: 'beamed-down' as EventKind, unitId: piece.unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
      staffId: null, who: null, params: {}, facts: null,
    }))
    expect(timelineOf(ground, piece.unitId).map(({ kind }) => kind)).toEqual(kinds)
    expect(lifeOf(ground, piece.unitId).map(({ kind }) => kind)).toEqual([...kinds, NEWER_KIND, NEWER_KIND])
    const sources = { mirror: ground.mirror.reading, shop: ground.store.reading }
    expect(linesOfUnits(sources, [piece.unitId]).map(({ kind }) => kind)).toEqual(kinds)
    shown(floor.desk.go('sale', null))
    expect(floor.scan(piece.serial).front).toMatchObject({ screen: 'sale', sale: { lines: [{ unitId: piece.unitId, verdict: { outcome: 'accept' } }] } })
  } finally {
    floor.close()
  }
})
