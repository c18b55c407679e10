import { later } from '../../../contract/days.ts'
import type { Deed } from '../flows/deed.ts'
import { depositHold_ms } from '../money/deposits.ts'
import { depositsOf } from '../money/sale-credits.ts'
import { creditRow } from '../store/credits.ts'
import { flowsHoldingPast, shortenHolds } from '../store/flows.ts'

/**
 * Holds that a wrong clock has made longer than anybody was promised end in their usual time, counted from now: those
 * of a cart, and those of a deposit that was itself taken under the wrong date. What a deposit of a right date holds is
 * paid for, and keeps the day that stands on its slip.
 */
export function bringHoldsBack({ ground, db }: Pick<Deed, 'ground' | 'db'>, at: string): void {
  const policy = ground.policy()
  const ofCart = later(at, policy.cartLease_ms)
  for (const flowId of flowsHoldingPast(db, ofCart)) {
    const deposits = depositsOf(ground, db, flowId)
    if (deposits.length === 0) shortenHolds(db, flowId, ofCart)
    else if (deposits.some(({ number }) => (creditRow(db, number)?.issued_at ?? at) > at))
      shortenHolds(db, flowId, later(at, depositHold_ms(policy)))
  }
}
