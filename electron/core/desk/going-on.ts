import { flowOf, saveFlow, type FlowKind, type FlowRow, type FlowStatus } from '../store/flows.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { Ground } from '../ground.ts'

export type Screen = 'home' | 'sale' | 'return' | 'check' | 'exchange' | 'trade-in' | 'kiosk'

/** Which flow is in front; a row, so that after a power cut the screen is where it was. */
export interface Front {
  readonly screen: Screen
  readonly flowId: string | null
}

export const frontOf = (db: Reading): Front => metaValue<Front>(db, 'front') ?? { screen: 'home', flowId: null }
export const setFront = (db: Writing, front: Front): void => setMeta(db, 'front', front)

/** The one flow of its kind that is open on this till, beside any that are parked; of one person only where one is named. */
export function openFlow(db: Reading, kind: FlowKind, staffId?: string | null): string | null {
  const row = sql(
    db,
    "SELECT id FROM flows WHERE kind = @kind AND status = 'open' AND (@any OR staff_id IS @staffId) ORDER BY touched_at DESC LIMIT 1",
  ).get({ kind, any: staffId === undefined ? 1 : 0, staffId: staffId ?? null }) as { id: string } | undefined
  return row?.id ?? null
}

export function beginFlow(ground: Ground, db: Writing, kind: FlowKind, state: unknown, staffId: string | null): string {
  const id = ground.newId()
  const now = ground.now()
  saveFlow(db, { id, kind, status: 'open', name: null, state, staffId, openedAt: now, touchedAt: now })
  return id
}

/** The open flow of its kind on this till, begun where there is none or where the last one is over. */
export function flowInHand<State>(ground: Ground, db: Writing, staffId: string | null, { kind, empty, isOver, ofOnePerson = false }: Beginning<State>): string {
  const open = ofOnePerson ? openFlow(db, kind, staffId) : openFlow(db, kind)
  const flow = open === null ? null : (flowOf(db, open) as FlowRow<State> | null)
  if (flow && !isOver(flow.state)) return flow.id
  if (flow) stepFlow(ground, db, flow, flow.state, 'done')
  return beginFlow(ground, db, kind, empty, staffId)
}

export interface Beginning<State> {
  readonly kind: FlowKind
  readonly empty: State
  readonly isOver: (state: State) => boolean
  /** Everybody has one of the own, beside those of the others. */
  readonly ofOnePerson?: boolean
}

/** Writes the next state of a flow; every step is durable before anybody sees it. */
export function stepFlow(ground: Ground, db: Writing, flow: FlowRow, state: unknown, status: FlowStatus = flow.status, name = flow.name): void {
  saveFlow(db, { ...flow, state, status, name, touchedAt: ground.now() })
}
