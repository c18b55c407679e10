import { describe, expect, it } from 'vitest'
import { DAY_MS } from '../../../contract/durations.ts'
import { cents } from '../../../contract/money.ts'
import { Policy } from '../../../contract/policy.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import { atCustomer, before, facts, NOW, POLICY } from './facts-of-a-piece.ts'

/** Four hours without the centre: 1,000.00 may be sold at the counter, 100.00 refunded; a kiosk refunds nothing after one. */
const OFFLINE: Policy = {
  ...POLICY,
  offline: {
    counter: { after_ms: DAY_MS / 6, sellUpTo_cents: cents(100_000), refundUpTo_cents: cents(10_000), cashBackUpTo_cents: cents(5_000) },
    kiosk: { after_ms: DAY_MS / 24, sellUpTo_cents: null, refundUpTo_cents: cents(0), cashBackUpTo_cents: cents(0) },
  },
}
const heard = (hours: number): VerdictFacts['asOf'] => {
  const at = before(hours / 24)
  return { mirror: at, stolen: at, recall: at }
}
const said = (intent: 'sell' | 'return' | 'check', of: VerdictFacts, policy = OFFLINE): string => {
  const { outcome, findings } = decide(intent, of, policy, NOW)
  return `${outcome} ${findings.purchase.reason}`
}
const inStock = (price: number, hours: number, more: Partial<VerdictFacts> = {}): VerdictFacts => facts({}, { asOf: heard(hours), price_cents: price, ...more })

describe('a till that the centre has not been heard at for a while', () => {
  it('is no policy that a reader of the contract refuses', () => expect(Policy.parse(OFFLINE)).toEqual(OFFLINE))

  it('sells what is not dear, and asks for what is', () => {
    expect(said('sell', inStock(99_999, 5))).toBe('accept not-sold-yet')
    expect(said('sell', inStock(100_001, 5))).toBe('ask-staff cut-off')
    expect(said('sell', inStock(100_001, 3))).toBe('accept not-sold-yet')
    // What nobody has put a price on may be worth anything.
    expect(said('sell', facts({}, { asOf: heard(5) }))).toBe('ask-staff cut-off')
  })

  it('refunds little, and asks for more', () => {
    expect(said('return', atCustomer(2, {}, { asOf: heard(3) }))).toBe('accept sold-here-on')
    expect(said('return', atCustomer(2, {}, { asOf: heard(5) }))).toBe('ask-staff cut-off')
  })

  it('has its own rules at each seat, and none where the policy says nothing', () => {
    const kiosk = { ...facts().here, seat: 'kiosk' as const }
    expect(said('return', atCustomer(2, {}, { asOf: heard(2), here: kiosk }))).toBe('ask-staff cut-off')
    expect(said('sell', inStock(900_000, 23, { here: { ...kiosk, seat: 'service' } }))).toBe('accept not-sold-yet')
    expect(said('sell', inStock(900_000, 23), POLICY)).toBe('accept not-sold-yet')
  })

  it('only looks and tells as ever, and in shadow stops nobody', () => {
    expect(said('check', atCustomer(2, {}, { asOf: heard(20) }))).toBe('accept sold-here-on')
    expect(said('sell', inStock(100_001, 5), { ...OFFLINE, shadow: true })).toBe('accept cut-off')
  })
})

describe('a till whose leave to sell without the centre is over', () => {
  const over = { lease: 'over' } as const

  it('asks for each piece with a number, in and out', () => {
    expect(said('sell', inStock(100, 1, over), POLICY)).toBe('ask-staff lease-over')
    expect(said('return', atCustomer(2, {}, over), POLICY)).toBe('ask-staff lease-over')
    expect(said('check', atCustomer(2, {}, over), POLICY)).toBe('accept sold-here-on')
  })

  it('stops where the shop leaves nothing to its staff', () => {
    const strict: Policy = { ...POLICY, leaseOver: 'stop' }
    expect(said('sell', inStock(100, 1, over), strict)).toBe('refuse lease-over')
    expect(said('return', atCustomer(2, {}, over), strict)).toBe('refuse lease-over')
    expect(said('sell', inStock(100, 1), strict)).toBe('accept not-sold-yet')
  })
})
