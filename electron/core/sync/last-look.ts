import type { Desk } from '../desk/desk.ts'
import { frontOf } from '../desk/going-on.ts'
import { unitIdsOf } from '../flows/line-pieces.ts'
import type { SaleState } from '../flows/sale-state.ts'
import { say } from '../flows/say.ts'
import type { Ground } from '../ground.ts'
import { flowOf } from '../store/flows.ts'
import { unitsComingBack } from './coming-back.ts'
import type { ReceiptLine } from './receipt-line.ts'
import { receiptsComingBack } from './receipts-on-counter.ts'

export interface LastLookParts {
  readonly ground: Ground
  readonly desk: () => Desk
  readonly receipts: Pick<ReceiptLine, 'lookUp'>
  /** Asks for the leases of these pieces; resolves when they are answered, or the breath is over. */
  readonly confirm: (unitIds: readonly string[]) => Promise<void>
}

/**
 * The last look before money moves, in or out: the leases of what is on the counter and how its receipts stand, so
 * that no piece is sold or refunded at two tills at once, and no plain goods come back twice. Never longer than a
 * breath. Null: the flow in front. Answers false, and says so, where a receipt lies on another counter by now.
 */
export async function lastLook(parts: LastLookParts, flowId: string | null): Promise<boolean> {
  const { ground } = parts
  const db = ground.store.reading
  const flow = flowOf(db, flowId ?? frontOf(db).flowId ?? '')
  if (flow === null) return true
  const [held] = await Promise.all([
    heldElsewhere(parts, receiptsComingBack(ground, db, flow)),
    parts.confirm(flow.kind === 'sale' ? (flow.state as SaleState).lines.flatMap(unitIdsOf) : unitsComingBack(flow)),
  ])
  const desk = parts.desk()
  if (held !== null) desk.raise(say(ground, 'stop', 'receipt-held', held))
  else if (desk.view().alarm?.code === 'receipt-held') desk.raise(null)
  return held === null
}

/** How each of these receipts stands now. Answers the first that lies on another counter; null: none, as far as the centre could be asked. */
async function heldElsewhere({ receipts }: LastLookParts, numbers: readonly string[]): Promise<{ number: string; till: string } | null> {
  const looked = await Promise.all(numbers.map(async (number) => ({ number, now: await receipts.lookUp(number, true) })))
  return looked.flatMap(({ number, now }) => (now.is === 'held' ? { number, till: now.till } : []))[0] ?? null
}
