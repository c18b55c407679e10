import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Deed } from '../flows/deed.ts'
import { mayApprove } from './return-facts.ts'

export interface Approved {
  readonly do: 'approved'
  readonly staffId: string
  readonly name: string
  readonly reason: string
}

/**
 * Who answers for an amount that goes out: the person at the till with the own right, or with the one that a colleague
 * lent, each up to what the policy lets the role approve. Refuses where nobody may, and where no reason is given.
 */
export function approver(deed: Deed, stake_cents: number, note: string): Result<Approved> {
  const by = deed.authority('approve-return', (staffId) => mayApprove(deed.ground, staffId, stake_cents))
  if (by === null) return refused('no-right', { right: 'approve-return' })
  const reason = (by.reason ?? note).trim()
  return reason === '' ? refused('reason-missing') : ok({ do: 'approved', staffId: by.staffId, name: by.name, reason })
}
