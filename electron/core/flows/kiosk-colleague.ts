import type { Verdict } from '../../../contract/verdict.ts'
import type { HandOverWhy, KioskFacts, KioskState, KioskStep } from './kiosk-state.ts'

/** The warm hand-over, the same words for every cause: nobody is accused. A cart goes along with the customer. */
export function colleague(state: KioskState, facts: Pick<KioskFacts, 'newId'>, why: HandOverWhy, live: Pick<Verdict, 'quiet'> | null = null): KioskStep {
  const caseId = facts.newId()
  const { unitId, text, verdict } = state
  return {
    state: { ...state, at: 'colleague', caseId, remark: null, again: null },
    intents: [
      { want: 'hand-over', caseId, why, unitId, text, verdict, quiet: (live ?? verdict)?.quiet ?? false },
      ...(state.sale === null ? [] : [{ want: 'leave-sale' } as const]),
    ],
  }
}
