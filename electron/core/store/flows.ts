import { sql, type Reading, type Writing } from './store.ts'

export type FlowKind = 'sale' | 'return' | 'check' | 'kiosk' | 'exchange' | 'trade-in'
export type FlowStatus = 'open' | 'parked' | 'done' | 'dropped'

export interface FlowRow<State = unknown> {
  readonly id: string
  readonly kind: FlowKind
  readonly status: FlowStatus
  readonly name: string | null
  readonly revision: number
  readonly state: State
  readonly staffId: string | null
  readonly openedAt: string
  readonly touchedAt: string
}

interface Raw {
  id: string
  kind: FlowKind
  status: FlowStatus
  name: string | null
  revision: number
  state: string
  staff_id: string | null
  opened_at: string
  touched_at: string
}

const read = (row: Raw): FlowRow => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  name: row.name,
  revision: row.revision,
  state: JSON.parse(row.state) as unknown,
  staffId: row.staff_id,
  openedAt: row.opened_at,
  touchedAt: row.touched_at,
})

export function flowOf(db: Reading, id: string): FlowRow | null {
  const row = sql(db, 'SELECT * FROM flows WHERE id = ?').get(id) as Raw | undefined
  return row ? read(row) : null
}

/** A flow that may be stepped: of this kind, and neither parked nor over. Null for any other id. */
export function openFlowOf<State>(db: Reading, id: string, kind: FlowKind): FlowRow<State> | null {
  const flow = flowOf(db, id) as FlowRow<State> | null
  return flow?.kind === kind && flow.status === 'open' ? flow : null
}

export const openFlows = (db: Reading, kind: FlowKind): FlowRow[] =>
  (sql(db, "SELECT * FROM flows WHERE status = 'open' AND kind = ? ORDER BY touched_at").all(kind) as Raw[]).map(read)

export const parkedFlows = (db: Reading, kind: FlowKind): FlowRow[] =>
  (sql(db, "SELECT * FROM flows WHERE status = 'parked' AND kind = ? ORDER BY touched_at").all(kind) as Raw[]).map(read)

/** The state of a flow is a row: a crash at any moment loses nothing but the step that was not yet taken. */
export function saveFlow(db: Writing, flow: Omit<FlowRow, 'revision'>): void {
  sql(
    db,
    `INSERT INTO flows (id, kind, status, name, revision, state, staff_id, opened_at, touched_at)
     VALUES (@id, @kind, @status, @name, 1, @state, @staffId, @openedAt, @touchedAt)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, name = excluded.name, revision = revision + 1,
       state = excluded.state, staff_id = excluded.staff_id, touched_at = excluded.touched_at`,
  ).run({ ...flow, state: JSON.stringify(flow.state) })
}

/** Takes the unit for a cart. Answers the flow that has it already, or null when it is ours now. */
export function hold(db: Writing, unitId: string, flowId: string, until: string, now: string): string | null {
  const other = holderOf(db, unitId, now)
  if (other !== null && other !== flowId) return other
  sql(
    db,
    `INSERT INTO holds (unit_id, flow_id, until) VALUES (?, ?, ?)
     ON CONFLICT (unit_id) DO UPDATE SET flow_id = excluded.flow_id, until = excluded.until`,
  ).run(unitId, flowId, until)
  return null
}

export function holderOf(db: Reading, unitId: string, now: string): string | null {
  const row = sql(db, 'SELECT flow_id, until FROM holds WHERE unit_id = ?').get(unitId) as
    | { flow_id: string; until: string }
    | undefined
  return row && row.until > now ? row.flow_id : null
}

export function release(db: Writing, unitId: string, flowId: string): void {
  sql(db, 'DELETE FROM holds WHERE unit_id = ? AND flow_id = ?').run(unitId, flowId)
}

export function releaseAll(db: Writing, flowId: string): void {
  sql(db, 'DELETE FROM holds WHERE flow_id = ?').run(flowId)
}

/** The flows that hold a piece for longer than this. */
export const flowsHoldingPast = (db: Reading, instant: string): string[] =>
  sql(db, 'SELECT DISTINCT flow_id FROM holds WHERE until > ?').pluck().all(instant) as string[]

/** What the flow holds for longer than this is held until then; anything shorter stays as it is. */
export function shortenHolds(db: Writing, flowId: string, latest: string): void {
  sql(db, 'UPDATE holds SET until = @latest WHERE flow_id = @flowId AND until > @latest').run({ flowId, latest })
}
