import type { ExchangeState } from '../flows/exchange-state.ts'
import type { KioskState } from '../flows/kiosk-state.ts'
import type { ReturnState } from '../flows/return-state.ts'
import type { Ground } from '../ground.ts'
import { boughtLine } from '../returns/bought.ts'
import type { FlowRow } from '../store/flows.ts'
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

/** The numbers of the receipts by which plain goods are about to be taken back for money in this flow, each once. */
export function receiptsComingBack(ground: Ground, db: Reading, flow: FlowRow): string[] {
  if (flow.kind !== 'return') return []
  return [...new Set((flow.state as ReturnState).pieces.flatMap(({ lineId }) => (lineId === null ? [] : (boughtLine(ground, db, lineId)?.receiptNumber ?? []))))]
}
