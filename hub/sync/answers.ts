import { BATCH_EVENTS_MAX, type EventAnswer } from '../../contract/sync/wire.ts'
import { prepared, type Query } from '../database.ts'

const ANSWERS = prepared(
  'SELECT seq, verdict, unit_id, ver, case_id FROM event_answer WHERE till = $1 AND inc = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT $5',
)

interface AnswerRow {
  readonly seq: number
  readonly verdict: string
  readonly unit_id: string | null
  readonly ver: number
  readonly case_id: string | null
}

/**
 * What became of a journal's events behind `after`, in order and without a hole. Those of a copy that lie before its
 * branch were answered under the name it had then: a disk that was put back may not have heard of them yet, and they
 * come before the branch's own.
 */
export async function answersOf(db: Query, till: string, inc: string, after: number, to = Number.MAX_SAFE_INTEGER): Promise<EventAnswer[]> {
  const heads = await db.query<{ forked_from: string | null; base_seq: number }>('SELECT forked_from, base_seq FROM register_head WHERE till = $1 AND inc = $2', [till, inc])
  const head = heads[0]
  if (!head) return []
  const { forked_from, base_seq } = head
  const before = forked_from !== null && after < base_seq ? await answersOf(db, till, forked_from, after, Math.min(to, base_seq)) : []
  const reached = before.at(-1)?.seq ?? after
  // Whoever hears of a later one believes that there is nothing before it.
  if (forked_from !== null && reached < Math.min(to, base_seq)) return before
  const rows = await db.query<AnswerRow>(ANSWERS, [till, inc, reached, to, BATCH_EVENTS_MAX - before.length])
  return [...before, ...rows.map((row) => ({ seq: row.seq, verdict: row.verdict, unitId: row.unit_id, ver: row.ver, caseId: row.case_id }))]
}
