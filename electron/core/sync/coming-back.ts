import type { ExchangeState } from '../flows/exchange-state.ts'
import type { KioskState } from '../flows/kiosk-state.ts'
import type { ReturnState } from '../flows/return-state.ts'
import { openFlows, parkedFlows, type FlowRow } from '../store/flows.ts'
import type { Reading } from '../store/store.ts'

/** Pieces that are about to be taken back for money in this flow, and the one that goes out for it in an exchange. */
export function unitsComingBack(flow: FlowRow): string[] {
  switch (flow.kind) {
    case 'return':
      return (flow.state as ReturnState).pieces.flatMap(({ unitId }) => unitId ?? [])
    case 'exchange': {
      const { oldId, newId } = flow.state as ExchangeState
      return [oldId, newId].filter((unitId) => unitId !== null)
    }
    case 'kiosk':
      return [(flow.state as KioskState).unitId].filter((unitId) => unitId !== null)
    default:
      return []
  }
}

const TAKES_BACK = ['return', 'exchange', 'kiosk'] as const
const PAYS: readonly string[] = ['paying-out', 'paying'] satisfies (ReturnState | ExchangeState)['at'][]

/**
 * Whether money of this flow is on its way at a card terminal: it may take as long as it likes, and nobody knows how it
 * ends. At a kiosk it is so until its end is known, whatever stands on the screen.
 */
export const isAtTerminal = ({ kind, state }: FlowRow): boolean =>
  kind === 'kiosk' ? (state as KioskState).paying !== null : PAYS.includes((state as ReturnState | ExchangeState).at)

/** Pieces for which money is on its way back at a terminal of this till, be their customer still here or not. */
export const unitsAtTerminal = (db: Reading): string[] =>
  [...TAKES_BACK.flatMap((kind) => openFlows(db, kind)), ...parkedFlows(db, 'kiosk')].filter(isAtTerminal).flatMap(unitsComingBack)
