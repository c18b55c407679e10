import { z } from 'zod'
import { Instant, Params } from './ids.ts'

export const Intent = z.enum(['sell', 'return', 'check', 'claim', 'trade-in', 'transfer', 'receive'])
export type Intent = z.infer<typeof Intent>

/** The seven questions, in the order in which a person asks them. */
export const QUESTIONS = ['identity', 'purchase', 'warranty', 'stolen', 'recall', 'authenticity', 'custody'] as const
export type Question = (typeof QUESTIONS)[number]

export const ANSWERS = {
  identity: ['known-unit', 'known-product-unknown-unit', 'ambiguous', 'impossible', 'unknown'],
  purchase: ['ours-sold', 'ours-not-sold', 'already-returned', 'sold-elsewhere', 'not-ours', 'unknown'],
  warranty: ['covered', 'ended', 'not-started', 'void', 'unknown'],
  stolen: ['clear', 'flagged', 'unknown'],
  recall: ['none', 'affected', 'remedied', 'unknown'],
  authenticity: ['proven', 'consistent', 'suspect', 'counterfeit', 'not-checkable'],
  custody: [
    'may-leave', 'may-come-back', 'in-another-cart', 'on-hold', 'in-transit', 'with-customer', 'being-sent', 'not-here',
    'missing', 'retired', 'in-repair', 'unknown',
  ],
} as const

/** One question answered: with a reason for which the words have a sentence, its source, and how old that is. */
function finding<const A extends readonly [string, ...string[]]>(answers: A) {
  return z.object({
    answer: z.enum(answers),
    /** Key of `reason.<code>.staff` and `reason.<code>.customer` in the words. */
    reason: z.string().max(64),
    params: Params,
    /** What the answer rests on, most telling first: receipt numbers, campaign codes, layer names. */
    evidence: z.array(z.string().max(256)),
    /** Who knows it: `till`, `mirror`, `label`, or the name of an outside register. */
    source: z.string().max(64),
    asOf: Instant.nullable(),
  })
}

export const Findings = z.object({
  identity: finding(ANSWERS.identity),
  purchase: finding(ANSWERS.purchase),
  warranty: finding(ANSWERS.warranty),
  stolen: finding(ANSWERS.stolen),
  recall: finding(ANSWERS.recall),
  authenticity: finding(ANSWERS.authenticity),
  custody: finding(ANSWERS.custody),
})
export type Findings = z.infer<typeof Findings>

export const Outcome = z.enum(['accept', 'ask-staff', 'refuse'])
export type Outcome = z.infer<typeof Outcome>

/** Where the piece goes next. */
export const NextPlace = z.enum([
  'customer', 'shelf', 'inspection', 'refurbish', 'maker', 'quarantine', 'police-hold', 'destroy', 'stay',
])
export type NextPlace = z.infer<typeof NextPlace>

export const Verdict = z.object({
  intent: Intent,
  outcome: Outcome,
  /** A hit nobody may see from the customer's side: the words then speak only of a colleague who helps. */
  quiet: z.boolean(),
  findings: Findings,
  /** Questions in order of weight: the first is why the outcome is what it is. */
  reasons: z.array(z.enum(QUESTIONS)),
  next: NextPlace,
  policyVersion: z.string(),
  /** Under a policy in shadow: what its rules would have said. They are asked and logged, and stop nothing yet. */
  wouldBe: Outcome.optional(),
  decidedAt: Instant,
})
export type Verdict = z.infer<typeof Verdict>
