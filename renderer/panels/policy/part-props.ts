import type { Policy } from '../../../contract/policy.ts'
import type { PolicyDeskView } from '../../../contract/policy-view.ts'

/** What the rows need to know of the shop beside its rules; the till and the centre both have it. */
export type RulesAround = Pick<PolicyDeskView, 'currency' | 'categories' | 'stores'>

/** What every part of the editor is given. */
export interface PartProps {
  readonly draft: Policy
  readonly desk: RulesAround
  readonly onDraft: (draft: Policy) => void
}
