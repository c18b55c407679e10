import type { CaseSide, QueueLine, SyncCase } from '../../../contract/sync/sync-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { fullName } from '../../../contract/product-name.ts'
import { unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { recordEvent } from '../store/journal.ts'
import { sql } from '../store/store.ts'
import { progressOf } from './progress.ts'

interface ConflictRow {
  readonly case_id: string
  readonly unit_id: string
  readonly kind: string
  readonly store_id: string
  readonly state: string
  readonly opened_at: string
  readonly a: string
  readonly b: string
  readonly closed_at: string | null
  readonly closed_by: string | null
  readonly how: string | null
}

const CASES_MAX = 100
const QUEUE_MAX = 200

/** Cases nobody has settled, the oldest first. One that is settled here counts as settled until the centre says so too. */
export function openCases(ground: Ground): ConflictRow[] {
  const rows = sql(ground.mirror.reading, `SELECT * FROM conflicts WHERE state = 'open' ORDER BY opened_at LIMIT ${CASES_MAX}`).all() as ConflictRow[]
  if (rows.length === 0) return rows
  const settled = settledHere(ground)
  return rows.filter(({ case_id }) => !settled.has(case_id))
}

function settledHere(ground: Ground): Set<string> {
  const { acked } = progressOf(ground.store.reading)
  const rows = sql(ground.store.reading, "SELECT body FROM journal WHERE kind = 'corrected' AND seq > ? ORDER BY seq").all(Math.max(0, acked - 1_000)) as { body: string }[]
  return new Set(rows.map(({ body }) => (JSON.parse(body) as { params: Record<string, unknown> }).params['case']).filter((id) => typeof id === 'string'))
}

/** Cases as a person reads them: which piece, both sides, and the ways to settle it that fit. */
export function casesToShow(ground: Ground): SyncCase[] {
  const rows = openCases(ground)
  const closed = sql(ground.mirror.reading, "SELECT * FROM conflicts WHERE state = 'closed' ORDER BY closed_at DESC LIMIT 20").all() as ConflictRow[]
  return [...rows, ...closed].map((row) => {
    const unit = unitOf(ground, row.unit_id)
    return {
      caseId: row.case_id, unitId: row.unit_id, kind: row.kind, openedAt: row.opened_at,
      product: unit ? fullName(unit.product.brand, unit.product.name) : '',
      number: unit?.aliases[0]?.value ?? row.unit_id,
      closed: row.state === 'closed' ? { at: row.closed_at ?? row.opened_at, by: row.closed_by ?? '', how: row.how ?? '' } : null,
      a: sideOf(ground, row.a), b: sideOf(ground, row.b) ?? { till: null, store: null, at: null, who: null, receipt: null, kind: row.kind },
      ways: unit === null ? ['fraud'] : ['keep-first', 'keep-second', 'wrong-scan', 'fraud'],
    }
  })
}

function sideOf(ground: Ground, text: string): CaseSide | null {
  const side = JSON.parse(text) as Record<string, unknown> | null
  if (side === null) return null
  const word = (name: string): string | null => (typeof side[name] === 'string' && side[name] !== '' ? side[name] : null)
  const params = (side['params'] ?? {}) as Record<string, unknown>
  const store = word('storeId')
  return {
    till: word('till') === ground.till.id ? ground.till.name : word('till'),
    store: store === null ? null : (ground.storeNames[store] ?? store), at: word('at'), who: word('who'),
    receipt: word('receipt') ?? (typeof params['receipt'] === 'string' ? params['receipt'] : null), kind: word('kind') ?? word('title') ?? '',
  }
}

/**
 * A person settles a case: an event of the journal like any other, so it may be done without the centre and is known by
 * who did it. `keep-second` says that the centre's first word was wrong: the facts of the second event hold then.
 */
export function settleCase(deed: Deed, caseId: string, way: SyncCase['ways'][number], note: string): Result<null> {
  const { ground, db, staff } = deed
  const row = openCases(ground).find((entry) => entry.case_id === caseId)
  if (!row) return refused('not-in-this-state')
  // The centre alone holds both sides: it takes the facts of the one that is kept, and this till hears of them.
  recordEvent(db, {
    id: ground.newId(), kind: 'corrected', unitId: row.unit_id, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId: staff?.staffId ?? null, who: staff?.name ?? null, params: { case: caseId, how: way, note: note.slice(0, 500), why: row.kind }, facts: null,
  })
  return ok(null)
}

/** What is not at the centre yet, the oldest first. */
export function queueToShow(ground: Ground): QueueLine[] {
  const { acked } = progressOf(ground.store.reading)
  const rows = sql(ground.store.reading, 'SELECT seq, at, kind, unit_id, body FROM journal WHERE seq > ? ORDER BY seq LIMIT ?').all(acked, QUEUE_MAX) as { seq: number; at: string; kind: string; unit_id: string | null; body: string }[]
  return rows.map(({ seq, at, kind, unit_id, body }) => ({ seq, at, kind, text: textOf(ground, unit_id, body), params: (JSON.parse(body) as { params: QueueLine['params'] }).params }))
}

function textOf(ground: Ground, unitId: string | null, body: string): string {
  if (unitId !== null) return ground.mirror.aliases(unitId)[0]?.value ?? unitId
  const { params, rows } = JSON.parse(body) as { params: Record<string, unknown>; rows?: { row: Record<string, unknown> }[] }
  const number = params['number'] ?? params['receipt'] ?? rows?.find(({ row }) => typeof row['number'] === 'string')?.row['number']
  return typeof number === 'string' ? number : ''
}
