import type { BookedRow, EventBody } from '../../contract/sync/event-body.ts'
import type { Query } from '../database.ts'

/** One row of `floor_case`: a case or a hand-over as far as it has been told. */
export interface FloorCaseRow {
  readonly case_id: string
  readonly source: 'case' | 'hand-over'
  readonly till: string | null
  readonly store_id: string | null
  readonly kind: string | null
  readonly quiet: boolean
  readonly unit_id: string | null
  readonly state: string
  readonly opened_at: string | null
  readonly changed_at: string
}

interface FloorCase extends FloorCaseRow {
  readonly rank: number
}

/** A hand-over is waited for, then the customer leaves or a colleague takes it, then it is done; it never goes back. */
const MOVES: Readonly<Record<string, number>> = { waiting: 0, left: 1, taken: 2, closed: 3 }
/** Rows of one event keep their order among each other. */
const ROWS_OF_AN_EVENT_MAX = 10_000

/** Keeps what tills tell of their cases and hand-overs. Told twice, or by two tills, it is one. Rows of other books are passed over. */
export async function writeFloorCases(tx: Query, till: string, events: readonly { readonly seq: number; readonly event: EventBody | null }[]): Promise<void> {
  const told = events.flatMap(({ seq, event }) =>
    (event?.rows ?? []).flatMap((row, index) => floorCaseOf(till, event?.storeId ?? null, event?.at ?? '', seq * ROWS_OF_AN_EVENT_MAX + index, row)))
  if (told.length === 0) return
  const last = new Map<string, FloorCase>()
  for (const one of told) last.set(nameOf(one), merged(last.get(nameOf(one)), one))
  await tx.query(
    `INSERT INTO floor_case (case_id, source, till, store_id, kind, quiet, unit_id, state, rank, opened_at, changed_at)
     SELECT n.case_id, n.source, n.till, n.store_id, n.kind, n.quiet, n.unit_id, n.state, n.rank, n.opened_at, n.changed_at
     FROM json_to_recordset($1::json) AS n (case_id text, source text, till text, store_id text, kind text, quiet boolean, unit_id text,
       state text, rank bigint, opened_at text, changed_at text)
     ON CONFLICT (case_id, source) DO UPDATE SET
       till = coalesce(excluded.till, floor_case.till), store_id = coalesce(excluded.store_id, floor_case.store_id), kind = coalesce(excluded.kind, floor_case.kind),
       quiet = excluded.quiet OR floor_case.quiet, unit_id = coalesce(excluded.unit_id, floor_case.unit_id), opened_at = coalesce(excluded.opened_at, floor_case.opened_at),
       state = CASE WHEN excluded.rank >= floor_case.rank THEN excluded.state ELSE floor_case.state END,
       changed_at = CASE WHEN excluded.rank >= floor_case.rank THEN excluded.changed_at ELSE floor_case.changed_at END,
       rank = greatest(excluded.rank, floor_case.rank)`,
    [JSON.stringify([...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one))],
  )
}

const nameOf = ({ case_id, source }: FloorCase): string => `${case_id} ${source}`

function merged(before: FloorCase | undefined, next: FloorCase): FloorCase {
  if (before === undefined) return next
  const newer = next.rank >= before.rank ? next : before
  return {
    ...newer, till: next.till ?? before.till, store_id: next.store_id ?? before.store_id, kind: next.kind ?? before.kind, quiet: next.quiet || before.quiet,
    unit_id: next.unit_id ?? before.unit_id, opened_at: next.opened_at ?? before.opened_at,
  }
}

function floorCaseOf(till: string, storeId: string | null, at: string, rank: number, { book, row }: BookedRow): FloorCase[] {
  const text = (name: string): string | null => (typeof row[name] === 'string' ? row[name].slice(0, 200) : null)
  const nothing = { till: null, store_id: null, kind: null, quiet: false, unit_id: null, opened_at: null, changed_at: text('at') ?? at }
  const head = { ...nothing, store_id: storeId, quiet: row['quiet'] === 1, unit_id: text('unit_id'), opened_at: text('at') ?? at }
  const [id, caseId, handOverId] = [text('id'), text('case_id'), text('hand_over_id')]
  if (book === 'case_heads' && id !== null) return [{ ...head, case_id: id, source: 'case', till, kind: text('kind'), state: 'open', rank }]
  if (book === 'case_steps' && caseId !== null) return [{ ...nothing, case_id: caseId, source: 'case', till, store_id: storeId, state: text('kind') === 'closed' ? 'closed' : 'open', rank }]
  if (book === 'hand_over_heads' && id !== null) return [{ ...head, case_id: id, source: 'hand-over', till: text('from_till') ?? till, kind: text('why'), state: 'waiting', rank: 0 }]
  const step = text('step') ?? ''
  if (book === 'hand_over_moves' && handOverId !== null && step in MOVES) return [{ ...nothing, case_id: handOverId, source: 'hand-over', state: step, rank: MOVES[step] ?? 0 }]
  return []
}
