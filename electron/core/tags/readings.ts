import { later } from '../../../contract/days.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { Proof } from './proof.ts'

/** A good reading is about the piece on the counter now; after this it may be another one. */
export const GOOD_HOLDS_MS = 15 * 60_000
/** A bad reading is remembered for a working day, so that nobody simply scans the printed number next. */
export const BAD_HOLDS_MS = DAY_MS

/** Keeps what a tag or a label said of a piece. Call it in the transaction that acts on the scan. */
export function recordReading(db: Writing, unitId: string, at: string, proof: Proof): void {
  sql(db, 'INSERT INTO proof_readings (unit_id, at, says, how, detail) VALUES (?, ?, ?, ?, ?)').run(
    unitId, at, proof.says, proof.how, proof.detail,
  )
}

/** A proof with the moment at which it was read. */
export type ReadProof = Proof & { readonly at: string }

/** The last word of a tag or a label about this piece, as long as it holds; null where none was read lately. */
export function proofOf(db: Reading, unitId: string, now: string): ReadProof | null {
  const last = sql(
    db,
    'SELECT at, says, how, detail FROM proof_readings WHERE unit_id = ? ORDER BY n DESC LIMIT 1',
  ).get(unitId) as ReadProof | undefined
  if (last === undefined) return null
  return later(last.at, last.says === 'suspect' ? BAD_HOLDS_MS : GOOD_HOLDS_MS) >= now ? last : null
}
