import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../contract/money.ts'
import { changesBetween } from '../../../contract/policy-changes.ts'
import { fateOf, whatIf, type PastReturn } from '../../../electron/core/policy/what-if.ts'
import { atCustomer, flag, NOW, POLICY } from '../verdicts/facts-of-a-piece.ts'
import { policies, verdictFacts } from '../verdicts/arbitrary-facts.ts'

const past = (daysAgo: number, paid: number, more: Partial<PastReturn> = {}): PastReturn => {
  const facts = more.facts ?? atCustomer(daysAgo)
  const title = facts.unit?.title
  const priced = title?.is === 'sold' && facts.unit
    ? { ...facts, unit: { ...facts.unit, title: { ...title, purchase: { ...title.purchase, paid_cents: cents(paid) } } } }
    : facts
  return { unitId: `u-${daysAgo}`, name: 'Camera', serialEnd: '0042', at: NOW, amount_cents: paid, condition: 'open-box', known: 'here', ...more, facts: priced }
}
const world = { since: '2026-04-20T00:00:00.000Z', currency: 'EUR' }
const windows = (days: number) => ({ ...POLICY, returns: { ...POLICY.returns, windows: [{ category: '*', days }] } })

describe('what if these had been the rules', () => {
  it('tells which returns of the last month a shorter window would have refused, and for how much', () => {
    const told = whatIf([past(3, 10_000), past(20, 20_000), past(28, 30_000)], POLICY, windows(14), world)
    expect(told).toMatchObject({ here: 3, told: 0, count: 2, sum_cents: 50_000 })
    expect(told.otherWay.map(({ unitId, before, after, reason }) => [unitId, before.counter, after.counter, reason])).toEqual([
      ['u-28', 'goes-through', 'refused', 'window-over'], ['u-20', 'goes-through', 'refused', 'window-over'],
    ])
  })

  it('tells the refused that a longer window would have let through', () => {
    const [only] = whatIf([past(40, 10_000)], POLICY, windows(60), world).otherWay
    expect(only).toMatchObject({ before: { counter: 'refused' }, after: { counter: 'goes-through', kiosk: 'pays' } })
  })

  it('tells what a kiosk would pay alone, which the counter does not feel', () => {
    const lower = { ...POLICY, kiosk: { ...POLICY.kiosk, refundUpTo_cents: cents(5_000) } }
    const [only] = whatIf([past(3, 10_000)], POLICY, lower, world).otherWay
    expect(only).toMatchObject({ before: { counter: 'goes-through', kiosk: 'pays' }, after: { counter: 'goes-through', kiosk: 'colleague' } })
  })

  it('lets no rule make a theft go through', () => {
    const theft = past(3, 10_000, { facts: atCustomer(3, { flags: [flag('stolen-own')] }) })
    expect(fateOf(theft, { ...windows(3_000), shadow: true }).fate).toEqual({ counter: 'refused', kiosk: 'colleague' })
  })

  it('finds nothing otherwise under the same rules, whatever they are', () => {
    fc.assert(fc.property(fc.array(verdictFacts, { maxLength: 4 }), policies, (all, policy) => {
      const returns = all.map((facts, n) => past(n, 1_000, { facts }))
      expect(whatIf(returns, policy, structuredClone(policy), world).count).toBe(0)
    }), { numRuns: 200 })
  })

  it('finds the same returns from either side', () => {
    fc.assert(fc.property(fc.array(verdictFacts, { maxLength: 4 }), policies, policies, (all, a, b) => {
      const returns = all.map((facts, n) => past(n, 1_000, { facts }))
      expect(whatIf(returns, a, b, world).count).toBe(whatIf(returns, b, a, world).count)
    }), { numRuns: 200 })
  })
})

describe('a change of the rules in words', () => {
  it('says each thing once, with what it was and what it would be', () => {
    const draft = {
      ...windows(14),
      rights: { ...POLICY.rights, cashier: ['sell' as const] },
      kiosk: { ...POLICY.kiosk, refundUpTo_cents: cents(10_000), photo: 'must' as const, slots: [{ name: 'A', categories: ['*'], holds: 5 }] },
    }
    expect(changesBetween(POLICY, draft, 'EUR')).toEqual([
      { code: 'window', params: { category: '*', from: 30, to: 14 } },
      { code: 'window-removed', params: { category: 'phone', from: 14 } },
      { code: 'kiosk-limit', params: { from_cents: 60_000, to_cents: 10_000, currency: 'EUR' } },
      { code: 'right-given', params: { role: 'cashier', right: 'sell' } },
      { code: 'kiosk-photo-must', params: {} },
      { code: 'other', params: { where: 'kiosk.slots' } },
    ])
  })

  it('says nothing of the same rules under another version, and something of any other', () => {
    fc.assert(fc.property(policies, policies, (a, b) => {
      expect(changesBetween(a, { ...structuredClone(a), version: 'x' }, 'EUR')).toEqual([])
      const same = JSON.stringify({ ...a, version: '' }) === JSON.stringify({ ...b, version: '' })
      const windowsTell = JSON.stringify({ ...a, version: '', returns: 0 }) !== JSON.stringify({ ...b, version: '', returns: 0 })
      if (!same && windowsTell) expect(changesBetween(a, b, 'EUR').length).toBeGreaterThan(0)
    }))
  })
})
