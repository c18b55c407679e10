import type { Policy } from '../policy.ts'
import { isSoldUnreceived } from '../stock-by-serial.ts'
import type { Title } from '../unit.ts'
import type { Intent } from '../verdict.ts'
import { unreachable } from '../unreachable.ts'
import { dayIn, daysBetween } from '../days.ts'
import type { VerdictFacts } from './facts.ts'
import { answersFrom, type Finding } from './finding.ts'
import { atStake, cutOff, freshnessOf, mayRisk } from './staleness.ts'

type Bought = Extract<Title, { is: 'sold' | 'transferred' }>

/** Was it bought here, and may that purchase still be undone? */
export function askPurchase(intent: Intent, facts: VerdictFacts, policy: Policy, now: string): Finding<'purchase'> {
  const rest = { source: facts.source, asOf: facts.asOf.mirror }
  const title = facts.unit?.title ?? { is: 'unknown' as const }
  switch (title.is) {
    case 'unknown': {
      const told = askOthers(facts)
      return told.reason === 'no-record' && intent === 'sell' && isSoldUnreceived(facts, policy) ? notSoldYet(intent, facts, policy, now) : told
    }
    case 'ours':
      return notSoldYet(intent, facts, policy, now)
    case 'returned':
      return askOffline(intent, facts, policy, now) ?? {
        answer: 'already-returned',
        reason: 'returned-on',
        params: { date: title.returnedAt, number: title.returnNumber },
        evidence: [title.returnNumber, title.purchase.receiptNumber],
        ...rest,
      }
    case 'sold':
    case 'transferred':
      return {
        answer: 'ours-sold', ...soldReason(intent, title, facts, policy, now), evidence: [title.purchase.receiptNumber], ...rest,
      }
    default:
      return unreachable(title)
  }
}

const notSoldYet = (intent: Intent, facts: VerdictFacts, policy: Policy, now: string): Finding<'purchase'> =>
  askOffline(intent, facts, policy, now) ?? {
    answer: 'ours-not-sold', reason: 'not-sold-yet', params: {}, evidence: [], source: facts.source, asOf: facts.asOf.mirror,
  }

/** The weightiest thing to say of a sale: first what refuses, then what asks, then where and when it was. */
function soldReason(intent: Intent, title: Bought, facts: VerdictFacts, policy: Policy, now: string) {
  const { purchase } = title
  const params = {
    date: purchase.soldAt,
    receipt: purchase.receiptNumber,
    store: facts.storeNames[purchase.storeId] ?? purchase.storeId,
  }
  const { timeZone } = facts.here
  const gone = daysBetween(dayIn(purchase.soldAt, timeZone), dayIn(now, timeZone))
  const days = windowOf(policy, facts.product?.category ?? '*')
  // Nobody is sent away because a battery on the till's main board is empty.
  if (facts.clock === 'suspect') return { reason: 'clock-suspect', params }
  if (intent === 'return' && gone > days) return { reason: 'window-over', params: { ...params, days, gone } }
  // A sale of the future, or of no readable day, is a clock gone wrong and not a window that is open for ever.
  if (!(gone >= -1)) return { reason: 'clock-wrong', params }
  // The money went out of the first owner's purse: whether it goes back into this one is for a person to say.
  if (intent === 'return' && title.is === 'transferred')
    return { reason: 'owner-changed', params: { ...params, date: title.transferredAt } }
  const alone = intent === 'return' ? offlineReason(atStake(facts), 'refundUpTo_cents', facts, policy, now) : null
  if (alone !== null) return { reason: alone, params }
  // A piece that was sold when we last heard may have been taken back elsewhere since.
  if (intent === 'return' && freshnessOf(facts.asOf.mirror, policy, now) !== 'fresh' && !mayRisk(facts, policy))
    return { reason: 'record-too-old', params }
  return { reason: purchase.channel === 'store' ? 'sold-here-on' : 'sold-online-on', params }
}

/** Why a seat that works by itself does not decide this; null: it does. */
function offlineReason(
  amount_cents: number | null, limit: 'sellUpTo_cents' | 'refundUpTo_cents', facts: VerdictFacts, policy: Policy, now: string,
): 'lease-over' | 'cut-off' | null {
  if (facts.lease === 'over') return 'lease-over'
  const upTo_cents = cutOff(facts.here, facts.asOf.mirror, policy, now)?.[limit] ?? null
  return upTo_cents !== null && (amount_cents ?? Number.POSITIVE_INFINITY) > upTo_cents ? 'cut-off' : null
}

/** Ours as far as this till knows, which is not far enough to sell it. */
function askOffline(intent: Intent, facts: VerdictFacts, policy: Policy, now: string): Finding<'purchase'> | null {
  const reason = intent === 'sell' ? offlineReason(facts.price_cents ?? null, 'sellUpTo_cents', facts, policy, now) : null
  return reason === null ? null : { answer: 'unknown', reason, params: {}, evidence: [], source: facts.source, asOf: facts.asOf.mirror }
}

function windowOf(policy: Policy, category: string): number {
  const windows = policy.returns.windows
  return (windows.find((entry) => entry.category === category) ?? windows.find((entry) => entry.category === '*'))?.days ?? 0
}

/** Our own records say nothing; somebody with a longer memory may. Silence is not "not ours". */
function askOthers(facts: VerdictFacts): Finding<'purchase'> {
  const told = answersFrom(facts, 'purchase')
  const first = told.find(({ said }) => said === 'another-merchant') ?? told.find(({ said }) => said === 'none-of-ours') ?? told[0]
  if (first === undefined)
    return {
      answer: 'unknown', reason: 'no-record', params: {}, evidence: [], source: facts.source, asOf: facts.asOf.mirror,
    }
  const rest = {
    params: { register: first.register }, evidence: first.reference === null ? [] : [first.reference], source: first.register,
  }
  switch (first.said) {
    case 'another-merchant':
      return { answer: 'sold-elsewhere', reason: 'sold-by-another', ...rest, asOf: first.at }
    case 'none-of-ours':
      return { answer: 'not-ours', reason: 'not-ours', ...rest, asOf: first.at }
    case 'unreachable':
      return { answer: 'unknown', reason: 'register-unreachable', ...rest, asOf: null }
    default:
      return unreachable(first.said)
  }
}
