import { DAY_MS } from '../durations.ts'
import type { OfflineRule, Policy } from '../policy.ts'
import type { Seat } from '../roles.ts'
import type { VerdictFacts } from './facts.ts'

/**
 * How much what we know can be trusted by its age alone. `from-the-future` is a clock gone wrong, here or where the
 * list was made; a day of grace lets two honest clocks differ. What has no date, or none that can be read, is `none`.
 */
export type Freshness = 'fresh' | 'too-old' | 'from-the-future' | 'none'

export function freshnessOf(asOf: string | null, policy: Policy, now: string): Freshness {
  if (asOf === null) return 'none'
  const age_ms = Date.parse(now) - Date.parse(asOf)
  if (Number.isNaN(age_ms)) return 'none'
  if (age_ms < -DAY_MS) return 'from-the-future'
  return age_ms <= policy.staleness.listAskAfter_ms ? 'fresh' : 'too-old'
}

/**
 * What holds at this seat while the centre has not been heard for longer than the shop likes; null: nothing of it, or
 * the word is fresh enough. A word of no date is as old as can be.
 */
export function cutOff(here: { seat: Seat }, asOf: string | null, policy: Policy, now: string): OfflineRule | null {
  const rule = policy.offline?.[here.seat]
  if (rule === undefined) return null
  const age_ms = Date.parse(now) - Date.parse(asOf ?? '')
  return Number.isNaN(age_ms) || age_ms > rule.after_ms ? rule : null
}

/** What a refund of this piece would cost the shop; null where nothing was paid for it that we know of. */
export function atStake(facts: VerdictFacts): number | null {
  const title = facts.unit?.title
  return title?.is === 'sold' || title?.is === 'transferred' ? title.purchase.paid_cents : null
}

/** Whether this seat may risk the refund of this piece on knowledge that is older than the policy likes. */
export function mayRisk(facts: VerdictFacts, policy: Policy): boolean {
  const stake_cents = atStake(facts)
  return stake_cents !== null && stake_cents <= (policy.staleness.offlineRefundUpTo_cents[facts.here.seat] ?? 0)
}
