import { ok, refused, type Result } from '../../../contract/fault.ts'
import { judgeUnit, refundOf, unitOf } from '../facts/judge.ts'
import { finishReturn } from '../flows/carry-out.ts'
import type { Deed } from '../flows/deed.ts'
import { peekNumber, RETURN_SERIES } from '../flows/numbers.ts'
import { EMPTY_RETURN, stepReturn, type ReturnFacts, type ReturnInput, type ReturnState } from '../flows/return.ts'
import type { Ground } from '../ground.ts'
import { flowOf, type FlowRow } from '../store/flows.ts'
import type { Writing } from '../store/store.ts'
import { beginFlow, openFlow, stepFlow } from './going-on.ts'
import { keepVerdict } from './run-sale.ts'

/** The open return of this till, begun where there is none or the last one is done. */
export function returnInHand(ground: Ground, db: Writing, staffId: string | null): string {
  const open = openFlow(db, 'return')
  const flow = open === null ? null : (flowOf(db, open) as FlowRow<ReturnState> | null)
  if (flow && (flow.state.at === 'scan' || flow.state.at === 'assess')) return flow.id
  if (flow) stepFlow(ground, db, flow, flow.state, 'done')
  return beginFlow(ground, db, 'return', EMPTY_RETURN, staffId)
}

/** Look, decide, write: one step of a return inside the transaction it is called in. */
export function runReturn(deed: Deed, input: ReturnInput): Result<null> {
  const { ground, db } = deed
  const flow = flowOf(db, deed.flowId) as FlowRow<ReturnState> | null
  if (!flow || flow.kind !== 'return' || flow.status !== 'open') return refused('no-such-flow')
  const facts = returnFacts(deed, flow.state)
  const step = stepReturn(flow.state, input, facts)
  if (step.refused) return refused(step.refused)
  for (const intent of step.intents) {
    if (intent.want === 'record-case') {
      keepVerdict(deed, intent.unitId, intent.text, intent.verdict, 'handed-over', intent.caseId)
    } else {
      const unit = unitOf(ground, intent.unitId)
      if (!unit) throw new Error(`unit ${intent.unitId} is gone`)
      keepVerdict(deed, intent.unitId, flow.state.text, intent.verdict, null)
      finishReturn(deed, intent, unit, flow.state.approvedBy?.name ?? null)
    }
  }
  stepFlow(ground, db, flow, step.state)
  return ok(null)
}

export function returnFacts(deed: Pick<Deed, 'ground' | 'db' | 'flowId'>, state: ReturnState): ReturnFacts {
  const { ground } = deed
  const unit = state.unitId === null ? null : unitOf(ground, state.unitId)
  const refund = unit ? refundOf(unit) : null
  const policy = ground.policy()
  return {
    now: ground.now(),
    newId: ground.newId,
    unit,
    verdict: unit ? judgeUnit(ground, 'return', unit, deed.flowId).verdict : null,
    refund,
    needsApproval:
      (refund !== null && refund.amount_cents >= policy.returns.approvalFrom_cents) ||
      (state.condition !== null && !policy.returns.acceptedConditions.includes(state.condition)),
    nextReturnNumber: peekNumber(ground, deed.db, RETURN_SERIES),
    reasons: policy.returns.reasons,
  }
}
