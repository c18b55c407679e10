import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { FROM_SALE } from '../../../contract/stock-by-serial.ts'
import type { EventBody } from '../../../contract/sync/event-body.ts'
import { columnsOfFacts, factsOfColumns, leanMore, wholeMore } from '../../../contract/sync/unit-columns.ts'
import type { CoverLayer, Flag, Title, UnitFacts } from '../../../contract/unit.ts'
import { disputed, judge, settled, type Circumstance } from '../../../hub/sync/guards.ts'
import { factsOf, feedRowOf, newUnit, withFacts, type HubUnit } from '../../../hub/sync/units.ts'

const AT = '2026-03-02T09:00:00.000Z'
const FREE: Circumstance = { till: 'T1', inc: 'i', goesOnFrom: new Map(), claimedByOther: false, before: null, now: AT }
const flag = (kind: Flag['kind']): Flag => ({ kind, source: 'centre', at: AT, reason: '', reference: null })
const purchase = (saleId: string) => ({
  saleId, receiptNumber: saleId, soldAt: AT, storeId: 'north', channel: 'store' as const, paid_cents: cents(100), currency: 'EUR', tender: 'cash' as const,
})
const sold = (saleId: string): Title => ({ is: 'sold', purchase: purchase(saleId) })
const returned = (saleId: string): Title => ({ is: 'returned', purchase: purchase(saleId), returnedAt: AT, returnNumber: 'G1' })
const facts = (title: Title, flags: Flag[] = []): UnitFacts => ({
  custody: title.is === 'sold' ? { at: 'with-customer' } : { at: 'in-stock', storeId: 'north', area: 'shelf' }, title, condition: 'new', flags, cover: [],
})
const inParcel = (title: Title): UnitFacts => ({ ...facts(title), custody: { at: 'with-customer', parcel: { is: 'to-be-sent', storeId: 'north', since: AT } } })
const unit = (told: UnitFacts): HubUnit => withFacts(newUnit('u1', 'lamp', [], told), told)
const event = (kind: string, told: UnitFacts | null, more: Partial<EventBody> = {}): EventBody => ({
  v: 1, seq: 7, p: 0, id: 'e7', kind, unitId: 'u1', at: AT, storeId: 'north', tillId: 'T1', staffId: null, who: null, params: {}, facts: told, ...more,
})

describe('a sale and a return, against what is true', () => {
  it.each([
    ['a piece in stock is sold', facts({ is: 'ours' }), event('sold', facts(sold('s1'))), 'accepted'],
    ['a piece that came back is sold again', facts(returned('s0')), event('sold', facts(sold('s1'))), 'accepted'],
    ['P02: a piece is sold twice', facts(sold('s0')), event('sold', facts(sold('s1'))), 'double-sale'],
    ['a stolen piece is sold by a till that had not heard', facts({ is: 'ours' }, [flag('stolen-own')]), event('sold', facts(sold('s1'))), 'sold-while-stolen'],
    ['a recalled piece is sold', facts({ is: 'ours' }, [flag('recall')]), event('sold', facts(sold('s1'))), 'sold-while-recalled'],
    ['a remedied recall stops nobody', facts({ is: 'ours' }, [flag('recall-remedied')]), event('sold', facts(sold('s1'))), 'accepted'],
    ['the sold piece comes back', facts(sold('s1')), event('returned', facts(returned('s1'))), 'accepted'],
    ['P03: a piece is refunded twice', facts(returned('s1')), event('returned', facts(returned('s1'))), 'double-refund'],
    ['a piece that was never sold is refunded', facts({ is: 'ours' }), event('returned', facts(returned('s1'))), 'refund-of-unsold'],
    ['a piece is refunded for another sale of it', facts(sold('s2')), event('returned', facts(returned('s1'))), 'refund-other-sale'],
    ['a till moves what was sold meanwhile', facts(sold('s2')), event('moved', facts({ is: 'ours' })), 'facts-differ'],
    ['a till packs what it sold', facts(sold('s1')), event('packed', inParcel(sold('s1'))), 'accepted'],
    ['a till packs what came back elsewhere and was sold to somebody else', facts(sold('s2')), event('packed', inParcel(sold('s1'))), 'facts-differ'],
    ['a till says so of its delivery', facts(sold('s2')), event('delivered', facts(sold('s1'))), 'facts-differ'],
    ['a piece under warranty is replaced at the service desk', facts(sold('s1')), event('replaced', facts(returned('s1')), { params: { number: 'C1', with: 'L-2' } }), 'accepted'],
    ['it is replaced there a second time', facts(returned('s1')), event('replaced', facts(returned('s1')), { params: { number: 'C2', with: 'L-3' } }), 'double-refund'],
    ['it is replaced in an exchange, after it came back in it', facts(returned('s1')), event('replaced', facts(returned('s1')), { params: { by: 'L-2', number: 'E1' } }), 'accepted'],
    ['a piece of another sale is replaced', facts(sold('s2')), event('replaced', facts(returned('s1')), { params: { number: 'C1', with: 'L-2' } }), 'refund-other-sale'],
    ['somebody looks at a piece', facts(sold('s2')), event('checked', null), 'noted'],
  ])('%s', (_story, before, happened, verdict) => {
    expect(judge(unit(before), happened, FREE).verdict).toBe(verdict)
  })

  it('P59: a piece without stock is sold by two tills that had not heard of each other: the second sale is found, and nothing of the first is lost', () => {
    const strange: UnitFacts = { custody: { at: 'unknown' }, title: { is: 'unknown' }, condition: 'new', flags: [], cover: [] }
    const made = event('commissioned', strange, { params: { from: FROM_SALE }, unit: { productId: 'lamp', aliases: [{ kind: 'serial', value: 'L-1', retiredWhy: null }] } })
    const first = judge(null, made, FREE)
    expect(first.verdict).toBe('accepted')
    const after = judge(first.unit, event('sold', facts(sold('s1'))), FREE).unit
    const other = { ...FREE, till: 'T2' }
    expect(judge(after, made, other)).toEqual({ verdict: 'noted', unit: null, conflict: false })
    expect(judge(after, event('sold', facts(sold('s2'))), { ...other, before: { verdict: 'noted', caseId: null, open: false } }).verdict).toBe('double-sale')
  })

  it('F072: a piece in a claim is in the workshop for every store, with its owner when it was handed back, and ours when it was replaced', () => {
    const at = (kind: string, told: UnitFacts, more: Partial<EventBody> = {}) => {
      const { unit: after } = judge(unit(facts(sold('s1'))), event(kind, told, more), FREE)
      if (after === null) throw new Error('nothing changed')
      return factsOf(after)
    }
    const inRepair: UnitFacts = { ...facts(sold('s1')), custody: { at: 'in-repair', place: 'North' } }
    expect(at('claimed', inRepair).custody).toEqual(inRepair.custody)
    const away = judge(unit(inRepair), event('released', facts(sold('s1')), { params: { number: 'C1' } }), FREE)
    expect(away.unit === null ? null : factsOf(away.unit).custody).toEqual({ at: 'with-customer' })
    expect(at('replaced', { ...facts(returned('s1')), condition: 'damaged' }, { params: { with: 'L-2' } })).toMatchObject({
      title: { is: 'returned' }, condition: 'damaged', custody: { at: 'in-stock' },
    })
  })

  it('a piece that is kept for a customer is let go of by its slip; what else holds it goes on, and a mark lifted lets nobody go', () => {
    const kept = { ...flag('hold'), reference: 'T1-H000001', until: '2026-03-09T18:00:00.000Z' }
    const marked = flag('hold')
    const before = unit(facts({ is: 'ours' }, [kept, marked]))
    const flagsAfter = (happened: EventBody) => {
      const { unit: after } = judge(before, happened, FREE)
      if (after === null) throw new Error('nothing changed')
      return factsOf(after).flags
    }
    expect(flagsAfter(event('released', facts({ is: 'ours' }, [marked]), { params: { number: 'T1-H000001' } }))).toEqual([marked])
    expect(flagsAfter(event('unflagged', facts({ is: 'ours' }, [kept]), { params: { flag: 'hold' } }))).toEqual([kept])
  })

  it('gathers no promises to keep it whose day has passed, and a word that comes late for one lets go of nothing else', () => {
    const promise = (number: string, until: string): Flag => ({ ...flag('hold'), reference: number, until })
    const [ended, live, marked] = [promise('T1-H1', AT), promise('T1-H2', '2026-03-09T18:00:00.000Z'), flag('hold')]
    const before = unit(facts({ is: 'ours' }, [ended, marked]))
    const { unit: kept } = judge(before, event('held', facts({ is: 'ours' }, [live])), FREE)
    if (kept === null) throw new Error('nothing changed')
    expect(factsOf(kept).flags).toEqual([marked, live])
    const late = judge(kept, event('released', facts({ is: 'ours' }), { params: { number: 'T1-H1', reason: 'let-go' } }), FREE)
    expect(late.unit && factsOf(late.unit).flags).toEqual([marked, live])
    const moved = judge(kept, event('moved', facts({ is: 'ours' })), { ...FREE, now: '2026-03-10T09:00:00.000Z' })
    expect(moved.unit && factsOf(moved.unit).flags).toEqual([marked])
  })

  it('a new label is known at the centre, and the one before as no longer valid; a tag that was written is no label', () => {
    const label = (value: string, retired_why: string | null) => ({ value, kind: 'own', retired_why, match_key: null })
    const before = { ...unit(facts({ is: 'ours' })), aliases: JSON.stringify([label('CM2601000001', null)]) }
    const judged = judge(before, event('relabelled', null, { params: { to: 'CM2601000002', from: 'CM2601000001', why: 'lost' } }), FREE)
    expect(judged).toMatchObject({ verdict: 'accepted', conflict: false, unit: { ver: before.ver + 1 } })
    expect(JSON.parse(judged.unit?.aliases ?? '')).toEqual([label('CM2601000001', 'lost'), label('CM2601000002', null)])
    expect(judge(before, event('relabelled', null, { params: { order: 'E280' } }), FREE)).toMatchObject({ verdict: 'noted', unit: null })
  })

  it('a live lease of another till wins over a sale without one', () => {
    expect(judge(unit(facts({ is: 'ours' })), event('sold', facts(sold('s1'))), { ...FREE, claimedByOther: true })).toEqual({ verdict: 'sold-over-claim', unit: null, conflict: true })
  })

  it('P03: and over a refund without one: the piece lies on two counters, and one of them asked', () => {
    const before = unit(facts(sold('s1')))
    expect(judge(before, event('returned', facts(returned('s1'))), { ...FREE, claimedByOther: true })).toEqual({ verdict: 'refund-over-claim', unit: null, conflict: true })
    expect(judge(before, event('inspected', facts(sold('s1'))), { ...FREE, claimedByOther: true }).verdict).toBe('accepted')
  })

  it('what follows an act in conflict belongs to its case, until somebody has settled it', () => {
    const before = { verdict: 'double-refund', caseId: 'c1', open: true }
    const routed = event('routed', facts(returned('s1')), { p: 6 })
    expect(judge(unit(facts(returned('s1'))), routed, { ...FREE, before })).toMatchObject({ verdict: 'after-conflict', unit: null })
    expect(judge(unit(facts(returned('s1'))), routed, { ...FREE, before: { ...before, open: false } }).verdict).toBe('accepted')
  })

  it('a till that is days behind takes no flag away which it does not know', () => {
    const known = unit(facts({ is: 'ours' }, [flag('stolen-reported')]))
    const judged = judge(known, event('inspected', { ...facts({ is: 'ours' }), condition: 'damaged' }), FREE)
    expect(judged.unit && factsOf(judged.unit)).toMatchObject({ condition: 'damaged', flags: [{ kind: 'stolen-reported' }] })
  })

  it('becomes part of a set, and part of none, by its own events alone: a sale told by a till that is days behind changes no set', () => {
    const alone = unit(facts({ is: 'ours' }))
    const packed = judge(alone, event('kitted', { ...facts({ is: 'ours' }), partOf: 'u0', parts: { motor: 'M1' } }), FREE).unit ?? alone
    expect(factsOf(packed)).toMatchObject({ partOf: 'u0', parts: { motor: 'M1' } })
    const gone = judge(packed, event('sold', facts(sold('s1'))), FREE).unit ?? alone
    expect(factsOf(gone)).toMatchObject({ partOf: 'u0', parts: { motor: 'M1' }, title: { is: 'sold' } })
    const back = judge(gone, event('returned', { ...facts(returned('s1')), parts: { motor: 'M2' } }), FREE).unit ?? alone
    expect(factsOf(back)).toMatchObject({ partOf: 'u0', parts: { motor: 'M2' } })
    expect(factsOf(judge(back, event('unkitted', facts(returned('s1'))), FREE).unit ?? alone)).not.toHaveProperty('partOf')
  })

  it('a piece the centre never saw comes into being by being received, and by nothing else', () => {
    const made = { productId: 'lamp', aliases: [{ kind: 'serial' as const, value: 'sn 1', retiredWhy: null }] }
    expect(judge(null, event('received', facts({ is: 'ours' }), { unit: made }), FREE)).toMatchObject({ verdict: 'accepted', unit: { ver: 1, product_id: 'lamp' } })
    expect(judge(null, event('sold', facts(sold('s1')), { unit: made }), FREE).verdict).toBe('unknown-unit')
  })
})

it('a till that was mended takes back what it sold before, but nothing its lost journal did behind the place it goes on from', () => {
  const soldAs = (inc: string, seq: number) => withFacts(unit(facts({ is: 'ours' })), facts(sold('s1')), { till: 'T1', inc, seq })
  const mended: Circumstance = { ...FREE, inc: 'i2', goesOnFrom: new Map([['i', 5]]) }
  const voided = event('voided', facts({ is: 'ours' }))
  expect(judge(soldAs('i2', 6), voided, mended).verdict).toBe('accepted')
  expect(judge(soldAs('i', 5), voided, mended).verdict).toBe('accepted')
  expect(judge(soldAs('i', 6), voided, mended).verdict).toBe('void-of-other-sale')
  expect(judge(soldAs('i', 5), voided, { ...mended, till: 'T2' }).verdict).toBe('void-of-other-sale')
  expect(judge(soldAs('elsewhere', 1), voided, mended).verdict).toBe('void-of-other-sale')
})

describe('a piece that a count misses', () => {
  const missed = event('missed', { ...facts({ is: 'ours' }), custody: { at: 'missing', storeId: 'north', since: AT } })
  const standing = (custody: UnitFacts['custody']) => unit({ ...facts({ is: 'ours' }), custody })

  it('is missing where it should stand in the store', () => {
    const { unit: after } = judge(standing({ at: 'in-stock', storeId: 'north', area: 'shelf' }), missed, FREE)
    expect(after).toMatchObject({ custody: 'missing', store_id: 'north' })
  })

  it.each<[string, UnitFacts]>([
    ['is on its way to another store', { ...facts({ is: 'ours' }), custody: { at: 'in-transit', fromStoreId: 'north', toStoreId: 'south' } }],
    ['stands in another store', { ...facts({ is: 'ours' }), custody: { at: 'in-stock', storeId: 'south', area: 'shelf' } }],
    ['was sold', facts(sold('s1'))],
  ])('stays where it is when it %s, of which the till had not heard', (_where, known) => {
    expect(judge(unit(known), missed, FREE)).toEqual({ verdict: 'noted', unit: null, conflict: false })
  })
})

describe('a piece in dispute', () => {
  it('is on hold for everybody until its own case is settled, and loses nothing by it', () => {
    const before = unit(facts(sold('s1'), [flag('stolen-own')]))
    const two = disputed(disputed(before, 'c1', AT), 'c2', AT)
    expect(factsOf(two).flags.map(({ kind, reference }) => [kind, reference])).toEqual([['stolen-own', null], ['hold', 'c1'], ['hold', 'c2']])
    const one = settled(two, 'c1')
    expect(one.disputed).toBe(true)
    const none = settled(one, 'c2')
    expect(none).toMatchObject({ disputed: false, ver: before.ver + 4 })
    expect(factsOf(none)).toEqual(factsOf(before))
  })
})

it('a sold piece that is flagged stays at home in the store that sold it, and in the mirrors of its tills', () => {
  const before = unit(facts(sold('s1')))
  const flagged = withFacts(before, { ...factsOf(before), flags: [flag('recall')] })
  expect(flagged).toMatchObject({ home: 'north', store_id: null })
  expect(withFacts(flagged, { ...factsOf(flagged), flags: [] })).toMatchObject({ home: 'north', store_id: null })
})

it('facts go into a row and come back as they were', () => {
  const title = fc.oneof(fc.constant<Title>({ is: 'ours' }), fc.string({ minLength: 1, maxLength: 9 }).map(sold), fc.string({ minLength: 1, maxLength: 9 }).map(returned))
  const custody = fc.constantFrom<UnitFacts['custody']>(
    { at: 'in-stock', storeId: 'north', area: 'shelf' }, { at: 'with-customer' }, { at: 'in-transit', fromStoreId: 'north', toStoreId: 'south' },
    { at: 'in-repair', place: 'bench' }, { at: 'missing', storeId: 'south', since: AT },
  )
  const flags = fc.array(fc.constantFrom<Flag['kind']>('stolen-own', 'hold', 'recall').map(flag), { maxLength: 3 })
  const cover = fc.array(fc.record<CoverLayer>({
    layer: fc.constantFrom('legal', 'maker', 'plan', 'repair'), start: fc.constant('2026-11-22'), end: fc.constant('2028-11-22'), basis: fc.constantFrom('sale', 'delivery'),
    country: fc.constantFrom('DE', null), contractNumber: fc.constantFrom('PL-1', null), claimsUsed: fc.nat(3), voidWhy: fc.constantFrom('opened', null),
  }), { maxLength: 3 })
  fc.assert(
    fc.property(title, custody, flags, cover, fc.option(fc.string({ maxLength: 5 })), (owned, where, flagged, layers, lot) => {
      const known: UnitFacts = { custody: where, title: owned, condition: 'open-box', flags: flagged, cover: layers }
      const columns = columnsOfFacts(known, lot)
      expect(factsOfColumns(columns)).toEqual(known)
      expect(columnsOfFacts(factsOfColumns(columns), lot)).toEqual(columns)
      // On the wire each layer is whole, as the version before this one reads it; in a till it lies as at the centre.
      const told = wholeMore(columns.more)
      expect((JSON.parse(told ?? '{}') as { cover?: CoverLayer[] }).cover ?? []).toEqual(layers)
      expect(factsOfColumns({ ...columns, more: told })).toEqual(known)
      expect(leanMore(told)).toBe(columns.more)
    }),
  )
})

it('a till of the version before hears of each layer of cover whole', () => {
  const cover: CoverLayer[] = [{ layer: 'maker', start: '2026-11-22', end: '2028-11-22', basis: 'sale', country: null, contractNumber: null, claimsUsed: 0, voidWhy: null }]
  const told = feedRowOf(unit({ ...facts(sold('s1')), cover }), [])
  if (told.t !== 'unit') throw new Error('a piece is told of as a piece')
  expect(JSON.parse(String(told.row['more']))).toMatchObject({ cover })
})
