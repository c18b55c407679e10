import { BATCH_BYTES_MAX, BATCH_EVENTS_MAX, batchText, type JournalBatch, type JournalReply, type SentEvent } from '../../../contract/sync/wire.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { sql, type Reading, type Store, type Writing } from '../store/store.ts'
import { progressOf, saveProgress } from './progress.ts'
import type { TillKey } from './till-key.ts'

const CHAIN_START = '0'.repeat(64)

/**
 * The next piece of the journal for the centre: what follows the last it is known to have, bounded in events and bytes.
 * An empty piece asks where the centre stands; its answer carries verdicts and shows a copy of this till.
 */
export function nextBatch(db: Reading, till: string, key: TillKey, most = BATCH_EVENTS_MAX): JournalBatch {
  const { inc, acked, answered, follows } = progressOf(db)
  const events: SentEvent[] = []
  let bytes = 0
  for (const row of sql(db, 'SELECT seq, hash, body FROM journal WHERE seq > ? ORDER BY seq LIMIT ?').all(acked, most) as { seq: number; hash: Buffer; body: string }[]) {
    bytes += Buffer.byteLength(row.body)
    if (bytes > BATCH_BYTES_MAX && events.length > 0) break
    events.push({ seq: row.seq, hash: row.hash.toString('hex'), body: row.body })
  }
  const batch = { inc, prevSeq: acked, prevHash: hashAt(db, acked), events, answered, ...(follows === null ? {} : { follows }) }
  return { ...batch, signature: key.sign(batchText(till, batch)) }
}

function hashAt(db: Reading, seq: number): string {
  if (seq === 0) return CHAIN_START
  const row = sql(db, 'SELECT hash FROM journal WHERE seq = ?').get(seq) as { hash: Buffer } | undefined
  // A file put back from a backup ends before what the centre has: the chain goes on from its own last event.
  return row?.hash.toString('hex') ?? CHAIN_START
}

/** What a reply of the centre says of this till beside the progress. */
export type Discovery = 'copy-found' | 'older-than-centre' | 'centre-lost-some' | null

/**
 * Takes the centre's reply: what it has, its verdicts, where it wants to begin again. A reply of an older question
 * changes nothing back: both numbers only rise, but for a `want`. Answers what was found out by it.
 */
export function takeReply(store: Store, asked: JournalBatch, reply: JournalReply): Discovery {
  return store.write((db) => {
    const now = progressOf(db)
    if (asked.inc !== now.inc) return null
    if (reply.fork !== null) {
      // What is known here of the centre's answers belongs to the branch that came first.
      saveProgress(db, { inc: reply.fork, follows: null, acked: reply.head, state: 'held', answered: Math.min(now.answered, asked.prevSeq) })
      return 'copy-found'
    }
    if (reply.want !== null) {
      const back = Math.min(reply.want, lastSeq(db))
      // An answer that was overtaken asks for what has been sent meanwhile: sending again does no harm.
      layAgain(db, back)
      saveProgress(db, { acked: back, answered: Math.min(now.answered, back) })
      return reply.want < now.acked ? 'centre-lost-some' : null
    }
    // A late reply to a question from before the centre lost something leaves a hole: those verdicts come again.
    const follows = asked.answered <= now.answered
    if (follows) takeAnswers(db, reply)
    const sent = asked.prevSeq + asked.events.length
    const acked = Math.max(now.acked, Math.min(reply.head, sent))
    const answered = follows ? Math.max(now.answered, reply.answers.at(-1)?.seq ?? 0) : now.answered
    if (acked !== now.acked || answered !== now.answered) saveProgress(db, { acked, answered })
    return reply.head > lastSeq(db) ? 'older-than-centre' : null
  })
}

/**
 * The centre does not have the events behind `after` any more, so its next mirror will not show them either: what they
 * made true lies over the mirror again, until they have their verdicts anew.
 */
function layAgain(db: Writing, after: number): void {
  sql(
    db,
    `INSERT INTO unit_overlays (unit_id, seq, facts)
     SELECT unit_id, max(seq), json_extract(body, '$.facts') FROM journal
     WHERE seq > ? AND unit_id IS NOT NULL AND json_extract(body, '$.facts') IS NOT NULL GROUP BY unit_id
     ON CONFLICT (unit_id) DO NOTHING`,
  ).run(after)
  sql(db, 'DELETE FROM event_answers WHERE seq > ?').run(after)
}

/**
 * Before the mirror of a centre that was put back to an older day takes the place of this one: what this till did, and
 * what the older day does not know, lies over it at once. The centre asks for those events a moment later; until then
 * nothing that was sold here may look free. Answers how many pieces that were.
 */
export function layUnshown(store: Store, next: Mirror): number {
  const told = sql(
    store.reading,
    `SELECT j.unit_id AS unitId, max(j.seq) AS seq, a.ver FROM journal j JOIN event_answers a ON a.seq = j.seq
     WHERE j.unit_id IS NOT NULL AND json_extract(j.body, '$.facts') IS NOT NULL GROUP BY j.unit_id`,
  ).all() as { unitId: string; seq: number; ver: number }[]
  const unshown = told.filter(({ unitId, ver }) => versionShown(next, unitId) < ver)
  if (unshown.length === 0) return 0
  store.write((db) => {
    for (const { seq } of unshown)
      sql(
        db,
        `INSERT INTO unit_overlays (unit_id, seq, facts) SELECT unit_id, seq, json_extract(body, '$.facts') FROM journal WHERE seq = ?
         ON CONFLICT (unit_id) DO NOTHING`,
      ).run(seq)
  })
  return unshown.length
}

const lastSeq = (db: Reading): number => (sql(db, 'SELECT max(seq) AS seq FROM journal').get() as { seq: number | null }).seq ?? 0

function takeAnswers(db: Writing, { answers }: JournalReply): void {
  const last = lastSeq(db)
  for (const answer of answers)
    if (answer.seq <= last)
      sql(
        db,
        `INSERT INTO event_answers (seq, verdict, unit_id, ver, case_id) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (seq) DO UPDATE SET verdict = excluded.verdict, ver = excluded.ver, case_id = excluded.case_id`,
      ).run(answer.seq, answer.verdict, answer.unitId, answer.ver, answer.caseId)
}

const DROPS_AT_ONCE = 500

/**
 * What this till did to a unit lies over the mirror until the mirror shows it: the verdict is known, and the unit's row
 * is at least of the version the verdict made. Answers how many were taken off. That they are off is on the disk at
 * once, so the mirror's rows have to be there before: `isKept` says it.
 */
export function dropShown(store: Store, mirror: Mirror, isKept: (mirror: Mirror) => boolean = (shown) => shown.isOnDisk()): number {
  // Rows that are being put in show already; after a crash they would not, and what was sold here would look free.
  if (mirror.isFilling) return 0
  const rows = sql(
    store.reading,
    `SELECT o.unit_id, o.seq, a.ver, a.verdict FROM unit_overlays o JOIN event_answers a ON a.seq = o.seq ORDER BY o.seq LIMIT ${DROPS_AT_ONCE}`,
  ).all() as { unit_id: string; seq: number; ver: number; verdict: string }[]
  const shown = rows.filter(({ unit_id, ver, verdict }) => verdict !== 'held' && verdict !== 'unreadable' && versionShown(mirror, unit_id) >= ver)
  if (shown.length === 0 || !isKept(mirror)) return 0
  store.write((db) => {
    // The unit may have been acted on again meanwhile: then the newer overlay stays.
    for (const { unit_id, seq } of shown) sql(db, 'DELETE FROM unit_overlays WHERE unit_id = ? AND seq = ?').run(unit_id, seq)
  })
  return shown.length
}

/** -1 for a unit the mirror has never heard of: an event about it is in conflict, and stays visible here. */
function versionShown(mirror: Mirror, unitId: string): number {
  const row = sql(mirror.reading, 'SELECT ver FROM units WHERE id = @id UNION ALL SELECT ver FROM unit_tombstones WHERE id = @id').get({ id: unitId }) as
    | { ver: number }
    | undefined
  return row?.ver ?? -1
}
