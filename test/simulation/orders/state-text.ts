import { sql } from '../../../electron/core/store/store.ts'
import { progressOf } from '../../../electron/core/sync/progress.ts'
import type { Counter, TwoTills } from './two-tills.ts'

/**
 * Everything of a moment that what happens later can depend on, as one text; two moments with the same text have the
 * same future. Ids and times are left out, but for the order of the events and whether a lease is live. The two tills
 * are alike, so a moment and its mirror image are one.
 */
export async function stateText(two: TwoTills): Promise<string> {
  const centre = await centreText(two)
  const events = two.counters.flatMap((counter) => eventsOf(counter)).sort((a, b) => (a.at < b.at ? -1 : 1))
  const order = events.map(({ name }) => name).join(' ')
  const tills = two.counters.map((counter) => `${tillText(counter, two.now_ms)}; ${promises(two, counter)}`)
  const one = `${centre}\n${order}\nt1 ${tills[0]}\nt2 ${tills[1]}`
  const other = swapped(`${centre}\n${order}\nt2 ${tills[1]}\nt1 ${tills[0]}`)
  const first = named(one)
  const second = named(other)
  return first < second ? first : second
}

/** The centre tells by rows in the order of tills; in the mirror image that order is the other one. */
const named = (text: string): string => text.split('\n').map((line) => line.split(' | ').sort().join(' | ')).join('\n')
const swapped = (text: string): string => text.replaceAll(/\bt([12])\b/g, (_, n: string) => (n === '1' ? 't2' : 't1'))

const CENTRE = `
  SELECT 1 AS part, '' AS till, 0 AS seq, concat_ws(' ', 'unit', ver, title, custody, flagged, disputed, sale_id, owner_till, owner_seq) AS line FROM unit
  UNION ALL SELECT 2, till, seq, concat_ws(' ', till, seq, applied, held) FROM register_head
  UNION ALL SELECT 3, till, seq, concat_ws(' ', till, seq, verdict, ver, case_id IS NULL) FROM event_answer WHERE unit_id IS NOT NULL
  UNION ALL SELECT 4, till, 0, concat_ws(' ', till, 'holds') FROM claim WHERE until_ms > $1
  UNION ALL SELECT 5, '', 0, concat_ws(' ', kind, state) FROM conflict_case
  UNION ALL SELECT 6, '', seq, concat_ws(' ', scope, seq) FROM feed_head
  ORDER BY part, till, seq, line`

/** One line a part, its rows apart by bars. Asked once for all steps that leave the centre as it is. */
async function centreText(two: TwoTills): Promise<string> {
  if (two.centre !== null) return two.centre
  const parts = new Map<number, string[]>([1, 2, 3, 4, 5, 6].map((part) => [part, []]))
  for (const { part, line } of await two.hub.db.query<{ part: number; line: string }>(CENTRE, [two.now_ms])) parts.get(part)?.push(saleless(line))
  return (two.centre = [...parts.values()].map((lines) => lines.join(' | ')).join('\n'))
}

/** A sale is named by its till and number; the time in its name says nothing more. */
const saleless = (text: string): string => text.replaceAll(/-\d+-\d{13}/g, ' ').replaceAll(/(t[12])-s/g, '$1 s')

const eventsOf = ({ till }: Counter): { at: string; name: string }[] =>
  (sql(till.ground.store.reading, 'SELECT seq, at FROM journal WHERE unit_id IS NOT NULL ORDER BY seq').all() as { seq: number; at: string }[]).map(({ seq, at }) => ({
    at, name: `${till.id} ${seq}`,
  }))

/** Events that were done under a lease which is still live. */
const promises = ({ hub }: TwoTills, { till }: Counter): string =>
  till.journal().flatMap(({ seq, unit_id, body }) => (unit_id !== null && hub.isLeased(till.id, body) ? [seq] : [])).join(' ')

function tillText({ till, table }: Counter, now_ms: number): string {
  const { store, mirror } = till.ground
  const now = new Date(now_ms).toISOString()
  const lines = (db: typeof store.reading, text: string, ...values: string[]): string => saleless((sql(db, text).pluck().all(...values) as string[]).join(', '))
  const { acked, answered } = progressOf(store.reading)
  return [
    table, acked, answered, JSON.stringify(till.cursors),
    lines(store.reading, "SELECT seq || ' ' || kind || ' ' || coalesce(json_extract(body, '$.p'), '') || ' ' || coalesce(json_extract(body, '$.facts.title.purchase.saleId'), '') FROM journal ORDER BY seq"),
    lines(store.reading, "SELECT seq || ' ' || verdict || ' ' || ver FROM event_answers WHERE unit_id IS NOT NULL ORDER BY seq"),
    lines(store.reading, 'SELECT seq FROM unit_overlays'),
    lines(store.reading, "SELECT state || ' ' || CASE state WHEN 'gone' THEN who ELSE '' END FROM unit_claims WHERE until > ?", now),
    lines(mirror.reading, "SELECT ver || ' ' || title || ' ' || custody || ' ' || coalesce(sale_id, '') || ' ' || (more IS NULL) FROM units"),
    lines(mirror.reading, 'SELECT kind FROM unit_events ORDER BY n, kind'),
    lines(mirror.reading, "SELECT kind || ' ' || state FROM conflicts ORDER BY kind"),
  ].join('; ')
}
