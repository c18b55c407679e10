import type { Flag } from '../unit.ts'
import type { Policy } from '../policy.ts'
import { dayIn, daysBetween } from '../days.ts'
import type { VerdictFacts } from './facts.ts'
import { answersFrom, flagOf, type Finding } from './finding.ts'
import { freshnessOf } from './staleness.ts'

type Listed<A extends string> = Omit<Finding<'stolen'>, 'answer'> & { answer: A | 'unknown' }

/** Is anybody looking for it? A list older than the policy allows is no longer a clear list. */
export function askStolen(facts: VerdictFacts, policy: Policy, now: string): Finding<'stolen'> {
  const hit = flagOf(facts, ['stolen-own', 'stolen-reported'])
  if (hit)
    return {
      answer: 'flagged',
      reason: hit.kind,
      params: { date: hit.at, source: hit.source, reference: hit.reference ?? '' },
      evidence: [hit.reason, ...(hit.reference ? [hit.reference] : [])],
      source: hit.source,
      asOf: hit.at,
    }
  const told = answersFrom(facts, 'stolen')
  const listed = told.find(({ said }) => said === 'listed')
  if (listed)
    return {
      answer: 'flagged',
      reason: 'stolen-reported',
      params: { date: listed.at, source: listed.register, reference: listed.reference ?? '' },
      evidence: listed.reference === null ? [] : [listed.reference],
      source: listed.register,
      asOf: listed.at,
    }
  const silent = told.find(({ said }) => said === 'unreachable' || said === 'not-kept')
  if (silent)
    return {
      answer: 'unknown', reason: silent.said === 'not-kept' ? 'answer-not-kept' : 'register-unreachable', params: { register: silent.register }, evidence: [], source: silent.register,
      asOf: null,
    }
  // Of a stranger's piece our own list knows nothing; a register that was asked about this very number does.
  const asked = told.find(({ said, at }) => said === 'not-listed' && freshnessOf(at, policy, now) === 'fresh')
  if (facts.unit === null && asked)
    return { answer: 'clear', reason: 'no-flag', params: {}, evidence: [], source: asked.register, asOf: asked.at }
  return ownList(facts, facts.asOf.stolen, policy, now, { answer: 'clear', reason: 'no-flag' })
}

/** Is it part of a recall? Of several campaigns the one that is still open speaks. */
export function askRecall(facts: VerdictFacts, policy: Policy, now: string): Finding<'recall'> {
  const flags = facts.unit?.flags ?? []
  const remedies = flags.filter(({ kind }) => kind === 'recall-remedied')
  const open = flags.find((flag) => flag.kind === 'recall' && !remedies.some((remedy) => endsRecall(remedy, flag)))
  if (open)
    return {
      answer: 'affected',
      reason: 'campaign-affects',
      params: { campaign: open.reference ?? open.reason },
      evidence: [open.reason],
      source: open.source,
      asOf: open.at,
    }
  const list = ownList(facts, facts.asOf.recall, policy, now, { answer: 'none' as const, reason: 'no-campaign' })
  const remedied = remedies[0]
  if (!remedied) return list
  // One campaign put right says nothing of the next, which an old list may not know yet.
  if (list.answer === 'unknown')
    return { ...list, evidence: remedies.map(({ reference, reason }) => reference ?? reason) }
  return {
    answer: 'remedied',
    reason: 'campaign-remedied',
    params: { campaign: remedied.reference ?? remedied.reason },
    evidence: [remedied.reason],
    source: remedied.source,
    asOf: remedied.at,
  }
}

/** The remedy of this very campaign, and not from before it was called out again. */
const endsRecall = (remedy: Flag, recall: Flag): boolean => remedy.reference === recall.reference && !(remedy.at < recall.at)

/** No flag on a list of our own: a good answer only where there is such a list, it is fresh, and the piece is ours to look up. */
function ownList<A extends string>(
  facts: VerdictFacts,
  asOf: string | null,
  policy: Policy,
  now: string,
  clear: { readonly answer: A; readonly reason: string },
): Listed<A> {
  const rest = { params: {}, evidence: [], source: 'mirror', asOf }
  if (facts.unit === null) return { answer: 'unknown', reason: 'not-known-here', ...rest }
  switch (freshnessOf(asOf, policy, now)) {
    case 'none':
      return { answer: 'unknown', reason: 'no-list', ...rest }
    case 'from-the-future':
      return { answer: 'unknown', reason: 'clock-wrong', ...rest, params: { date: asOf ?? '' } }
    case 'too-old': {
      const { timeZone } = facts.here
      return {
        answer: 'unknown', reason: 'list-too-old', ...rest,
        params: { age_days: daysBetween(dayIn(asOf ?? '', timeZone), dayIn(now, timeZone)) },
      }
    }
    default:
      return { ...clear, ...rest }
  }
}
