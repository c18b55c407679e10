import type { PolicyState } from '../../../contract/policy-view.ts'
import type { Ground } from '../ground.ts'

export function policyState(ground: Ground): PolicyState {
  const { policy, from, broken, trial } = ground.policyInForce()
  return { version: policy.version, from, shadow: policy.shadow, broken, trial: trial?.policy.version ?? null }
}
