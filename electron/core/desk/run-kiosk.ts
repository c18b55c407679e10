import { ok, refused, type Result } from '../../../contract/fault.ts'
import { judgeUnit, refundOf, unitOf } from '../facts/judge.ts'
import { later } from '../facts/days.ts'
import { finishReturn } from '../flows/carry-out.ts'
import type { Deed } from '../flows/deed.ts'
import { peekNumber, RETURN_SERIES } from '../flows/numbers.ts'
import { KIOSK_START, stepKiosk, type KioskFacts, type KioskInput, type KioskState } from '../flows/kiosk.ts'
import type { Ground } from '../ground.ts'
import { recordCase } from '../store/evidence.ts'
import { flowOf, type FlowRow } from '../store/flows.ts'
import { sql, type Writing } from '../store/store.ts'
import { beginFlow, openFlow, stepFlow } from './going-on.ts'
import { checkedEvent } from './run-check.ts'
import { keepVerdict } from './run-sale.ts'

export function kioskInHand(ground: Ground, db: Writing): string {
  return openFlow(db, 'kiosk') ?? beginFlow(ground, db, 'kiosk', KIOSK_START, null)
}

/** Look, decide, write: one step of a customer alone at the kiosk. */
export function runKiosk(deed: Deed, input: KioskInput): Result<null> {
  const { ground, db } = deed
  const flow = flowOf(db, deed.flowId) as FlowRow<KioskState> | null
  if (!flow || flow.kind !== 'kiosk' || flow.status !== 'open') return refused('no-such-flow')
  const step = stepKiosk(flow.state, input, kioskFacts(deed))
  if (step.refused) return refused(step.refused)
  for (const intent of step.intents) {
    switch (intent.want) {
      case 'keep-check':
        keepVerdict(deed, intent.unitId, intent.text, intent.verdict, null)
        checkedEvent(deed, intent.unitId, intent.verdict.outcome)
        break
      case 'record-case':
        keepVerdict(deed, intent.unitId, intent.text, intent.verdict, 'kiosk', intent.caseId)
        break
      case 'call':
        recordCase(db, { id: intent.caseId, at: ground.now(), kind: 'kiosk-call', unitId: null, verdictId: null, quiet: false, seat: ground.seat })
        break
      default: {
        const unit = unitOf(ground, intent.unitId)
        if (!unit) throw new Error(`unit ${intent.unitId} is gone`)
        keepVerdict(deed, intent.unitId, flow.state.text, intent.verdict, null)
        const done = finishOneReturn(deed, intent, unit, null)
        if (!done.ok) return done
      }
    }
  }
  // A session that begins or ends leaves no trace of the one before it.
  const over = step.state.at === 'start' && flow.state.at !== 'start'
  stepFlow(ground, db, flow, over ? KIOSK_START : step.state)
  return ok(null)
}

function kioskFacts(deed: Deed): KioskFacts {
  const { ground } = deed
  const policy = ground.policy()
  const unit = (unitId: string) => {
    const known = unitOf(ground, unitId)
    if (!known) throw new Error(`unit ${unitId} is gone`)
    return known
  }
  return {
    newId: ground.newId,
    verdictOn: (unitId, task) => judgeUnit(ground, task, unit(unitId), deed.flowId).verdict,
    refundOf: (unitId) => refundOf(unit(unitId)),
    refundUpTo_cents: policy.kiosk.refundUpTo_cents,
    // No terminal of ours gives money back to a card yet; only in the demo shop, where nothing is real, it is acted out.
    canGiveBack: (to) => to === 'card' && ground.demo,
    acceptedConditions: policy.returns.acceptedConditions,
    reasons: policy.returns.reasons,
    nextReturnNumber: peekNumber(ground, deed.db, RETURN_SERIES),
    mayCheck: checksOfTheHour(ground) < policy.kiosk.checksPerHour,
  }
}

function checksOfTheHour(ground: Ground): number {
  const since = later(ground.now(), -3_600_000)
  const row = sql(ground.store.reading, "SELECT count(*) AS n FROM verdicts WHERE seat = 'kiosk' AND at > ?").get(since) as { n: number }
  return row.n
}
