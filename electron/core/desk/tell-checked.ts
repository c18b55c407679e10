import type { Intent } from '../../../contract/verdict.ts'
import { judgeToKeep, unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import { recordEvent } from '../store/journal.ts'

/**
 * A piece was asked about: an event of its life, with the answer and the reason that weighed most, so that the centre
 * can say what was stopped and why. Judged again in this very turn, without what a register does not allow to be kept:
 * an event is never erased. Throws for a piece that is not known here.
 */
export function tellChecked(deed: Deed, unitId: string, intent: Intent): void {
  const { ground, staff } = deed
  const unit = unitOf(ground, unitId)
  if (unit === null) throw new Error(`unit ${unitId} is gone`)
  const { verdict } = judgeToKeep(ground, intent, unit, deed.flowId)
  const question = verdict.reasons[0] ?? 'identity'
  recordEvent(deed.db, {
    id: ground.newId(), kind: 'checked', unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId: staff?.staffId ?? null, who: staff?.name ?? null, facts: null,
    params: { outcome: verdict.outcome, seat: ground.seat, intent, question, reason: verdict.findings[question].reason },
  })
}
