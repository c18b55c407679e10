import { ok, refused, type Result } from '../../../contract/fault.ts'
import { judgeStranger, judgeToKeep, unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import { EMPTY_CHECK, stepCheck, type CheckFacts, type CheckInput, type CheckState } from '../flows/check.ts'
import type { Ground } from '../ground.ts'
import { recallOfGoods } from '../recalls/campaigns.ts'
import { openFlowOf } from '../store/flows.ts'
import type { Writing } from '../store/store.ts'
import { beginFlow, openFlow, stepFlow } from './going-on.ts'
import { keepVerdict } from './run-sale.ts'
import { tellChecked } from './tell-checked.ts'

export function checkInHand(ground: Ground, db: Writing, staffId: string | null): string {
  return openFlow(db, 'check') ?? beginFlow(ground, db, 'check', EMPTY_CHECK, staffId)
}

/** Look, decide, write: one step of a check. What was answered is kept, and the unit's life says it was asked about. */
export function runCheck(deed: Deed, input: CheckInput): Result<null> {
  const { ground, db } = deed
  const flow = openFlowOf<CheckState>(db, deed.flowId, 'check')
  if (flow === null) return refused('no-such-flow')
  const facts: CheckFacts = {
    newId: ground.newId,
    today: ground.now().slice(0, 10),
    recallOf: (productId, lot) => recallOfGoods(ground.mirror.reading, productId, lot),
    verdictOn: (about) => {
      if ('found' in about) return judgeStranger(ground, 'check', about.found, deed.flowId).verdict
      const unit = unitOf(ground, about.unitId)
      if (!unit) throw new Error(`unit ${about.unitId} is gone`)
      // The state is a row, and a row holds nothing that may not be kept; the screen is told the whole answer.
      return judgeToKeep(ground, 'check', unit, deed.flowId).verdict
    },
  }
  if (input.do === 'take-unit' && !unitOf(ground, input.unitId)) return refused('no-such-unit')
  const step = stepCheck(flow.state, input, facts)
  if (step.refused) return refused(step.refused)
  for (const intent of step.intents) {
    keepVerdict(deed, intent.unitId, intent.text, intent.verdict, null)
    if (intent.unitId !== null) tellChecked(deed, intent.unitId, 'check')
  }
  stepFlow(ground, db, flow, step.state)
  return ok(null)
}
