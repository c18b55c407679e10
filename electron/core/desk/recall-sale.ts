import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Person } from '../../../contract/desk-view.ts'
import type { SaleState } from '../flows/sale-state.ts'
import type { Ground } from '../ground.ts'
import { flowOf, type FlowRow } from '../store/flows.ts'
import type { Writing } from '../store/store.ts'
import { frontOf, openFlow, setFront, stepFlow, type Screen } from './going-on.ts'
import { saleInHand } from './run-sale.ts'

/** Brings a parked sale to the front; one that is in hand with lines is parked in its place, never lost. */
export function recallSale(ground: Ground, db: Writing, flowId: string, staffId: string | null): Result<null> {
  const parked = flowOf(db, flowId)
  if (!parked || parked.kind !== 'sale' || parked.status !== 'parked') return refused('no-such-flow')
  const aside = layAside(ground, db, staffId)
  if (!aside.ok) return aside
  stepFlow(ground, db, { ...parked, staffId }, { ...(parked.state as SaleState), notice: null }, 'open', null)
  setFront(db, { screen: 'sale', flowId })
  return ok(null)
}

/** Makes room for another sale: one in hand with lines is parked. Refuses while it is being paid. */
export function layAside(ground: Ground, db: Writing, staffId: string | null): Result<null> {
  const inHand = flowOf(db, saleInHand(ground, db, staffId)) as FlowRow<SaleState> | null
  if (inHand && (inHand.state.at === 'tendering' || inHand.state.at === 'asking-terminal')) return refused('not-in-this-state')
  if (inHand) stepFlow(ground, db, inHand, inHand.state, inHand.state.lines.length > 0 ? 'parked' : 'dropped')
  return ok(null)
}

/**
 * Who takes over the till finds the own sale where it was left, and never the one of the person before: that one waits
 * for its own cashier. What the person may not do at all is not in front either.
 */
export function frontFor(ground: Ground, db: Writing, person: Person, maySee: (screen: Exclude<Screen, 'home' | 'kiosk'>) => boolean): void {
  const front = frontOf(db)
  if (front.screen === 'kiosk') return
  const flow = front.flowId === null ? null : flowOf(db, front.flowId)
  const isOwn = flow !== null && (flow.staffId === person.staffId || flow.kind !== 'sale')
  if (front.screen !== 'home' && isOwn && maySee(front.screen)) return
  const own = ground.seat === 'counter' && maySee('sale') ? openFlow(db, 'sale', person.staffId) : null
  const left = own === null ? null : (flowOf(db, own)?.state as SaleState | undefined)
  const goesOn = left !== undefined && left !== null && left.at !== 'paid' && left.lines.length > 0
  setFront(db, goesOn ? { screen: 'sale', flowId: own } : { screen: 'home', flowId: null })
}
