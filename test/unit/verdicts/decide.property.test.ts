import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Policy } from '../../../contract/policy.ts'
import { FlagKind, UnitFacts } from '../../../contract/unit.ts'
import { Intent, QUESTIONS, Verdict, type Outcome } from '../../../contract/verdict.ts'
import { en } from '../../../contract/words/en.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import { anyInstant, badFlag, flagOfKind, instant, policies, verdictFacts } from './arbitrary-facts.ts'
import { atCustomer, before, facts, flag, NOW, POLICY } from './facts-of-a-piece.ts'
import { HANDBOOK } from './handbook.ts'

const intents = fc.constantFrom(...Intent.options)
const WEIGHT: Readonly<Record<Outcome, number>> = { accept: 0, 'ask-staff': 1, refuse: 2 }
const RUNS = { numRuns: 2_000 }

/** Any write to what is frozen throws, in modules. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

const withFlag = (of: VerdictFacts, flag: UnitFacts['flags'][number], place: number): VerdictFacts =>
  of.unit === null ? of : { ...of, unit: { ...of.unit, flags: of.unit.flags.toSpliced(place, 0, flag) } }

/** Everything we know, so many days older. */
const older = (of: VerdictFacts, days: number): VerdictFacts => {
  const back = (at: string | null) => (at === null || Number.isNaN(Date.parse(at)) ? at : new Date(Date.parse(at) - days * 86_400_000).toISOString())
  return { ...of, asOf: { mirror: back(of.asOf.mirror), stolen: back(of.asOf.stolen), recall: back(of.asOf.recall) } }
}

/** Known now or before: a list of the future is a wrong clock and grows right, not surer, by waiting. */
const ofThePast = (of: VerdictFacts): boolean =>
  Object.values(of.asOf).every((at) => at === null || Number.isNaN(Date.parse(at)) || Date.parse(at) <= Date.parse(NOW))

describe('a verdict', () => {
  it('is found for any facts under any policy at any time, and is a verdict of the contract', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, instant, (intent, of, policy, now) => {
      const verdict = decide(intent, of, policy, now)
      expect(verdict.reasons.length).toBeGreaterThan(0)
      expect(new Set(verdict.reasons).size).toBe(verdict.reasons.length)
      expect(verdict).toMatchObject({ intent, policyVersion: policy.version, decidedAt: now })
      expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
    }), RUNS)
  })

  it('does not throw where times cannot be read', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, anyInstant, (intent, of, policy, now) => {
      expect(['accept', 'ask-staff', 'refuse']).toContain(decide(intent, of, policy, now).outcome)
    }), RUNS)
  })

  it('is the same for the same facts, changes nothing it is given, and asks no clock', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, instant, (intent, of, policy, now) => {
      const first = decide(intent, frozen(of), frozen(policy), now)
      expect(decide(intent, structuredClone(of), structuredClone(policy), now)).toEqual(first)
    }), RUNS)
  })

  it('is never clear of theft or recall from no list', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, (intent, of, policy) => {
      const { findings } = decide(
        intent, { ...of, asOf: { ...of.asOf, stolen: null, recall: null }, outside: [] }, policy, NOW,
      )
      expect(findings.stolen.answer).not.toBe('clear')
      expect(['none', 'remedied']).not.toContain(findings.recall.answer)
    }), RUNS)
  })

  it('says clear and none only of a list, or a register, that is as fresh as the policy wants', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, (intent, of, policy) => {
      const { stolen, recall } = decide(intent, of, policy, NOW).findings
      const age = (asOf: string | null) => Date.parse(NOW) - Date.parse(asOf ?? '')
      const most = policy.staleness.listAskAfter_ms
      if (stolen.answer === 'clear') expect(age(stolen.asOf)).toBeLessThanOrEqual(most)
      if (recall.answer === 'none') expect(age(recall.asOf)).toBeLessThanOrEqual(most)
      if (recall.answer === 'remedied') expect(age(of.asOf.recall)).toBeLessThanOrEqual(most)
    }), RUNS)
  })

  it('knows nothing of a piece it has no facts of', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, (intent, of, policy) => {
      const { findings } = decide(
        intent, { ...of, identity: { is: 'unknown' }, unit: null, contradictions: [], outside: [] }, policy, NOW,
      )
      expect(QUESTIONS.map((question) => findings[question].answer))
        .toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'not-checkable', 'unknown'])
    }), RUNS)
  })

  it('takes back, trades in, checks and transfers nothing that it does not know', () => {
    fc.assert(fc.property(fc.constantFrom(
      'sell', 'return', 'check', 'claim', 'trade-in', 'transfer',
    ), verdictFacts, policies, (intent, of, policy) => {
      expect(decide(intent, { ...of, identity: { is: 'unknown' }, unit: null }, policy, NOW).outcome).not.toBe('accept')
    }), RUNS)
  })

  it('is never made milder by one more flag', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, badFlag, fc.nat(3), (intent, of, policy, flag, place) => {
      // The one exception has a rule of its own: a recall opens a claim that the end of the cover had closed.
      fc.pre(!(intent === 'claim' && flag.kind === 'recall'))
      const without = decide(intent, of, policy, NOW)
      const flagged = decide(intent, withFlag(of, flag, place), policy, NOW)
      expect(WEIGHT[flagged.outcome]).toBeGreaterThanOrEqual(WEIGHT[without.outcome])
      expect(flagged.quiet || !without.quiet).toBe(true)
    }), RUNS)
  })

  it('is not made milder by a recall either, beyond asking where the cover has ended', () => {
    fc.assert(fc.property(verdictFacts, policies, flagOfKind(['recall']), (of, policy, flag) => {
      const without = decide('claim', of, policy, NOW)
      const recalled = decide('claim', withFlag(of, flag, 0), policy, NOW)
      const opened = without.findings.warranty.answer === 'ended'
      expect(WEIGHT[recalled.outcome]).toBeGreaterThanOrEqual(opened ? Math.min(WEIGHT[without.outcome], 1) : WEIGHT[without.outcome])
    }), RUNS)
  })

  it('is never made surer by older data', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, fc.double({ min: 0, max: 900, noNaN: true }), (intent, of, policy, days) => {
      fc.pre(ofThePast(of))
      const fresh = decide(intent, of, policy, NOW)
      const stale = decide(intent, older(of, days), policy, NOW)
      expect(WEIGHT[stale.outcome]).toBeGreaterThanOrEqual(WEIGHT[fresh.outcome])
      for (const [question, sure] of [['stolen', 'clear'], ['recall', 'none'], ['recall', 'remedied']] as const)
        if (stale.findings[question].answer === sure) expect(fresh.findings[question].answer).toBe(sure)
    }), RUNS)
  })

  it('is quiet whenever theft or counterfeit is in it, and never else', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, (intent, of, policy) => {
      const { quiet, findings, next, outcome } = decide(intent, of, policy, NOW)
      const { stolen, authenticity } = findings
      const hit = stolen.answer === 'flagged' || authenticity.answer === 'counterfeit' || authenticity.reason === 'counterfeit-suspected'
      expect(quiet).toBe(hit)
      if (hit) expect(outcome).not.toBe('accept')
      if (hit) expect(next).toBe(stolen.answer === 'flagged' ? 'police-hold' : 'quarantine')
    }), RUNS)
  })

  it('is never milder for a customer alone at the kiosk than for a clerk, where the limits are not', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, (intent, of, policy) => {
      const { counter } = policy.staleness.offlineRefundUpTo_cents
      const same = {
        ...policy,
        staleness: { ...policy.staleness, offlineRefundUpTo_cents: { counter, kiosk: counter, service: counter } },
      }
      const on = (seat: VerdictFacts['here']['seat']) => decide(
        intent, { ...of, here: { ...of.here, seat } }, same, NOW,
      )
      expect(WEIGHT[on('kiosk').outcome]).toBeGreaterThanOrEqual(WEIGHT[on('counter').outcome])
      expect(on('service').outcome).toBe(on('counter').outcome)
    }), RUNS)
  })

  it('tells the heaviest reason first', () => {
    fc.assert(fc.property(intents, verdictFacts, policies, (intent, of, policy) => {
      const verdict = decide(intent, of, policy, NOW)
      if (verdict.findings.stolen.answer === 'flagged') expect(verdict.reasons[0]).toBe('stolen')
      if (verdict.outcome === 'accept') expect(verdict.reasons).toHaveLength(QUESTIONS.length)
      else expect(verdict.reasons.length).toBeLessThan(QUESTIONS.length)
    }), RUNS)
  })
})

describe('the words of a verdict', () => {
  it('are there for every reason, for staff and for the customer', () => {
    const codes = new Set<string>()
    const keep = (verdict: Verdict) => QUESTIONS.forEach((question) => codes.add(verdict.findings[question].reason))
    for (const page of HANDBOOK) for (const intent of Intent.options) keep(decide(
      intent, page.facts, POLICY, page.now ?? NOW,
    ))
    fc.assert(
      fc.property(intents, verdictFacts, policies, (intent, of, policy) => keep(decide(intent, of, policy, NOW))), RUNS,
    )
    const keys = new Set(Object.keys(en))
    const wanted = [...codes].sort().flatMap((code) => [`reason.${code}.staff`, `reason.${code}.customer`])
    expect(wanted.filter((key) => !keys.has(key))).toEqual([])
  })

  it('give no hint of theft or forgery to the customer', () => {
    const words: Readonly<Record<string, string>> = en
    for (const code of ['stolen-own', 'stolen-reported', 'counterfeit-suspected', 'proof-failed', 'list-too-old', 'no-list', 'contradiction', 'register-unreachable', 'clock-wrong'])
      expect(words[`reason.${code}.customer`] ?? '', code).not.toMatch(/stolen|theft|thief|police|fake|counterfeit|forg|suspect/i)
  })
})

describe('the rules of the handbook', () => {
  it('are such a policy and such facts as the contract knows', () => {
    expect(Policy.parse(POLICY)).toEqual(POLICY)
    for (const { facts: of, story } of HANDBOOK) if (of.unit !== null) expect(
      UnitFacts.safeParse(of.unit).success, story,
    ).toBe(true)
    for (const { facts: of, now = NOW, story } of HANDBOOK)
      for (const intent of Intent.options) expect(Verdict.safeParse(decide(intent, of, POLICY, now)).success, `${intent}: ${story}`).toBe(true)
  })

  it('answer in the bounds of the contract, however much a flag has to say', () => {
    const talkative = { source: 'S'.repeat(128), reason: 'R'.repeat(512), reference: 'N'.repeat(64) }
    for (const kind of FlagKind.options)
      for (const intent of Intent.options) {
        const flags = [flag(kind, talkative)]
        expect(UnitFacts.shape.flags.safeParse(flags).success).toBe(true)
        expect(Verdict.safeParse(decide(intent, atCustomer(3, { flags }), POLICY, NOW)).error, `${intent}: ${kind}`).toBeUndefined()
      }
  })

  it('count an age to the millisecond: at the limit the list still speaks, beyond it asks', () => {
    const aged = (ms: number) => {
      const asOf = new Date(Date.parse(NOW) - ms).toISOString()
      return decide(
        'check', facts({}, { asOf: { mirror: before(0), stolen: asOf, recall: asOf } }), POLICY, NOW,
      ).outcome
    }
    expect(aged(POLICY.staleness.listAskAfter_ms)).toBe('accept')
    expect(aged(POLICY.staleness.listAskAfter_ms + 1)).toBe('ask-staff')
  })
})
