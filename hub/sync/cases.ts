import { EVERYWHERE, type FeedRow } from '../../contract/sync/wire.ts'
import type { Query } from '../database.ts'
import { change, type Tell } from './feed.ts'
import { settled } from './guards.ts'
import { EventBody } from '../../contract/sync/event-body.ts'
import { factsOf, feedRowOf, readUnits, scopesOfChange, withFacts, writeUnits, type HubUnit } from './units.ts'
import type { HubGround } from '../ground.ts'
import { instant } from '../ground.ts'

export interface NewCase {
  readonly unitId: string
  readonly caseId: string
  readonly kind: string
  readonly storeId: string
  readonly openedAt: string
  /** What the centre held for true; null where it had never heard of the unit. */
  readonly a: object | null
  /** What the till says. */
  readonly b: object
}

export interface CaseRow {
  readonly unit_id: string
  readonly case_id: string
  readonly kind: string
  readonly a: string
  readonly b: string
  readonly store_id: string
  readonly state: string
  readonly opened_at: string
  readonly closed_at: string | null
  readonly closed_by: string | null
  readonly how: string | null
}

export async function openCases(tx: Query, cases: readonly NewCase[]): Promise<void> {
  if (cases.length === 0) return
  await tx.query(
    `INSERT INTO conflict_case (unit_id, case_id, kind, a, b, store_id, state, opened_at)
     SELECT n.unit_id, n.case_id, n.kind, n.a, n.b, n.store_id, 'open', n.opened_at
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS n (unit_id, case_id, kind, a, b, store_id, opened_at)`,
    [
      cases.map(({ unitId }) => unitId), cases.map(({ caseId }) => caseId), cases.map(({ kind }) => kind), cases.map(({ a }) => JSON.stringify(a)),
      cases.map(({ b }) => JSON.stringify(b)), cases.map(({ storeId }) => storeId), cases.map(({ openedAt }) => openedAt),
    ],
  )
}

/** The case as it stands on every till: open cases are few, and the unit may turn up anywhere. Versions: 1 open, 2 closed. */
export const caseRow = (entry: NewCase, state: 'open' | 'closed', closedAt: string | null, by: string | null, how: string | null): FeedRow => ({
  t: 'record', kind: 'conflicts', key: { case_id: entry.caseId }, ver: state === 'open' ? 1 : 2, scope: EVERYWHERE,
  row: {
    case_id: entry.caseId, unit_id: entry.unitId, kind: entry.kind, store_id: entry.storeId, state, opened_at: entry.openedAt,
    a: JSON.stringify(entry.a), b: JSON.stringify(entry.b), closed_at: closedAt, closed_by: by, how,
  },
})

const asNew = (row: CaseRow): NewCase => ({
  unitId: row.unit_id, caseId: row.case_id, kind: row.kind, storeId: row.store_id, openedAt: row.opened_at,
  a: JSON.parse(row.a) as object | null, b: JSON.parse(row.b) as object,
})

export interface Closing {
  readonly caseId: string
  readonly by: string
  readonly how: string
  readonly at: string
}

/** Closes a case once and answers the unit without its hold; null when there is no such open case. */
export async function closeCase(tx: Query, tell: Tell, unit: HubUnit, closing: Closing): Promise<HubUnit | null> {
  const rows = await tx.query<CaseRow>('SELECT * FROM conflict_case WHERE unit_id = $1 AND case_id = $2', [unit.id, closing.caseId])
  const found = rows[0]
  if (!found || found.state !== 'open') return null
  const moved = await tx.touch(
    "UPDATE conflict_case SET state = 'closed', closed_at = $3, closed_by = $4, how = $5 WHERE unit_id = $1 AND case_id = $2 AND state = 'open'",
    [unit.id, closing.caseId, closing.at, closing.by, closing.how],
  )
  if (moved !== 1) return null
  tell([EVERYWHERE], caseRow(asNew(found), 'closed', closing.at, closing.by, closing.how))
  const lifted = settled(unit, closing.caseId)
  return closing.how === KEEP_SECOND ? withSecond(tx, lifted, found) : lifted
}

/** A person found that what came second is what happened: its facts hold, flags stay. */
const KEEP_SECOND = 'keep-second'

async function withSecond(tx: Query, unit: HubUnit, found: CaseRow): Promise<HubUnit> {
  const { till, inc, seq } = JSON.parse(found.b) as { till: string; inc: string; seq: number }
  const rows = await tx.query<{ body: string }>('SELECT body FROM journal WHERE till = $1 AND inc = $2 AND seq = $3', [till, inc, seq])
  const event = EventBody.safeParse(rows[0] ? JSON.parse(rows[0].body) : null)
  if (!event.success || event.data.facts === null) return unit
  const second = withFacts(unit, { ...event.data.facts, flags: factsOf(unit).flags }, { till, inc, seq })
  return { ...second, ver: unit.ver, disputed: unit.disputed }
}

/** A person of the centre settles a case. Answers false when it was settled already, or never was. */
export function settleCase(ground: Pick<HubGround, 'db' | 'now_ms'>, unitId: string, closing: Omit<Closing, 'at'>): Promise<boolean> {
  return change(ground, async (tx, tell) => {
    const before = (await readUnits(tx, [unitId])).get(unitId)
    if (!before) return false
    const at = instant(ground.now_ms())
    const after = await closeCase(tx, tell, before, { ...closing, at })
    if (after === null) return false
    await writeUnits(tx, [{ was: before.ver, unit: after }])
    const line = { at, n: after.ver, kind: 'corrected', store_id: null, who: closing.by, params: { case: closing.caseId, how: closing.how } }
    tell(scopesOfChange(before, after, null), feedRowOf(after, [line]))
    return true
  })
}
