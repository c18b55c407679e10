import { describe, expect, it } from 'vitest'
import { ANSWERS, Intent, QUESTIONS, Verdict, type Question } from '../../../contract/verdict.ts'
import { decide } from '../../../contract/verdicts/decide.ts'
import { NOW, POLICY } from './facts-of-a-piece.ts'
import { HANDBOOK } from './handbook.ts'

const CASES = HANDBOOK.flatMap((page) =>
  Intent.options.flatMap((intent) => {
    const rule = page.rules[intent]
    return rule === undefined ? [] : [
      { page, intent, rule, verdict: decide(intent, page.facts, POLICY, page.now ?? NOW) },
    ]
  }),
)

const told = (verdict: Verdict, question: Question): string =>
  `${question} ${verdict.findings[question].answer}/${verdict.findings[question].reason}`

describe.each(HANDBOOK)('$story', ({ story, finds = [] }) => {
  const cases = CASES.filter(({ page }) => page.story === story)
  it.each(cases)('$intent: $rule.outcome, because $rule.because, and then: $rule.next', ({ verdict, rule }) => {
    const first = verdict.reasons[0]
    expect({
      outcome: verdict.outcome, because: first === undefined ? '' : told(verdict, first), next: verdict.next, quiet: verdict.quiet,
    }).toEqual(rule)
    const answers = QUESTIONS.map((question) => told(verdict, question))
    for (const found of finds) expect(answers).toContain(found)
    expect(Verdict.parse(verdict)).toEqual(verdict)
  })
})

/** Answers an intent cannot meet, with why. Everything else is reached by a case of the handbook. */
const CANNOT_MEET: Readonly<Partial<Record<string, readonly Intent[]>>> = {
  // Whether a piece comes back is asked only of those who bring one.
  'custody may-come-back': ['sell', 'check', 'transfer', 'receive'],
  'custody with-customer': ['return', 'claim', 'trade-in'],
}

describe('the handbook', () => {
  it('has at least 150 rules', () => expect(CASES.length).toBeGreaterThanOrEqual(150))

  it('tells every story once', () => expect(new Set(HANDBOOK.map(({ story }) => story)).size).toBe(HANDBOOK.length))

  it('reaches every answer of every question', () => {
    const reached = new Set(CASES.flatMap(({ verdict }) => QUESTIONS.map((question) => `${question} ${verdict.findings[question].answer}`)))
    const all = QUESTIONS.flatMap((question) => ANSWERS[question].map((answer) => `${question} ${answer}`))
    expect(all.filter((answer) => !reached.has(answer))).toEqual([])
  })

  it('reaches every answer for every intent that can meet it', () => {
    const reached = new Set(CASES.flatMap(({ verdict, intent }) => QUESTIONS.map((question) => `${intent}: ${question} ${verdict.findings[question].answer}`)))
    const all = Intent.options.flatMap((intent) =>
      QUESTIONS.flatMap((question) =>
        ANSWERS[question]
          .filter((answer) => !CANNOT_MEET[`${question} ${answer}`]?.includes(intent))
          .map((answer) => `${intent}: ${question} ${answer}`)))
    expect(all.filter((answer) => !reached.has(answer))).toEqual([])
  })

  it('comes to every outcome with every intent', () => {
    for (const intent of Intent.options)
      expect(new Set(CASES.filter((entry) => entry.intent === intent).map(({ verdict }) => verdict.outcome)), intent)
        .toEqual(new Set(['accept', 'ask-staff', 'refuse']))
  })
})
