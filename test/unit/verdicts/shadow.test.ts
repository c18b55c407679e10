import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Intent } from '../../../contract/verdict.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import { policies, verdictFacts } from './arbitrary-facts.ts'
import { aged, atCustomer, flag, NOW, POLICY, returned, WITH_CUSTOMER } from './facts-of-a-piece.ts'

const SHADOW = { ...POLICY, shadow: true }

describe('rules in shadow', () => {
  it('are asked and logged, and stop nothing yet: a return after its window goes through and says what would have been', () => {
    const late = decide('return', atCustomer(40), SHADOW, NOW)
    expect(late).toMatchObject({ outcome: 'accept', wouldBe: 'refuse' })
    expect(late.findings.purchase.reason).toBe('window-over')
    expect(decide('return', atCustomer(40), POLICY, NOW)).not.toHaveProperty('wouldBe')
  })

  it('let a return on old lists through as well', () => {
    expect(decide('return', atCustomer(3, { title: atCustomer(3).unit!.title }, { ...aged(9), here: { ...atCustomer().here, seat: 'kiosk' } }), SHADOW, NOW))
      .toMatchObject({ outcome: 'accept', wouldBe: 'ask-staff' })
  })

  it('wave through no theft, no forgery, and no piece that came back already: those are no rules of the shop', () => {
    for (const kind of ['stolen-own', 'stolen-reported', 'counterfeit-suspected'] as const)
      expect(decide('return', atCustomer(3, { flags: [flag(kind)] }), SHADOW, NOW)).toMatchObject({ quiet: true, wouldBe: expect.not.stringMatching('accept') as string, outcome: expect.not.stringMatching('accept') as string })
    expect(decide('return', atCustomer(3, { custody: WITH_CUSTOMER, title: returned(1) }), SHADOW, NOW).outcome).toBe('refuse')
  })

  it('never make an answer harder, and say the very verdict that is in force without the shadow', () => {
    const weight = { accept: 0, 'ask-staff': 1, refuse: 2 }
    fc.assert(fc.property(fc.constantFrom(...Intent.options), verdictFacts, policies, (intent, of, policy) => {
      const open = decide(intent, of, { ...policy, shadow: false }, NOW)
      const shadow = decide(intent, of, { ...policy, shadow: true }, NOW)
      expect(shadow.wouldBe).toBe(open.outcome)
      expect(weight[shadow.outcome]).toBeLessThanOrEqual(weight[open.outcome])
      expect(shadow.findings).toEqual(open.findings)
    }), { numRuns: 500 })
  })
})
