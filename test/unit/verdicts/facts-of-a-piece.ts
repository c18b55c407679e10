import { DAY_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import type { Policy } from '../../../contract/policy.ts'
import type { CoverLayer, Custody, Flag, FlagKind, Purchase, Title, UnitFacts } from '../../../contract/unit.ts'
import type { OutsideAnswer, VerdictFacts } from '../../../contract/verdicts/facts.ts'

/** The shop of the handbook: Berlin, noon, a Wednesday in May. */
export const NOW = '2026-05-20T10:00:00.000Z'
export const HERE = 'store-berlin'
export const THERE = 'store-vienna'
export const MY_FLOW = 'flow-mine'

export const before = (days: number, now = NOW): string => new Date(Date.parse(now) - days * DAY_MS).toISOString()
export const dayBefore = (days: number): string => before(days).slice(0, 10)

/** The rules of the handbook: 30 days, phones 14; lists good for a day; 150.00 at the kiosk and 500.00 at the desks on old data. */
export const POLICY: Policy = {
  version: 'handbook-1',
  shadow: false,
  rights: { cashier: [], supervisor: [], manager: [], service: [], auditor: [], kiosk: [] },
  returns: {
    windows: [{ category: 'phone', days: 14 }, { category: '*', days: 30 }],
    acceptedConditions: ['new', 'open-box'],
    reasons: ['changed-mind'],
    approvalFrom_cents: cents(50_000),
  },
  kiosk: { refundUpTo_cents: cents(60_000), idleWarnAfter_ms: 45_000, idleWipeAfter_ms: 60_000, checksPerHour: 60 },
  staleness: {
    listAskAfter_ms: DAY_MS,
    offlineRefundUpTo_cents: { counter: cents(50_000), kiosk: cents(15_000), service: cents(50_000) },
  },
  legalGuarantee: { DE: { months: 24, presumedMonths: 12 } },
  cartLease_ms: 900_000,
  pin: { wrongTriesAllowed: 5, waitAfter_ms: 30_000, lockAfter_ms: 0 },
}

export const purchase = (daysAgo: number, more: Partial<Purchase> = {}): Purchase => ({
  saleId: 'sale-1', receiptNumber: 'B1-R000007', soldAt: before(daysAgo), storeId: HERE, channel: 'store', paid_cents: cents(19_900),
  currency: 'EUR', tender: 'card', ...more,
})
export const sold = (daysAgo: number, more: Partial<Purchase> = {}): Title => ({
  is: 'sold', purchase: purchase(daysAgo, more),
})
export const returned = (daysAgo: number): Title => ({
  is: 'returned', purchase: purchase(daysAgo + 5), returnedAt: before(daysAgo), returnNumber: 'B1-G000003',
})
export const transferred = (daysAgo: number): Title => ({
  is: 'transferred', purchase: purchase(daysAgo + 3), transferredAt: before(daysAgo),
})
export const OURS: Title = { is: 'ours' }

export const flag = (kind: FlagKind, more: Partial<Flag> = {}): Flag => ({
  kind, source: 'Berlin', at: before(2), reason: `why ${kind}`, reference: null, ...more,
})
export const layer = (name: CoverLayer['layer'], startDaysAgo: number, endInDays: number, more: Partial<CoverLayer> = {}): CoverLayer => ({
  layer: name, start: dayBefore(startDaysAgo), end: dayBefore(-endInDays), basis: 'sale', country: name === 'legal' ? 'DE' : null,
  contractNumber: null, claimsUsed: 0, voidWhy: null, ...more,
})
export const outside = (answer: Pick<OutsideAnswer, 'asks' | 'said'>): OutsideAnswer =>
  ({ register: 'Example Register', at: before(0), reference: 'REF-9', ...answer }) as OutsideAnswer

export const IN_STOCK: Extract<Custody, { at: 'in-stock' }> = { at: 'in-stock', storeId: HERE, area: 'shelf' }
export const WITH_CUSTOMER: Custody = { at: 'with-customer' }

/** A new piece of ours on the shelf, with fresh lists, at the counter: what a case does not say is like this. */
export function facts(unit: Partial<UnitFacts> | null = {}, world: Partial<VerdictFacts> = {}): VerdictFacts {
  return {
    here: { seat: 'counter', storeId: HERE, tillId: 'till-1', timeZone: 'Europe/Berlin', flowId: MY_FLOW },
    identity: { is: 'unit', matchedBy: 'serial', retiredLabel: null },
    product: { category: 'camera', tracking: 'serial', durable: true },
    unit: unit === null ? null : { custody: IN_STOCK, title: OURS, condition: 'new', flags: [], cover: [], ...unit },
    heldBy: null,
    contradictions: [],
    asOf: { mirror: before(0.1), stolen: before(0.1), recall: before(0.1) },
    source: 'mirror',
    storeNames: { [HERE]: 'Berlin', [THERE]: 'Vienna' },
    ...world,
  }
}

/** A piece sold by card for 199.00 some days ago and now in the customer's hands. */
export const atCustomer = (daysAgo = 3, unit: Partial<UnitFacts> = {}, world: Partial<VerdictFacts> = {}): VerdictFacts =>
  facts(
    { custody: WITH_CUSTOMER, title: sold(daysAgo), cover: [layer('legal', daysAgo, 730 - daysAgo)], ...unit }, world,
  )

/** A number no unit of ours carries. */
export const stranger = (identity: VerdictFacts['identity'], world: Partial<VerdictFacts> = {}): VerdictFacts =>
  facts(
    null,
    {
      identity, product: identity.is === 'product' ? { category: 'camera', tracking: 'serial', durable: true } : null,
      ...world,
    },
  )

export const at = (seat: VerdictFacts['here']['seat'], storeId = HERE): Pick<VerdictFacts, 'here'> => ({
  here: { seat, storeId, tillId: 'till-1', timeZone: 'Europe/Berlin', flowId: MY_FLOW },
})
export const aged = (days: number): Pick<VerdictFacts, 'asOf'> => ({
  asOf: { mirror: before(days), stolen: before(days), recall: before(days) },
})
