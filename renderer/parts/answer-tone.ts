import type { Findings, Outcome, Question, Verdict } from '../../contract/verdict.ts'
import { unreachable } from '../../contract/unreachable.ts'

/** How loud an answer is drawn. Colour never stands alone: each tone has its own sign and the answer its words. */
export type AnswerTone = 'good' | 'plain' | 'attention' | 'stop'

type Answers = { readonly [Q in Question]: Readonly<Record<Findings[Q]['answer'], AnswerTone>> }

const TONES: Answers = {
  identity: {
    'known-unit': 'good',
    'known-product-unknown-unit': 'attention',
    ambiguous: 'attention',
    impossible: 'stop',
    unknown: 'attention',
  },
  purchase: {
    'ours-sold': 'good',
    'ours-not-sold': 'plain',
    'already-returned': 'attention',
    'sold-elsewhere': 'plain',
    'not-ours': 'plain',
    unknown: 'attention',
  },
  warranty: { covered: 'good', ended: 'plain', 'not-started': 'plain', void: 'attention', unknown: 'attention' },
  stolen: { clear: 'good', flagged: 'stop', unknown: 'attention' },
  recall: { none: 'good', affected: 'stop', remedied: 'good', unknown: 'attention' },
  authenticity: {
    proven: 'good',
    consistent: 'good',
    suspect: 'attention',
    counterfeit: 'stop',
    'not-checkable': 'plain',
  },
  custody: {
    'may-leave': 'good',
    'may-come-back': 'good',
    'in-another-cart': 'attention',
    'on-hold': 'attention',
    'in-transit': 'attention',
    'with-customer': 'plain',
    'being-sent': 'attention',
    'not-here': 'attention',
    missing: 'attention',
    retired: 'stop',
    'in-repair': 'attention',
    unknown: 'attention',
  },
}

export function toneOf(verdict: Verdict, question: Question): AnswerTone {
  // Cover begins with the sale: that there is none on a piece nobody has bought is as it should be.
  if (question === 'warranty' && verdict.findings.warranty.reason === 'no-dates' && isUnsold(verdict)) return 'plain'
  const tones: Readonly<Record<string, AnswerTone>> = TONES[question]
  return tones[verdict.findings[question].answer] ?? 'plain'
}

/** Nobody has bought it, or it came back: it is on our side of the counter. */
export function isUnsold({ findings }: Verdict): boolean {
  return findings.purchase.answer === 'ours-not-sold' || findings.purchase.answer === 'already-returned'
}

export function toneOfOutcome(outcome: Outcome): AnswerTone {
  switch (outcome) {
    case 'accept':
      return 'good'
    case 'ask-staff':
      return 'attention'
    case 'refuse':
      return 'stop'
    default:
      return unreachable(outcome)
  }
}
