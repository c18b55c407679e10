import type { CountSaid, CountScope } from '../../../contract/counting-view.ts'
import type { SeenPiece } from '../../../contract/sync/count-wire.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

export interface CountRow {
  readonly id: string
  readonly number: string
  readonly scope: CountScope
  readonly began_at: string
  readonly began_by: string
  /** The till that began it and ends it; null: this one. */
  readonly lead_till: string | null
  /** Of a sample: a piece whose lot is no higher was drawn. */
  readonly lot_up_to: string | null
}

/** A piece of a count: one that was to be found (`expected`), or one that turned up, with `why` as JSON. */
export interface CountedRow {
  readonly unit_id: string
  readonly expected: number
  readonly found_at: string | null
  readonly found_by: string | null
  /** The till that saw it; null: this one. */
  readonly found_till: string | null
  readonly why: string | null
  /** What became of one that was not found, once the count is over. */
  readonly left_as: 'missing' | 'gone' | null
}

/** A piece that another till saw, as it told of it. */
export interface SeenElsewhere extends SeenPiece {
  readonly till_id: string
}

export interface CountSums {
  readonly expected: number
  readonly found: number
  readonly surplus: number
}

export interface CountEnd {
  readonly count_id: string
  readonly ended_at: string
  readonly ended_by: string
  readonly expected: number
  readonly found: number
  readonly gone: number
  readonly missing: number
  readonly surplus: number
  readonly document_id: string
}

interface RawCount extends Omit<CountRow, 'scope'> {
  readonly area: string | null
  readonly category: string | null
  readonly sample: number | null
  readonly blind: number
}

const COUNT = 'SELECT id, number, area, category, sample, blind, began_at, began_by, lead_till, lot_up_to FROM counts'
const countOf = ({ area, category, sample, blind, ...row }: RawCount): CountRow => ({ ...row, scope: { area, category, sample, blind: blind === 1 } })

/** The one count that is going at this till; null where nobody counts. */
export function goingCount(db: Reading): CountRow | null {
  const row = sql(db, `${COUNT} WHERE status = 'going'`).get() as RawCount | undefined
  return row === undefined ? null : countOf(row)
}

export function countById(db: Reading, id: string): CountRow | null {
  const row = sql(db, `${COUNT} WHERE id = ?`).get(id) as RawCount | undefined
  return row === undefined ? null : countOf(row)
}

/** Counts of other tills that this one counted along, whether it still does or not, and has not heard the end of. */
export const COUNTED_ALONG = `${COUNT} WHERE lead_till IS NOT NULL AND settled = 0`
export const countedAlong = (db: Reading): CountRow[] => (sql(db, COUNTED_ALONG).all() as RawCount[]).map(countOf)

/** Keeps a count together with what is to be found in it. */
export function recordCount(db: Writing, { scope, ...count }: CountRow, unitIds: readonly string[]): void {
  sql(
    db,
    `INSERT INTO counts (id, number, area, category, sample, blind, began_at, began_by, lead_till, lot_up_to, status)
     VALUES (@id, @number, @area, @category, @sample, @blind, @began_at, @began_by, @lead_till, @lot_up_to, 'going')`,
  ).run({ ...count, ...scope, blind: scope.blind ? 1 : 0 })
  const keep = sql(db, 'INSERT INTO count_pieces (count_id, unit_id, expected) VALUES (?, ?, 1)')
  for (const unitId of unitIds) keep.run(count.id, unitId)
}

export function endCount(db: Writing, id: string, status: 'done' | 'dropped'): void {
  sql(db, 'UPDATE counts SET status = ? WHERE id = ?').run(status, id)
}

/** This till counts along again, after it had said that its part is done. */
export function goOnCounting(db: Writing, id: string): void {
  sql(db, "UPDATE counts SET status = 'going' WHERE id = ?").run(id)
}

/** How a count of another till ended has been heard, and nothing of it is left to do here. */
export function settleCount(db: Writing, id: string): void {
  sql(db, 'UPDATE counts SET settled = 1 WHERE id = ?').run(id)
}

export function recordCountEnd(db: Writing, end: CountEnd): void {
  sql(
    db,
    `INSERT INTO count_ends (count_id, ended_at, ended_by, expected, found, gone, missing, surplus, document_id)
     VALUES (@count_id, @ended_at, @ended_by, @expected, @found, @gone, @missing, @surplus, @document_id)`,
  ).run(end)
}

/** How the last counts ended, the newest first. */
export const countEnds = (db: Reading, most: number): (CountEnd & { readonly number: string })[] =>
  sql(db, 'SELECT e.*, c.number FROM count_ends e JOIN counts c ON c.id = e.count_id ORDER BY e.ended_at DESC LIMIT ?').all(most) as (CountEnd & { number: string })[]

const PIECE = 'SELECT unit_id, expected, found_at, found_by, found_till, why, left_as FROM count_pieces WHERE count_id = ?'
export const pieceOfCount = (db: Reading, countId: string, unitId: string): CountedRow | null =>
  (sql(db, `${PIECE} AND unit_id = ?`).get(countId, unitId) as CountedRow | undefined) ?? null

export const piecesOfCount = (db: Reading, countId: string): CountedRow[] =>
  sql(db, `${PIECE} ORDER BY expected DESC, unit_id`).all(countId) as CountedRow[]

/** What nobody has found yet. */
const PIECES_LEFT = 'SELECT unit_id FROM count_pieces WHERE count_id = ? AND expected = 1 AND found_at IS NULL ORDER BY unit_id'
export const piecesLeft = (db: Reading, countId: string): string[] =>
  (sql(db, PIECES_LEFT).all(countId) as { unit_id: string }[]).map((row) => row.unit_id)

const OF_BOTH = `expected = iif(found_at IS NULL, excluded.expected, max(expected, excluded.expected)),
       why = iif(found_at IS NULL OR expected = 0, excluded.why, NULL)`

/**
 * A piece was seen in the count. `why` (JSON) of one that was not to be found; null: it belongs here. Where tills tell
 * it differently the one that it belongs to is right, in whatever order they are heard: the sums are the same at all.
 */
export function recordFound(db: Writing, countId: string, seen: { unitId: string; at: string; by: string; why: string | null }): void {
  sql(
    db,
    `INSERT INTO count_pieces (count_id, unit_id, expected, found_at, found_by, why) VALUES (@countId, @unitId, @expected, @at, @by, @why)
     ON CONFLICT (count_id, unit_id) DO UPDATE SET
       ${OF_BOTH}, found_at = excluded.found_at, found_by = excluded.found_by, found_till = NULL`,
  ).run({ ...seen, countId, expected: seen.why === null ? 1 : 0 })
}

/**
 * A piece that another till saw in the same count. One that this till or a third one saw before it heard of that stays
 * theirs, and is one that was to be found where any of them knew it to be.
 */
export function recordFoundElsewhere(db: Writing, seen: SeenElsewhere): void {
  sql(
    db,
    `INSERT INTO count_pieces (count_id, unit_id, expected, found_at, found_by, found_till, why)
     VALUES (@count_id, @unit_id, @expected, @found_at, @found_by, @till_id, @why)
     ON CONFLICT (count_id, unit_id) DO UPDATE SET
       ${OF_BOTH}, found_at = excluded.found_at, found_by = excluded.found_by, found_till = excluded.found_till
     WHERE found_at IS NULL OR found_till = excluded.found_till`,
  ).run(seen)
  if (seen.expected === 1) sql(db, 'UPDATE count_pieces SET expected = 1, why = NULL WHERE count_id = ? AND unit_id = ? AND expected = 0').run(seen.count_id, seen.unit_id)
}

/** How many pieces each other till saw, and the last time: as far as it has been told here. */
export function seenByTill(db: Reading, countId: string): Map<string, { pieces: number; lastAt: string }> {
  const rows = sql(
    db, 'SELECT found_till AS till, count(*) AS pieces, max(found_at) AS lastAt FROM count_pieces WHERE count_id = ? AND found_till IS NOT NULL GROUP BY found_till',
  ).all(countId) as { till: string; pieces: number; lastAt: string }[]
  return new Map(rows.map(({ till, pieces, lastAt }) => [till, { pieces, lastAt }]))
}

/** What this till itself saw. */
export const piecesSeenHere = (db: Reading, countId: string): string[] =>
  (sql(db, 'SELECT unit_id FROM count_pieces WHERE count_id = ? AND found_at IS NOT NULL AND found_till IS NULL ORDER BY unit_id').all(countId) as { unit_id: string }[])
    .map((row) => row.unit_id)

/** What nobody found, when the count ends: the lists of a count say the same for ever, whatever becomes of the piece. */
export function recordLeft(db: Writing, countId: string, unitId: string, as: 'missing' | 'gone'): void {
  sql(db, 'UPDATE count_pieces SET left_as = ? WHERE count_id = ? AND unit_id = ?').run(as, countId, unitId)
}

export const sumsOfCount = (db: Reading, countId: string): CountSums =>
  sql(
    db,
    `SELECT coalesce(sum(expected = 1), 0) AS expected, coalesce(sum(expected = 1 AND found_at IS NOT NULL), 0) AS found, coalesce(sum(expected = 0), 0) AS surplus
     FROM count_pieces WHERE count_id = ?`,
  ).get(countId) as CountSums

/** Every scan of a count stands here before anybody hears what it was. */
export function recordSaid(db: Writing, countId: string, staffId: string, said: CountSaid): void {
  sql(db, 'INSERT INTO count_scans (count_id, staff_id, said) VALUES (?, ?, ?)').run(countId, staffId, JSON.stringify(said))
}

export const SAID_LAST = 'SELECT n, said FROM count_scans WHERE count_id = ? ORDER BY n DESC LIMIT ?'
export const lastSaid = (db: Reading, countId: string, most: number): (CountSaid & { n: number })[] =>
  (sql(db, SAID_LAST).all(countId, most) as { n: number; said: string }[]).map(
    ({ n, said }) => ({ ...(JSON.parse(said) as CountSaid), n }),
  )
