import type { Policy } from '../policy.ts'
import {
  QUESTIONS, type Findings, type Intent, type Outcome, type Question, type Verdict,
} from '../verdict.ts'
import { askCustody } from './ask-custody.ts'
import { sayOfPlace } from './ask-readings.ts'
import { askRecall, askStolen } from './ask-lists.ts'
import { askAuthenticity, askIdentity } from './ask-piece.ts'
import { askPurchase } from './ask-purchase.ts'
import { askWarranty } from './ask-warranty.ts'
import type { VerdictFacts } from './facts.ts'
import { isFake, nextPlace } from './next-place.ts'
import { heavierOf, sayOf, type Say } from './says.ts'
import { mayRisk } from './staleness.ts'

/**
 * One scan, one answer: may this piece be sold, taken back, claimed for? Pure and total: the same facts under the
 * same policy at the same time give the same verdict on counter, kiosk and hub, and no facts make it throw.
 * `now` is UTC, ISO 8601; days are counted in the time zone of the facts.
 */
export function decide(intent: Intent, facts: VerdictFacts, policy: Policy, now: string): Verdict {
  const findings: Findings = {
    identity: bounded(askIdentity(facts)),
    purchase: bounded(askPurchase(intent, facts, policy, now)),
    warranty: bounded(askWarranty(facts, now)),
    stolen: bounded(askStolen(facts, policy, now)),
    recall: bounded(askRecall(facts, policy, now)),
    authenticity: bounded(askAuthenticity(facts)),
    custody: bounded(askCustody(intent, facts, policy, now)),
  }
  const says = QUESTIONS.map((question) => ({ question, say: weighed(intent, question, findings, facts, policy) }))
  const wouldBe = OUTCOME[heaviestOf(says)]
  const enforced = policy.shadow ? says.map((told) => withoutRules(told, findings)) : says
  const heaviest = heaviestOf(enforced)
  const outcome = OUTCOME[heaviest]
  return {
    intent,
    outcome,
    quiet: findings.stolen.answer === 'flagged' || isFake(findings),
    findings,
    reasons: enforced
      .filter(({ say }) => say !== 'fine' || heaviest === 'fine')
      .sort((a, b) => byWeight(intent, findings, a, b))
      .map(({ question }) => question),
    next: nextPlace(intent, outcome, findings, facts.unit?.condition ?? null),
    policyVersion: policy.version,
    ...(policy.shadow ? { wouldBe } : {}),
    decidedAt: now,
  }
}

const heaviestOf = (says: readonly Told[]): Say => says.reduce<Say>((most, { say }) => heavierOf(most, say), 'fine')

/** Reasons that are the shop's own rules and limits, as against what is simply so. */
const RULES: Readonly<Partial<Record<Question, readonly string[]>>> = {
  purchase: ['window-over', 'owner-changed', 'record-too-old', 'cut-off'],
  stolen: ['list-too-old', 'register-unreachable', 'answer-not-kept'],
  recall: ['list-too-old'],
}

/**
 * Rules in shadow are asked and logged and stop nothing yet. What is no rule stops as ever: a theft, a piece that came
 * back already, another cart.
 */
const withoutRules = (told: Told, findings: Findings): Told =>
  RULES[told.question]?.includes(findings[told.question].reason) === true ? { ...told, say: 'fine' } : told

const SOURCE_MAX = 64
const EVIDENCE_MAX = 256

/** A flag may say more than an answer has room for: what is too long is cut, and the flag still has the whole of it. */
function bounded<F extends { source: string; evidence: string[] }>(finding: F): F {
  return {
    ...finding, source: finding.source.slice(0, SOURCE_MAX),
    evidence: finding.evidence.map((line) => line.slice(0, EVIDENCE_MAX)),
  }
}

const OUTCOME: Readonly<Record<Say, Outcome>> = { fine: 'accept', ask: 'ask-staff', refuse: 'refuse' }
const ORDER: Readonly<Record<Say, number>> = { refuse: 0, ask: 1, fine: 2 }

interface Told {
  readonly question: Question
  readonly say: Say
}

const byWeight = (intent: Intent, findings: Findings, a: Told, b: Told): number =>
  quietFirst(findings, a.question, b.question) ||
  ORDER[a.say] - ORDER[b.say] ||
  TELLING[intent].indexOf(a.question) - TELLING[intent].indexOf(b.question)

/** A hit nobody may overhear is what staff must read first, also beside a number that could not be read. */
function quietFirst(findings: Findings, first: Question, second: Question): number {
  const isHit = (question: Question): boolean =>
    (question === 'stolen' && findings.stolen.answer === 'flagged') || (question === 'authenticity' && isFake(findings))
  return Number(isHit(second)) - Number(isHit(first))
}

/** Which of two equally heavy reasons a person wants to hear first. */
const TELLING: Readonly<Record<Intent, readonly Question[]>> = {
  sell: ['stolen', 'authenticity', 'purchase', 'custody', 'recall', 'identity', 'warranty'],
  return: ['stolen', 'authenticity', 'purchase', 'identity', 'custody', 'recall', 'warranty'],
  check: ['stolen', 'authenticity', 'recall', 'purchase', 'warranty', 'identity', 'custody'],
  claim: ['stolen', 'authenticity', 'recall', 'warranty', 'purchase', 'identity', 'custody'],
  'trade-in': ['stolen', 'authenticity', 'identity', 'purchase', 'recall', 'custody', 'warranty'],
  transfer: ['stolen', 'authenticity', 'custody', 'purchase', 'recall', 'identity', 'warranty'],
  receive: ['stolen', 'authenticity', 'identity', 'custody', 'purchase', 'recall', 'warranty'],
}

/** Reasons that say "we could not look", as against "we looked and found". */
const COULD_NOT_LOOK = ['list-too-old', 'register-unreachable']

/** The handbook's word, with the two rules that look at more than one answer. */
function weighed(intent: Intent, question: Question, findings: Findings, facts: VerdictFacts, policy: Policy): Say {
  const finding = findings[question]
  const say = question === 'custody' ? sayOfPlace(intent, findings.custody, facts, policy) : sayOf(intent, question, finding, facts.here.seat)
  // What a seat may risk while nobody can be asked is the shop's own rule; the answer itself stays "unknown".
  const list = question === 'stolen' || question === 'recall'
  if (intent === 'return' && say === 'ask' && list && COULD_NOT_LOOK.includes(finding.reason) && mayRisk(facts, policy)) return 'fine'
  // The centre's leave to sell without it is the centre's to give: the shop may leave nothing to its staff.
  if (question === 'purchase' && finding.reason === 'lease-over' && policy.leaseOver === 'stop') return 'refuse'
  // A recall gives a right of its own to a remedy, however long the cover has been over.
  if (intent === 'claim' && say === 'refuse' && question === 'warranty' && findings.recall.answer === 'affected') return 'ask'
  return say
}
