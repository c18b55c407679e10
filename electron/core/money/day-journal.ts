import type { JournalGroup, JournalLine, JournalPage, JournalPlace, JournalQuery } from '../../../contract/day-journal.ts'
import type { Params } from '../../../contract/ids.ts'
import { cents } from '../../../contract/money.ts'
import { sql, type Reading } from '../store/store.ts'

export const PAGE_LINES = 100

/** Which papers belong to a group; every other kind of paper is only a paper. */
const PAPERS: Readonly<Record<Exclude<JournalGroup, 'override' | 'paper'>, readonly string[]>> = {
  sale: ['sale', 'exchange'],
  return: ['return', 'trade-in'],
  money: ['cash', 'credit'],
  shift: ['shift'],
  authority: ['authority'],
}
const GROUP_OF_PAPER = new Map(
  Object.entries(PAPERS).flatMap(([group, kinds]) => kinds.map((kind) => [kind, group as JournalGroup] as const)),
)

/** Events that tell what no paper tells; the list is that of the index `journal_of_day`, to the letter. */
export const TOLD_BY_NO_PAPER = "('cart-voided', 'line-voided', 'price-changed', 'gate-passed', 'authorised', 'shift-opened', 'drawer-opened', 'held')"
const GROUP_OF_EVENT: Readonly<Record<string, JournalGroup>> = { 'shift-opened': 'shift', held: 'money' }

/** Bounds of the days that are looked at, as instants, and who people are. */
export interface JournalWorld {
  readonly from: string | null
  readonly until: string | null
  readonly nameOf: (staffId: string) => string | null
}

/**
 * Looks back over what this till did, the newest first: papers and the events that leave none, one page at a time.
 * A page after `after` begins where that one ended, however much has happened since.
 */
export function dayJournal(db: Reading, query: JournalQuery, world: JournalWorld, after: JournalPlace | null, limit = PAGE_LINES): JournalPage {
  const wanted = {
    from: world.from ?? '', until: world.until ?? '~', at: after?.at ?? '~', id: after?.id ?? '~',
    text: query.text.trim(), staffName: query.staffId === null ? null : world.nameOf(query.staffId), number: `${escaped(query.text.trim())}%`, within: `%${escaped(query.text.trim())}%`,
    staffId: query.staffId, least: query.least_cents ?? -1, most: query.most_cents ?? Number.MAX_SAFE_INTEGER, limit: limit + 1,
  }
  const papers = query.group === 'override' ? [] : (sql(db, papersSql(query)).all(wanted) as PaperRow[]).map((row) => paperLine(row, world))
  const mayBeEvent = query.group === null || query.group === 'override' || query.group === 'shift' || query.group === 'money'
  const events = mayBeEvent ? (sql(db, EVENTS_SQL).all(wanted) as EventRow[]).map((row) => eventLine(row, world)) : []
  const lines = [...papers, ...events.filter((line) => query.group === null || line.group === query.group)].sort(newestFirst)
  const shown = lines.slice(0, limit)
  const last = shown.at(-1)
  return { lines: shown, next: lines.length > limit && last !== undefined ? { at: last.at, id: last.id } : null }
}

const newestFirst = (a: JournalLine, b: JournalLine): number => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1)

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)

interface PaperRow {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly number: string
  readonly total_cents: number
  readonly summary: string
  readonly staff_id: string | null
  /** Who answered an authority is kept by name. */
  readonly answered_by: string | null
}

/** The body of a document is not read here: the pages of a year stay quick. */
function papersSql(query: JournalQuery): string {
  const kinds = query.group === null || query.group === 'override' ? null : query.group === 'paper' ? null : PAPERS[query.group]
  const known = [...GROUP_OF_PAPER.keys()].map((kind) => `'${kind}'`).join(', ')
  const ofGroup = query.group === 'paper' ? `AND kind NOT IN (${known})` : kinds === null ? '' : `AND kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})`
  const ofText = query.text.trim() === ''
    ? ''
    : `AND (number LIKE @number ESCAPE '\\' OR summary LIKE @within ESCAPE '\\'
         OR number IN (SELECT s.number FROM sale_lines l JOIN sales s ON s.id = l.sale_id WHERE l.serial = @text))`
  return `SELECT id, at, kind, number, total_cents, summary, staff_id, answered_by FROM (
      SELECT id, at, kind, number, total_cents, summary, ${STAFF_OF_PAPER} AS staff_id, ${ANSWERED_BY} AS answered_by FROM documents
      WHERE at >= @from AND at < @until AND (at < @at OR (at = @at AND id < @id)) ${ofGroup} ${ofText}
        AND abs(total_cents) BETWEEN @least AND @most
      ORDER BY at DESC, id DESC)
    WHERE @staffId IS NULL OR staff_id = @staffId OR answered_by = @staffName LIMIT @limit`
}

const STAFF_OF_PAPER = `CASE documents.kind
  WHEN 'sale' THEN (SELECT staff_id FROM sales WHERE number = documents.number)
  WHEN 'return' THEN (SELECT staff_id FROM returns WHERE number = documents.number)
  WHEN 'cash' THEN coalesce((SELECT staff_id FROM money_moves WHERE at = documents.at AND number = documents.number),
    (SELECT json_extract(body, '$.staffId') FROM journal WHERE kind IN ${TOLD_BY_NO_PAPER} AND at = documents.at AND kind = 'drawer-opened'))
  ELSE NULL END`
const ANSWERED_BY = "CASE documents.kind WHEN 'authority' THEN (SELECT answered_by FROM authority_queries WHERE number = documents.number) ELSE NULL END"

function paperLine(row: PaperRow, world: JournalWorld): JournalLine {
  return {
    id: row.id, at: row.at, group: GROUP_OF_PAPER.get(row.kind) ?? 'paper', of: 'paper', kind: row.kind, number: row.number,
    who: row.answered_by ?? (row.staff_id === null ? null : world.nameOf(row.staff_id)),
    // Nothing moved with a paper about a piece, nor with a drawer that was only opened.
    amount_cents: row.total_cents === 0 && row.kind !== 'sale' && row.kind !== 'shift' ? null : cents(row.total_cents), summary: row.summary, documentId: row.id,
  }
}

interface EventRow {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly body: string
}

const AMOUNT = "coalesce(json_extract(body, '$.params.amount_cents'), json_extract(body, '$.params.total_cents'), json_extract(body, '$.params.float_cents'), 0)"
const EVENTS_SQL = `SELECT id, at, kind, body FROM journal
  WHERE kind IN ${TOLD_BY_NO_PAPER} AND kind <> 'drawer-opened' AND at >= @from AND at < @until AND (at < @at OR (at = @at AND id < @id))
    AND (@staffId IS NULL OR json_extract(body, '$.staffId') = @staffId)
    AND (@text = '' OR json_extract(body, '$.params') LIKE @within ESCAPE '\\')
    AND abs(${AMOUNT}) BETWEEN @least AND @most
  ORDER BY at DESC, id DESC LIMIT @limit`

function eventLine(row: EventRow, world: JournalWorld): JournalLine {
  const body = JSON.parse(row.body) as { staffId: string | null; who: string | null; params: Params }
  const { params } = body
  const amount = params['amount_cents'] ?? params['total_cents'] ?? params['float_cents']
  const said = [params['name'], row.kind === 'held' ? null : params['reason'], params['for']].filter((part) => typeof part === 'string' && part !== '')
  return {
    id: row.id, at: row.at, group: GROUP_OF_EVENT[row.kind] ?? 'override', of: 'event', kind: row.kind, number: String(params['number'] ?? ''),
    who: body.who ?? (body.staffId === null ? null : world.nameOf(body.staffId)),
    amount_cents: typeof amount === 'number' ? cents(amount) : null, summary: said.join(' · '), documentId: null,
  }
}
