import type { Policy } from '../../../contract/policy.ts'
import type { PolicyDeskView } from '../../../contract/policy-view.ts'

/** What every part of the editor is given. */
export interface PartProps {
  readonly draft: Policy
  readonly desk: PolicyDeskView
  readonly onDraft: (draft: Policy) => void
}
