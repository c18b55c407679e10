import { createHash } from 'node:crypto'
import type { EventKind } from '../../../contract/journal.ts'
import type { Params } from '../../../contract/ids.ts'
import type { BOOKED, BookedRow } from '../../../contract/sync/event-body.ts'
import type { Alias, UnitFacts } from '../../../contract/unit.ts'
import { sql, type Reading, type Writing } from './store.ts'

export interface NewEvent {
  readonly id: string
  readonly kind: EventKind | typeof BOOKED
  readonly unitId: string | null
  readonly at: string
  readonly storeId: string
  readonly tillId: string
  readonly staffId: string | null
  readonly who: string | null
  readonly params: Params
  /** What is true of the unit after this event; lies over the mirror until the centre shows it back. */
  readonly facts: UnitFacts | null
  /** Of a unit that this event brings into being: without it the centre would not know what it is. */
  readonly unit?: { readonly productId: string; readonly aliases: readonly Alias[] }
  readonly rows?: readonly BookedRow[]
}

export interface JournalRow {
  readonly seq: number
  readonly hash: Buffer
  readonly kind: EventKind
  readonly unit_id: string | null
  readonly at: string
  readonly body: string
}

/**
 * Adds one event to this till's chain and lays its effect over the mirror: both rows or neither.
 * The hash is SHA-256 over the hash before and the exact bytes of the body.
 */
export function recordEvent(db: Writing, event: NewEvent): number {
  const last = sql(db, 'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1').get() as
    | { seq: number; hash: Buffer }
    | undefined
  const seq = (last?.seq ?? 0) + 1
  const previous = event.unitId === null ? 0 : lastSeqOfUnit(db, event.unitId)
  const claim = event.unitId === null ? null : tokenOf(db, event.unitId)
  const body = JSON.stringify({ v: 1, seq, p: previous, ...event, ...(claim === null ? {} : { claim }) })
  const hash = chained(last?.hash ?? Buffer.alloc(32), body)
  sql(db, 'INSERT INTO journal (seq, id, hash, kind, unit_id, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    seq, event.id, hash, event.kind, event.unitId, event.at, body,
  )
  if (event.unitId !== null && event.facts !== null)
    sql(
      db,
      `INSERT INTO unit_overlays (unit_id, seq, facts) VALUES (?, ?, ?)
       ON CONFLICT (unit_id) DO UPDATE SET seq = excluded.seq, facts = excluded.facts`,
    ).run(event.unitId, seq, JSON.stringify(event.facts))
  return seq
}

/** The lease of the centre under which the unit is in a cart here. */
function tokenOf(db: Reading, unitId: string): number | null {
  const row = sql(db, "SELECT token FROM unit_claims WHERE unit_id = ? AND state = 'ours'").get(unitId) as { token: number } | undefined
  return row?.token ?? null
}

export const chained = (before: Buffer, body: string): Buffer =>
  createHash('sha256').update(before).update(body, 'utf8').digest()

const lastSeqOfUnit = (db: Reading, unitId: string): number =>
  (sql(db, 'SELECT max(seq) AS seq FROM journal WHERE unit_id = ?').get(unitId) as { seq: number | null }).seq ?? 0

export function overlayOf(db: Reading, unitId: string): UnitFacts | null {
  const row = sql(db, 'SELECT facts FROM unit_overlays WHERE unit_id = ?').get(unitId) as { facts: string } | undefined
  return row ? (JSON.parse(row.facts) as UnitFacts) : null
}

export const eventsOfUnit = (db: Reading, unitId: string): JournalRow[] =>
  sql(db, 'SELECT * FROM journal WHERE unit_id = ? ORDER BY seq').all(unitId) as JournalRow[]

/** Walks the whole chain; answers the first number that does not follow, or null. */
export function brokenAt(db: Reading): number | null {
  let before: Buffer = Buffer.alloc(32)
  let expected = 1
  for (const row of sql(db, 'SELECT * FROM journal ORDER BY seq').iterate() as Iterable<JournalRow>) {
    const hash = chained(before, row.body)
    if (row.seq !== expected || !hash.equals(row.hash)) return expected
    before = hash
    expected += 1
  }
  return null
}

export const countOfEvents = (db: Reading): number =>
  (sql(db, 'SELECT count(*) AS n FROM journal').get() as { n: number }).n
