import type { Policy } from '../../../contract/policy.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import type { Mirror } from '../mirror/mirror.ts'
import type { Reading } from '../store/store.ts'
import { customerOfFlow } from './customer-rows.ts'

/**
 * Whether the policy wants a customer for this cart and none is in it: a line of a named category, or of any, whose
 * total reaches the amount. A policy that says nothing wants nobody.
 */
export function customerMissing(
  db: Reading, mirror: Mirror, policy: Policy, flowId: string, lines: readonly Pick<SaleLine, 'productId' | 'total_cents'>[],
): boolean {
  const rules = policy.customerNeeded ?? []
  if (rules.length === 0 || customerOfFlow(db, flowId) !== null) return false
  return rules.some(({ category, from_cents }) =>
    lines.some((line) => line.total_cents >= from_cents && (category === '*' || mirror.product(line.productId)?.category === category)),
  )
}
