import { dayIn } from '../../../contract/days.ts'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import type { ClaimOffer } from '../../../contract/return-view.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { claimOptions } from '../service/claim-options.ts'
import { earlierClaims } from '../service/claims.ts'

/** Reasons that are about a fault of the piece, and not about the customer's mind. */
const FAULTS: readonly string[] = ['faulty', 'dead-on-arrival']

/**
 * What may be offered in place of the money for a faulty piece: the most generous promise that carries a claim today.
 * The money stays what it was; null without a fault, without such a promise, and where the shop's rules do not offer it.
 */
export function claimInstead(ground: Ground, unit: KnownUnit | null, reason: string | null): ClaimOffer | null {
  if (unit === null || reason === null || !FAULTS.includes(reason)) return null
  const policy = ground.policy()
  if (returnRules(policy).claimFirst === 'never') return null
  const { title, cover } = unit.facts
  if (title.is !== 'sold' && title.is !== 'transferred') return null
  const today = dayIn(ground.now(), ground.place.time_zone)
  const [best] = claimOptions(cover, today, policy, earlierClaims(ground.store.reading, unit.id, null))
  return best === undefined || best.basis === 'none' || best.until === null ? null : { basis: best.basis, until: best.until }
}
