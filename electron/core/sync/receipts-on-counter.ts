import type { ReturnState } from '../flows/return-state.ts'
import type { Ground } from '../ground.ts'
import { boughtLine } from '../returns/bought.ts'
import { openFlows, type FlowRow } from '../store/flows.ts'
import type { Reading } from '../store/store.ts'
import { isAtTerminal } from './coming-back.ts'

/** The numbers of the receipts by which plain goods are about to be taken back for money in this flow, each once. */
export function receiptsComingBack(ground: Ground, db: Reading, flow: FlowRow): string[] {
  if (flow.kind !== 'return') return []
  return [...new Set((flow.state as ReturnState).pieces.flatMap(({ lineId }) => (lineId === null ? [] : (boughtLine(ground, db, lineId)?.receiptNumber ?? []))))]
}

/** A receipt that somebody has in hand here. */
export interface OnCounter {
  readonly number: string
  /** Somebody did something about it no longer ago than a cart is left alone, or its money is on its way. */
  readonly isInUse: boolean
}

/** The receipts of the returns that are not over: those whose lines are looked at, and those by which something comes back. */
export function receiptsOnCounter(ground: Ground): OnCounter[] {
  const db = ground.store.reading
  const usedSince = new Date(ground.clock.now() - ground.policy().cartLease_ms).toISOString()
  return openFlows(db, 'return').flatMap((flow) => {
    const { at, receipt } = flow.state as ReturnState
    if (at === 'done' || at === 'handed-over') return []
    const isInUse = isAtTerminal(flow) || flow.touchedAt > usedSince
    return [...new Set([...(receipt === null ? [] : [receipt]), ...receiptsComingBack(ground, db, flow)])].map((number) => ({ number, isInUse }))
  })
}
