import type { KioskTask } from '../../../contract/kiosk-view.ts'
import type { Intent } from '../../../contract/verdict.ts'
import { INTENT_OF_TASK } from '../flows/kiosk-state.ts'
import type { FlowKind, FlowRow } from '../store/flows.ts'

const INTENT_OF: Readonly<Record<FlowKind, Intent>> = { sale: 'sell', return: 'return', check: 'check', kiosk: 'return', exchange: 'return', 'trade-in': 'trade-in' }

interface AnyState {
  readonly unitId?: string | null
  readonly task?: KioskTask
  readonly oldId?: string | null
  readonly lines?: readonly { readonly unitId?: string | null; readonly parts?: readonly { readonly unitId: string }[] }[]
  readonly pieces?: readonly { readonly unitId?: string | null }[]
}

/** The pieces a flow has on its table and what is meant to be done with them, whichever flow it is. */
export function piecesIn(flow: FlowRow): { unitId: string; intent: Intent }[] {
  const state = flow.state as AnyState
  const intent = flow.kind === 'kiosk' && state.task !== undefined ? INTENT_OF_TASK[state.task] : INTENT_OF[flow.kind]
  const parts = (state.lines ?? []).flatMap((line) => line.parts ?? [])
  const ids = [state.unitId, state.oldId, ...[...(state.lines ?? []), ...parts, ...(state.pieces ?? [])].map((line) => line.unitId)].filter((id) => typeof id === 'string')
  return [...new Set(ids)].map((unitId) => ({ unitId, intent }))
}
