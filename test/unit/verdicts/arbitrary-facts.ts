import fc from 'fast-check'
import { cents, type Cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import { Seat } from '../../../contract/roles.ts'
import { AliasKind, Channel, Condition, FlagKind, TenderKind, Tracking } from '../../../contract/unit.ts'
import type { CoverLayer, Custody, Flag, Purchase, Title, UnitFacts } from '../../../contract/unit.ts'
import type { OutsideAnswer, VerdictFacts } from '../../../contract/verdicts/facts.ts'
import { limits, sensed } from '../sensors/arbitrary-readings.ts'
import { before, dayBefore, POLICY } from './facts-of-a-piece.ts'

const text = fc.string({ maxLength: 12 })
const store = fc.constantFrom('store-berlin', 'store-vienna', 'store-zurich')
const flow = fc.constantFrom('flow-mine', 'flow-other')

/** Around now, mostly: years back, and ahead where a clock is wrong. */
export const instant = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -3, max: 60, noNaN: true }).map((days) => before(days)) },
  { weight: 1, arbitrary: fc.integer({ min: -4_000, max: 4_000 }).map((days) => before(days)) },
)
const unreadable = fc.constantFrom('', 'yesterday', '2026-13-45T99:00:00Z', '0000-00-00')
export const anyInstant = fc.oneof({ weight: 8, arbitrary: instant }, { weight: 1, arbitrary: unreadable })

const money = fc.integer({ min: 0, max: 200_000 }).map(cents)

const purchase: fc.Arbitrary<Purchase> = fc.record({
  saleId: fc.constant('sale-1'), receiptNumber: text, soldAt: anyInstant, storeId: store, channel: fc.constantFrom(...Channel.options),
  paid_cents: money, currency: fc.constant('EUR'), tender: fc.constantFrom(...TenderKind.options),
})

const title: fc.Arbitrary<Title> = fc.oneof(
  fc.constant<Title>({ is: 'unknown' }),
  fc.constant<Title>({ is: 'ours' }),
  fc.record({ is: fc.constant('sold' as const), purchase }),
  fc.record({ is: fc.constant('returned' as const), purchase, returnedAt: anyInstant, returnNumber: text }),
  fc.record({ is: fc.constant('transferred' as const), purchase, transferredAt: anyInstant }),
)

const custody: fc.Arbitrary<Custody> = fc.oneof(
  fc.constant<Custody>({ at: 'unknown' }),
  fc.record({ at: fc.constant('expected' as const), storeId: store }),
  fc.record({
    at: fc.constant('in-stock' as const), storeId: store, area: fc.constantFrom('shelf', 'returns', 'quarantine'),
  }),
  fc.record({ at: fc.constant('in-cart' as const), storeId: store, tillId: text, flowId: flow, until: anyInstant }),
  fc.constant<Custody>({ at: 'with-customer' }),
  fc.record({
    at: fc.constant('with-customer' as const),
    parcel: fc.record({ is: fc.constantFrom('to-be-sent' as const, 'under-way' as const, 'lost' as const), storeId: store, since: anyInstant }),
  }),
  fc.record({ at: fc.constant('in-repair' as const), place: text }),
  fc.record({ at: fc.constant('in-transit' as const), fromStoreId: store, toStoreId: store }),
  fc.record({ at: fc.constant('at-vendor' as const), vendor: text }),
  fc.record({ at: fc.constant('missing' as const), storeId: store, since: anyInstant }),
  fc.record({ at: fc.constant('retired' as const), why: text }),
)

export const flagOfKind = (kinds: readonly FlagKind[]): fc.Arbitrary<Flag> =>
  fc.record({
    kind: fc.constantFrom(...kinds), source: text, at: anyInstant, reason: text,
    reference: fc.constantFrom(null, 'RC-1', 'RC-2'),
  })

/** Every flag but the one that is good news. */
export const badFlag = flagOfKind(FlagKind.options.filter((kind) => kind !== 'recall-remedied'))

const layer: fc.Arbitrary<CoverLayer> = fc.record({
  layer: fc.constantFrom('legal', 'maker', 'plan', 'repair'), start: fc.integer({ min: -60, max: 900 }).map(dayBefore),
  end: fc.integer({ min: -900, max: 400 }).map(dayBefore), basis: fc.constantFrom('sale', 'delivery', 'production'),
  country: fc.constantFrom(null, 'DE'), contractNumber: fc.constant(null), claimsUsed: fc.nat(3), voidWhy: fc.constantFrom(null, null, 'Seal broken'),
})

export const unitFacts: fc.Arbitrary<UnitFacts> = fc
  .tuple(
    fc.record({
      custody, title, condition: fc.constantFrom(...Condition.options),
      flags: fc.array(flagOfKind(FlagKind.options), { maxLength: 3 }), cover: fc.array(layer, { maxLength: 4 }),
    }),
    fc.option(sensed, { freq: 2 }),
  )
  .map(([facts, told]) => ({ ...facts, ...(told === null ? {} : { sensed: told }) }))

const identity: fc.Arbitrary<VerdictFacts['identity']> = fc.oneof(
  { weight: 5, arbitrary: fc.record({
    is: fc.constant('unit' as const), matchedBy: fc.constantFrom(null, ...AliasKind.options), retiredLabel: fc.constantFrom(null, null, 'OLD-1'),
  }) },
  fc.constant({ is: 'product' as const }),
  fc.record({ is: fc.constant('ambiguous' as const), candidates: fc.integer({ min: 2, max: 9 }) }),
  fc.record({
    is: fc.constant('impossible' as const), why: fc.constantFrom('bad-check-digit' as const, 'wrong-format' as const),
  }),
  fc.constant({ is: 'unknown' as const }),
)

const outsideAnswer: fc.Arbitrary<OutsideAnswer> = fc
  .tuple(
    fc.constantFrom<Pick<OutsideAnswer, 'asks' | 'said'>>(
      { asks: 'stolen', said: 'listed' }, { asks: 'stolen', said: 'not-listed' }, { asks: 'stolen', said: 'unreachable' },
      { asks: 'stolen', said: 'not-kept' }, { asks: 'authenticity', said: 'not-kept' },
      { asks: 'authenticity', said: 'genuine' }, { asks: 'authenticity', said: 'fake' }, {
        asks: 'authenticity', said: 'unreachable',
      },
      {
        asks: 'purchase', said: 'another-merchant',
      }, { asks: 'purchase', said: 'none-of-ours' }, { asks: 'purchase', said: 'unreachable' },
    ),
    fc.record({ register: text, at: anyInstant, reference: fc.option(text) }),
  )
  .map(([said, by]) => ({ ...by, ...said }) as OutsideAnswer)

const asOf = fc.option(anyInstant, { freq: 8 })

/** What a till may know of anything: whole, patchy, contradictory, dated by broken clocks. */
export const verdictFacts: fc.Arbitrary<VerdictFacts> = fc
  .record({
    here: fc.record({
      seat: fc.constantFrom(...Seat.options), storeId: store, tillId: fc.constant('till-1'),
      timeZone: fc.constantFrom(
        'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati', 'No/Such_Zone', '',
      ), flowId: fc.option(flow),
    }),
    identity,
    product: fc.option(fc.record({
      category: fc.constantFrom('phone', 'camera', 'none-such'), tracking: fc.constantFrom(...Tracking.options), durable: fc.boolean(),
    }).chain((product) => fc.option(limits, { nil: undefined }).map((kept) => ({ ...product, ...(kept === undefined ? {} : { limits: kept }) })))),
    unit: unitFacts,
    heldBy: fc.option(fc.record({ flowId: flow, till: text }), { freq: 2 }),
    contradictions: fc.oneof(
      { weight: 5, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(text, { maxLength: 2 }) },
    ),
    asOf: fc.record({ mirror: asOf, stolen: asOf, recall: asOf }),
    outside: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(outsideAnswer, { maxLength: 3 }) },
    ),
    clock: fc.option(fc.constant('suspect' as const), { freq: 8, nil: undefined }),
    lease: fc.option(fc.constant('over' as const), { freq: 8, nil: undefined }),
    price_cents: fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: undefined }),
    source: fc.constantFrom('till' as const, 'mirror' as const),
    storeNames: fc.constant({ 'store-berlin': 'Berlin' }),
  })
  // A number that is no unit of ours has no facts of a unit.
  .map(({ clock, lease, price_cents, ...facts }): VerdictFacts => ({
    ...facts, ...(clock === undefined ? {} : { clock }), ...(lease === undefined ? {} : { lease }), ...(price_cents === undefined ? {} : { price_cents }), unit: facts.identity.is === 'unit' ? facts.unit : null,
  }))

const days = fc.integer({ min: 0, max: 400 })
const limit = fc.integer({ min: 0, max: 200_000 }).map((amount): Cents => cents(amount))

export const policies: fc.Arbitrary<Policy> = fc
  .record({
    windows: fc.array(
      fc.record({ category: fc.constantFrom('phone', 'camera', '*'), days }), { minLength: 1, maxLength: 4 },
    ),
    listAskAfter_ms: fc.integer({ min: 0, max: 90 * 86_400_000 }),
    counter: limit, kiosk: limit, service: limit,
    shadow: fc.boolean(),
    offline: fc.option(fc.record({ after_ms: fc.integer({ min: 0, max: 90 * 86_400_000 }), sellUpTo_cents: fc.option(limit), refundUpTo_cents: limit, cashBackUpTo_cents: limit })),
    leaseOver: fc.option(fc.constantFrom('ask' as const, 'stop' as const)),
    stockNotBySerial: fc.option(fc.subarray(['*', 'phone', 'drone'])),
    sensors: fc.option(fc.record({ broken: fc.constantFrom('ask' as const, 'stop' as const), unread: fc.constantFrom('ask' as const, 'stop' as const) })),
  })
  .map(({ windows, listAskAfter_ms, shadow, offline, leaseOver, stockNotBySerial, sensors, ...limits }) => ({
    ...POLICY, shadow, returns: { ...POLICY.returns, windows }, staleness: { listAskAfter_ms, offlineRefundUpTo_cents: limits },
    ...(offline === null ? {} : { offline: { counter: offline } }), ...(leaseOver === null ? {} : { leaseOver }), ...(stockNotBySerial === null ? {} : { stockNotBySerial }),
    ...(sensors === null ? {} : { sensors }),
  }))
