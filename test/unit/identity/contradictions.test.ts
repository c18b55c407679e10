import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contradictionsOf, flagsOf, historyKindOf } from '../../../contract/identity/contradictions.ts'
import { EventKind } from '../../../contract/journal.ts'
import type { HistoryContext, HistoryEvent, HistoryKind } from '../../../contract/identity/contradictions.ts'

const BERLIN = { site: 'BER', latitude: 52.52, longitude: 13.405 }
const PARIS = { site: 'PAR', latitude: 48.8566, longitude: 2.3522 }
const NEW_YORK = { site: 'NYC', latitude: 40.7128, longitude: -74.006 }

const at = (hour: number, kind: HistoryKind, more: Partial<HistoryEvent> = {}): HistoryEvent =>
  ({ at: new Date(Date.UTC(2026, 2, 1, hour)).toISOString(), kind, ...more })

const flags = (events: readonly HistoryEvent[], context?: HistoryContext) => flagsOf(contradictionsOf(events, context))

describe('the history of one watch', () => {
  it('is in order from the maker to the second customer', () => {
    expect(flags([
      at(0, 'commission', BERLIN), at(1, 'receive', BERLIN), at(2, 'sell', BERLIN), at(30, 'return', BERLIN),
      at(31, 'restock', BERLIN), at(40, 'sell', BERLIN), at(60, 'observe', PARIS),
    ])).toEqual([])
  })

  it('names the rule and the two events that contradict each other', () => {
    expect(contradictionsOf([at(5, 'sell'), at(1, 'sell')]))
      .toEqual([{ rule: 'R1', flag: 'SOLD_TWICE', events: [1, 0] }])
    expect(contradictionsOf([at(1, 'sell'), at(2, 'return'), at(3, 'return')]))
      .toEqual([{ rule: 'R4', flag: 'RETURNED_TWICE', events: [1, 2] }])
  })

  it('forgives a sale that was voided, but not a second void of the customer’s piece', () => {
    expect(flags([at(1, 'sell'), at(2, 'void'), at(3, 'sell')])).toEqual([])
    expect(flags([at(1, 'sell'), at(2, 'void'), at(3, 'return')])).toEqual(['RETURN_WITHOUT_SALE'])
  })

  it('lets a recalled piece be sold again once the block is lifted', () => {
    expect(flags([at(1, 'recalled'), at(2, 'sell')])).toEqual(['SOLD_WHILE_BLOCKED'])
    expect(flags([at(1, 'recalled'), at(2, 'unblock'), at(3, 'sell')])).toEqual([])
  })

  it('cannot be in Berlin and in Paris at once, nor fly faster than an aeroplane', () => {
    expect(flags([at(1, 'sell', BERLIN), at(1, 'observe', PARIS)])).toEqual(['IMPOSSIBLE_TRAVEL'])
    expect(flags([at(0, 'sell', NEW_YORK), at(6, 'observe', PARIS)])).toEqual(['IMPOSSIBLE_TRAVEL'])
    expect(flags([at(0, 'sell', NEW_YORK), at(9, 'observe', PARIS)])).toEqual([])
    expect(flags([at(0, 'sell', NEW_YORK), at(9, 'observe', PARIS)], { maxKmh: 300 })).toEqual(['IMPOSSIBLE_TRAVEL'])
    expect(flags([at(1, 'sell', BERLIN), at(1, 'observe', PARIS)], { graceKm: 1000 })).toEqual([])
  })

  it('respects the offsets that the tills wrote', () => {
    const sold = { ...at(0, 'sell', BERLIN), at: '2026-03-01T23:30:00+01:00' }
    const seen = { ...at(0, 'observe', PARIS), at: '2026-03-02T04:00:00+05:00' }
    expect(flags([sold, seen])).toEqual(['IMPOSSIBLE_TRAVEL'])
  })

  it('warns of what the shop knows beside the events', () => {
    const events = [at(1, 'sell')]
    expect(flags(events, { everIssued: false, onForeignTag: true, onOtherProduct: true }))
      .toEqual(['NEVER_ISSUED', 'SERIAL_ON_OTHER_PRODUCT', 'TAG_DIFFERS'])
    expect(flags(events, { madeOn: '2026-03-03' })).toEqual(['SEEN_BEFORE_MADE'])
    expect(flags(events, { madeOn: '2026-03-01' })).toEqual([])
    expect(flags(events, { everIssued: true, onForeignTag: false, onOtherProduct: false })).toEqual([])
  })
})

describe('the journal of the shop', () => {
  it('is understood in its own words', () => {
    const told = (kind: EventKind, more = {}): HistoryKind => historyKindOf(kind, more)
    const life = [
      told('commissioned'), told('received'), told('stocked'), told('put-in-cart'), told('sold'), told('returned'),
      told('refunded'), told('inspected'), told('routed'), told('sold'), told('exchanged'), told('sold'),
      told('voided'),
    ]
    expect(flags(life.map((kind, hour) => at(hour, kind)))).toEqual([])
    expect(flags([at(0, told('flagged', { flag: 'recall' })), at(1, told('sold'))])).toEqual(['SOLD_WHILE_BLOCKED'])
    expect(flags([at(0, told('retired', { why: 'destroyed' })), at(1, told('counted'))]))
      .toEqual(['SEEN_AFTER_DESTROYED'])
    expect(flags([at(0, told('retired', { why: 'tag-killed' })), at(1, told('counted'))])).toEqual([])
    expect(EventKind.options.map((kind) => told(kind)).every((kind) => kind.length > 0)).toBe(true)
  })
})

describe('the journals of several tills', () => {
  const kind = fc.constantFrom<HistoryKind>(
    'commission', 'receive', 'restock', 'sell', 'void', 'return', 'stolen', 'unblock', 'destroy', 'observe')
  const event = fc.record({
    hour: fc.integer({ min: 0, max: 10_000 }), kind, place: fc.constantFrom(BERLIN, PARIS, NEW_YORK, {}),
    counter: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  }).map(({ hour, kind: its, place, counter }) => at(hour, its, { ...place, counter }))
  const events = fc.uniqueArray(event, { selector: (one) => one.at, maxLength: 12 })

  it('may be merged in any order', () => {
    fc.assert(fc.property(events.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), ([list, shuffled]) => {
      expect(flags(shuffled)).toEqual(flags(list))
    }), { numRuns: 300 })
  })

  it('may hold times that nobody can read, without an exception', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.string(), event)), (list) => {
      expect(Array.isArray(flags(list.map(([text, one]) => ({ ...one, at: text }))))).toBe(true)
    }), { numRuns: 200 })
  })
})
