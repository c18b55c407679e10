import type { Policy } from '../../../contract/policy.ts'
import { QUESTIONS, type Findings, type Intent, type NextPlace, type Outcome, type Question, type Verdict } from '../../../contract/verdict.ts'
import type { VerdictFacts } from './facts.ts'
import { askAuthenticity, askCustody, askIdentity, askPurchase, askRecall, askStolen, askWarranty } from './questions.ts'
import { SAYS, type Say } from './says.ts'

/**
 * One scan, one answer: may this piece be sold, taken back, claimed for? Pure and total: the same facts under the
 * same policy at the same time give the same verdict on counter, kiosk and hub, and no facts make it throw.
 */
export function decide(intent: Intent, facts: VerdictFacts, policy: Policy, now: string): Verdict {
  const findings: Findings = {
    identity: askIdentity(facts),
    purchase: askPurchase(intent, facts, policy, now),
    warranty: askWarranty(facts, now),
    stolen: askStolen(facts, policy, now),
    recall: askRecall(facts, policy, now),
    authenticity: askAuthenticity(facts),
    custody: askCustody(intent, facts),
  }
  const says = QUESTIONS.map((question) => ({ question, say: sayOf(intent, question, findings) }))
  const heaviest = says.reduce((most, { say }) => (WEIGHT[say] > WEIGHT[most] ? say : most), 'fine' as Say)
  return {
    intent,
    outcome: OUTCOME[heaviest],
    quiet: findings.stolen.answer === 'flagged' || isFake(findings),
    findings,
    reasons: says
      .filter(({ say }) => WEIGHT[say] > 0 || heaviest === 'fine')
      .sort((a, b) => WEIGHT[b.say] - WEIGHT[a.say] || TELLING[intent].indexOf(a.question) - TELLING[intent].indexOf(b.question))
      .map(({ question }) => question),
    next: nextPlace(intent, OUTCOME[heaviest], findings),
    policyVersion: policy.version,
    decidedAt: now,
  }
}

const WEIGHT: Record<Say, number> = { fine: 0, ask: 1, refuse: 2 }
const OUTCOME: Record<Say, Outcome> = { fine: 'accept', ask: 'ask-staff', refuse: 'refuse' }

/** Which of two equally heavy reasons a person wants to hear first. */
const TELLING: Record<Intent, readonly Question[]> = {
  sell: ['stolen', 'authenticity', 'purchase', 'custody', 'recall', 'identity', 'warranty'],
  return: ['stolen', 'authenticity', 'purchase', 'identity', 'custody', 'recall', 'warranty'],
  check: ['stolen', 'authenticity', 'recall', 'purchase', 'warranty', 'identity', 'custody'],
  claim: ['stolen', 'authenticity', 'recall', 'warranty', 'purchase', 'identity', 'custody'],
  'trade-in': ['stolen', 'authenticity', 'identity', 'purchase', 'recall', 'custody', 'warranty'],
  transfer: ['stolen', 'authenticity', 'custody', 'purchase', 'recall', 'identity', 'warranty'],
  receive: ['stolen', 'authenticity', 'identity', 'custody', 'purchase', 'recall', 'warranty'],
}

function sayOf(intent: Intent, question: Question, findings: Findings): Say {
  const finding = findings[question]
  const table = SAYS[intent][question]
  return table[`${finding.answer}/${finding.reason}`] ?? table[finding.answer] ?? table['*'] ?? 'ask'
}

const isFake = (findings: Findings): boolean =>
  findings.authenticity.answer === 'counterfeit' ||
  (findings.authenticity.answer === 'suspect' && findings.authenticity.reason === 'counterfeit-suspected')

function nextPlace(intent: Intent, outcome: Outcome, findings: Findings): NextPlace {
  if (findings.stolen.answer === 'flagged') return 'police-hold'
  if (isFake(findings)) return 'quarantine'
  if (intent === 'sell') return outcome === 'accept' ? 'customer' : 'stay'
  if (intent === 'check') return 'stay'
  if (outcome === 'refuse') return 'customer'
  if (findings.recall.answer === 'affected') return 'quarantine'
  if (intent === 'claim') return 'maker'
  if (intent === 'transfer') return 'customer'
  return 'inspection'
}
