import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAUTIOUS_RETURN_RULES } from '../../../contract/cautious-return-rules.ts'
import { cents } from '../../../contract/money.ts'
import type { OutsideCheck } from '../../../contract/outside-check.ts'
import { Policy } from '../../../contract/policy.ts'
import { changesBetween } from '../../../contract/policy-changes.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import { fateOf, whatIf, type PastReturn } from '../../../electron/core/policy/what-if.ts'
import { NOTHING_LOOKED_AT } from '../../../electron/core/returns/condition-questions.ts'
import { atCustomer, flag, NOW, POLICY } from '../verdicts/facts-of-a-piece.ts'
import { policies, verdictFacts } from '../verdicts/arbitrary-facts.ts'

const past = (daysAgo: number, paid: number, more: Partial<PastReturn> = {}): PastReturn => {
  const facts = more.facts ?? atCustomer(daysAgo)
  const title = facts.unit?.title
  const priced = title?.is === 'sold' && facts.unit
    ? { ...facts, unit: { ...facts.unit, title: { ...title, purchase: { ...title.purchase, paid_cents: cents(paid) } } } }
    : facts
  return {
    unitId: `u-${daysAgo}`, name: 'Camera', serialEnd: '0042', at: NOW, amount_cents: paid, condition: 'open-box', seen: null, known: 'here',
    beside_cents: 0, role: 'cashier', returner: 'nobody', ...more, facts: priced,
  }
}
const world = { since: '2026-04-20T00:00:00.000Z', currency: 'EUR' }
const withRules = (change: Partial<ReturnRules>): Policy => ({ ...POLICY, returns: { ...POLICY.returns, rules: { ...CAUTIOUS_RETURN_RULES, ...change } } })
/** Strict about time, so that a window alone decides. */
const STRICT = withRules({ afterWindow: { days: 0, payAs: 'store-credit' } })
const windows = (days: number) => ({ ...STRICT, returns: { ...STRICT.returns, windows: [{ category: '*', days }] } })

describe('what if these had been the rules', () => {
  it('tells which returns of the last month a shorter window would have refused, and for how much', () => {
    const told = whatIf([past(3, 10_000), past(20, 20_000), past(28, 30_000)], STRICT, windows(14), world)
    expect(told).toMatchObject({ here: 3, told: 0, count: 2, sum_cents: 50_000 })
    expect(told.otherWay.map(({ unitId, before, after, reason }) => [unitId, before.counter, after.counter, reason])).toEqual([
      ['u-28', 'goes-through', 'refused', 'window-over'], ['u-20', 'goes-through', 'refused', 'window-over'],
    ])
  })

  it('tells the refused that a longer window would have let through', () => {
    const [only] = whatIf([past(40, 10_000)], STRICT, windows(60), world).otherWay
    expect(only).toMatchObject({ before: { counter: 'refused' }, after: { counter: 'goes-through', kiosk: 'pays' } })
  })

  it('tells what a kiosk would pay alone, which the counter does not feel', () => {
    const lower = { ...POLICY, kiosk: { ...POLICY.kiosk, refundUpTo_cents: cents(5_000) } }
    const [only] = whatIf([past(3, 10_000)], POLICY, lower, world).otherWay
    expect(only).toMatchObject({ before: { counter: 'goes-through', kiosk: 'pays' }, after: { counter: 'goes-through', kiosk: 'colleague' } })
  })

  it('tells what goodwill after the window would have changed, and as what the money would have gone', () => {
    const goodwill = (days: number, payAs: 'original' | 'store-credit') => withRules({ afterWindow: { days, payAs } })
    const fates = (policy: Policy) => [past(35, 10_000), past(45, 10_000)].map((one) => fateOf(one, policy).fate.counter)
    expect(fates(STRICT)).toEqual(['refused', 'refused'])
    expect(fates(goodwill(10, 'store-credit'))).toEqual(['credit-only', 'refused'])
    expect(fates(goodwill(20, 'original'))).toEqual(['needs-approval', 'needs-approval'])
    expect(whatIf([past(35, 10_000), past(45, 20_000)], STRICT, goodwill(10, 'store-credit'), world)).toMatchObject({ count: 1, sum_cents: 10_000 })
  })

  it('tells what other grades would have made of the answers that were given that day', () => {
    const asked = (ifNo: 'damaged' | null, stops: boolean, deduct: number) =>
      withRules({ categories: [{ category: '*', questions: [{ id: 'powers-on', ifNo, stops }], accessories: [{ id: 'charger', deduct_cents: cents(deduct) }], parts: [], photos: {} }] })
    const seen = { ...NOTHING_LOOKED_AT, condition: 'open-box' as const, answers: { 'powers-on': false }, absent: ['charger'] }
    const one = past(3, 10_000, { seen })
    expect(fateOf(one, asked(null, false, 0)).fate).toEqual({ counter: 'goes-through', kiosk: 'pays' })
    expect(fateOf(one, asked('damaged', false, 0)).fate).toEqual({ counter: 'needs-approval', kiosk: 'colleague' })
    expect(fateOf(one, asked(null, true, 0)).fate).toEqual({ counter: 'needs-approval', kiosk: 'colleague' })
    expect(fateOf(one, asked(null, false, 500)).fate.counter).toBe('needs-approval')
  })

  it('tells what a kiosk could have taken in with other slots', () => {
    const slots = (...categories: string[]) => ({ ...POLICY, kiosk: { ...POLICY.kiosk, slots: [{ name: 'A', categories, holds: 5 }] } })
    const category = past(3, 10_000).facts.product?.category ?? ''
    expect(whatIf([past(3, 10_000)], POLICY, slots(category), world).count).toBe(0)
    expect(whatIf([past(3, 10_000)], POLICY, slots('bike'), world).otherWay).toMatchObject([{ before: { kiosk: 'pays' }, after: { kiosk: 'colleague', counter: 'goes-through' } }])
  })

  it('tells what would have gone through had a register not been asked, and nothing of one that was not', () => {
    const check: OutsideCheck = {
      asks: 'stolen', id: 'crime', register: 'Crime register', url: 'https://register.example/{number}', method: 'GET', headers: {}, body: null, numbers: ['serial'],
      categories: ['*'], intents: ['return'], limit_ms: 1_000, answerAt: '/listed', referenceAt: null, mayKeep: true, means: { true: 'listed' },
    }
    const facts = { ...atCustomer(3), outside: [{ asks: 'stolen' as const, said: 'listed' as const, register: 'Crime register', at: NOW, reference: 'C-1' }] }
    const asking = { ...POLICY, outside: [check] }
    expect(whatIf([past(3, 10_000, { facts })], asking, POLICY, world).otherWay).toMatchObject([{ before: { counter: 'refused' }, after: { counter: 'goes-through' } }])
    expect(whatIf([past(3, 10_000, { facts })], asking, { ...asking, outside: [{ ...check, categories: ['bike'] }] }, world).count).toBe(1)
    expect(whatIf([past(3, 10_000)], POLICY, asking, world).count).toBe(0)
    // What a tag or the centre said is no word of a register in these rules: it counts under all of them.
    expect(fateOf(past(3, 10_000, { facts }), POLICY).fate.counter).toBe('refused')
  })

  it('tells what a kiosk would hand over for the number of a part', () => {
    const reading = (...parts: string[]) => withRules({ categories: [{ category: '*', questions: [], accessories: [], parts, photos: {} }] })
    expect(whatIf([past(3, 10_000)], reading(), reading('motor'), world).otherWay).toMatchObject([{ before: { kiosk: 'pays', counter: 'goes-through' }, after: { kiosk: 'colleague', counter: 'goes-through' } }])
  })

  it('tells what a seat would have asked while the centre was silent: the piece, and the cash', () => {
    const sold = atCustomer(3)
    const heard = (minutesAgo: number, tender: 'cash' | 'card') => {
      const title = sold.unit?.title
      if (title?.is !== 'sold' || sold.unit === null) throw new Error('not sold')
      return past(3, 10_000, { facts: { ...sold, asOf: { ...sold.asOf, mirror: new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString() }, unit: { ...sold.unit, title: { ...title, purchase: { ...title.purchase, tender } } } } })
    }
    const rule = (refund: number, cash: number): Policy => ({ ...POLICY, offline: { counter: { after_ms: 3_600_000, sellUpTo_cents: null, refundUpTo_cents: cents(refund), cashBackUpTo_cents: cents(cash) } } })
    const fates = (policy: Policy) => [heard(90, 'cash'), heard(90, 'card'), heard(30, 'cash')].map((one) => fateOf(one, policy).fate.counter)
    expect(fates(POLICY)).toEqual(['goes-through', 'goes-through', 'goes-through'])
    expect(fates(rule(50_000, 5_000))).toEqual(['needs-approval', 'goes-through', 'goes-through'])
    expect(fates(rule(5_000, 50_000))).toEqual(['needs-approval', 'needs-approval', 'goes-through'])
  })

  it('tells what other limits of a role would have asked, for the whole of a return, by who stood at the till', () => {
    const limit = (cashier: number) => withRules({ refundUpTo_cents: { cashier: cents(cashier), supervisor: cents(100_000) } })
    const [high, low] = [limit(12_000), limit(8_000)]
    const takers = { ...POLICY.rights, cashier: ['take-back' as const], supervisor: ['take-back' as const] }
    const turned = { before: { counter: 'goes-through' }, after: { counter: 'needs-approval' } }
    expect(whatIf([past(3, 10_000)], high, low, world)).toMatchObject({ unknown: 0, otherWay: [turned] })
    expect(whatIf([past(3, 10_000, { role: 'supervisor' })], high, low, world)).toMatchObject({ count: 0, unknown: 0 })
    expect(whatIf([past(3, 5_000, { beside_cents: 5_000 }), past(4, 5_000)], high, low, world)).toMatchObject({ unknown: 0, otherWay: [{ ...turned, unitId: 'u-3' }] })
    // Who took it is not kept: a cashier would have asked, a supervisor not.
    const byAnybody = (after: Policy) => whatIf([past(3, 10_000, { role: 'unknown' })], { ...high, rights: takers }, { ...after, rights: takers }, world)
    expect(byAnybody(low)).toMatchObject({ count: 0, unknown: 1 })
    expect(byAnybody(windows(1))).toMatchObject({ count: 1, unknown: 0 })
  })

  it('tells what another limit for a customer would have asked, and where other tills alone could know', () => {
    const limit = (pieces: number) => withRules({ perCustomer: { pieces, days: 30 } })
    const daysBefore = (days: number) => ({ at: new Date(Date.parse(NOW) - days * 86_400_000).toISOString(), quantity: 1 })
    const brought = (isAll: boolean) => past(3, 10_000, { returner: { brought: 1, before: [daysBefore(2), daysBefore(20), daysBefore(40)], isAll } })
    const counts = (one: PastReturn, before: Policy, after: Policy) => {
      const { count, unknown } = whatIf([one], before, after, world)
      return { count, unknown }
    }
    expect(counts(brought(true), limit(5), limit(3))).toEqual({ count: 0, unknown: 0 })
    expect(counts(brought(true), limit(5), limit(2))).toEqual({ count: 1, unknown: 0 })
    expect([limit(5), limit(2)].map((rules) => fateOf(brought(true), rules).fate.kiosk)).toEqual(['pays', 'colleague'])
    expect(counts(brought(false), limit(5), limit(3))).toEqual({ count: 0, unknown: 1 })
    expect(counts(past(3, 10_000, { returner: 'unknown' }), withRules({}), limit(2))).toEqual({ count: 0, unknown: 1 })
    expect(counts(past(3, 10_000), withRules({}), limit(2))).toEqual({ count: 0, unknown: 0 })
    // A limit that stays as it is is not what was asked about: he is supposed not to have been above it elsewhere.
    expect(counts(brought(false), limit(5), { ...limit(5), kiosk: { ...POLICY.kiosk, refundUpTo_cents: cents(5) } })).toEqual({ count: 1, unknown: 0 })
  })

  it('tells what a kiosk would have paid as other money', () => {
    const giving = (...tenders: ('card' | 'voucher')[]): Policy => ({ ...POLICY, kiosk: { ...POLICY.kiosk, tenders } })
    const title = past(3, 10_000).facts.unit?.title
    const paidAs = title?.is === 'sold' ? title.purchase.tender : null
    expect(paidAs).toBe('card')
    expect(fateOf(past(3, 10_000), giving('card')).fate.kiosk).toBe('pays')
    expect(whatIf([past(3, 10_000)], giving('card'), giving(), world).otherWay).toMatchObject([{ before: { kiosk: 'pays' }, after: { kiosk: 'colleague' } }])
    expect(whatIf([past(3, 10_000)], giving(), giving('voucher'), world).otherWay).toMatchObject([{ after: { kiosk: 'pays' } }])
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
    expect(changesBetween(STRICT, draft, 'EUR')).toEqual([
      { code: 'window', params: { category: '*', from: 30, to: 14 } },
      { code: 'window-removed', params: { category: 'phone', from: 14 } },
      { code: 'kiosk-limit', params: { from_cents: 60_000, to_cents: 10_000, currency: 'EUR' } },
      { code: 'right-given', params: { role: 'cashier', right: 'sell' } },
      { code: 'kiosk-photo-must', params: {} },
      { code: 'slot-added', params: { slot: 'A', holds: 5, categories: '*' } },
    ])
  })

  it('has a sentence for each rule of goodwill, grades, slots and registers', () => {
    const codes = (before: Policy, after: Policy) => changesBetween(before, after, 'EUR').map(({ code }) => code)
    const record = CAUTIOUS_RETURN_RULES.withoutRecord
    expect(codes(STRICT, withRules({ afterWindow: { days: 9, payAs: 'original' } }))).toEqual(['late-days', 'late-as-original'])
    expect(codes(withRules({}), STRICT)).toEqual(['late-never'])
    expect(codes(withRules({}), withRules({ withoutRecord: { upTo_cents: cents(5), percentOfPrice: 5, perDay: 5, perDayInStore: 5 }, perCustomer: { pieces: 5, days: 5 } })))
      .toEqual(['record-most', 'record-percent', 'record-till', 'record-store', 'customer-limit'])
    expect(codes(withRules({ withoutRecord: { ...record, perDayInStore: 5 }, perCustomer: { pieces: 5, days: 5 } }), withRules({}))).toEqual(['record-store-free', 'customer-free'])
    const questions = (ifNo: 'damaged' | null, stops: boolean, deduct: number) =>
      withRules({ categories: [{ category: '*', questions: [{ id: 'runs', ifNo, stops }], accessories: [{ id: 'box', deduct_cents: cents(deduct) }], parts: [], photos: {} }] })
    expect(codes(questions(null, false, 0), questions('damaged', true, 5))).toEqual(['question-grade', 'question-stops', 'accessory-deduct'])
    expect(codes(questions('damaged', true, 5), questions(null, false, 5))).toEqual(['question-no-grade', 'question-goes-on'])
    const own = (parts: string[], words?: { en: string }) => withRules({ categories: [{ category: '*', questions: [{ id: 'runs', ifNo: null, stops: false, ...(words === undefined ? {} : { words }) }], accessories: [], parts, photos: {} }] })
    expect(codes(own(['motor']), own(['lens'], { en: 'Does it run?' }))).toEqual(['words-changed', 'part-added', 'part-removed'])
    const silent = (sellUpTo: number | null, leaseOver: 'ask' | 'stop'): Policy => ({ ...POLICY, leaseOver, offline: { kiosk: { after_ms: 60_000, sellUpTo_cents: sellUpTo === null ? null : cents(sellUpTo), refundUpTo_cents: cents(1), cashBackUpTo_cents: cents(1) } } })
    expect(codes(POLICY, silent(null, 'stop'))).toEqual(['cut-off-any', 'lease-stop'])
    expect(codes(silent(null, 'stop'), silent(5, 'ask'))).toEqual(['cut-off', 'lease-ask'])
    expect(codes(silent(5, 'ask'), POLICY)).toEqual(['cut-off-free'])
    expect(changesBetween(POLICY, { ...withRules({ storeCredit: false, routeChoices: [] }), cartLease_ms: 90_000, tagsAtExit: 'kill' }, 'EUR').map(({ params }) => params['where'])).toEqual(['selling', 'money', 'routes'])
    const slots = (...names: string[]) => ({ ...POLICY, kiosk: { ...POLICY.kiosk, slots: names.map((name) => ({ name, categories: ['*'], holds: 5 })) } })
    expect(codes(slots('A', 'B'), slots('B', 'A'))).toEqual(['slot-order'])
    expect(codes(slots('A', 'B'), slots('B', 'C'))).toEqual(['slot-added', 'slot-removed'])
    expect(Policy.safeParse(slots('A', 'A')).success).toBe(false)
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
