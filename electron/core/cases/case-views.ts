import type { CaseEntry, CaseFile, CaseRow } from '../../../contract/case-view.ts'
import type { UnitCard } from '../../../contract/unit.ts'
import { Verdict } from '../../../contract/verdict.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { sql, type Reading } from '../store/store.ts'
import { entriesOf, stateOfCase, type CaseEntryRow } from './case-files.ts'
import { photosOfFlow } from './photos.ts'

/** The most cases a list shows: beyond that somebody has to close some. */
const LIST_MAX = 200
const NUMBER_SIGNS = 6

interface Row {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly unit_id: string | null
  readonly verdict_id: string | null
  readonly quiet: number
  readonly seat: string
}

/** The short number people say to each other: the end of the id, which no two cases of a day share. */
export const caseNumber = (caseId: string): string => caseId.slice(-NUMBER_SIGNS).toUpperCase()

/** Cases of this till, the newest first. */
export function caseRows(ground: Ground, show: 'open' | 'all'): CaseRow[] {
  const db = ground.store.reading
  const rows = sql(db, 'SELECT * FROM cases ORDER BY at DESC LIMIT ?').all(LIST_MAX) as Row[]
  return rows.map((row) => rowOf(ground, db, row)).filter((row) => show === 'all' || row.state === 'open')
}

/** The whole file of a case; null where there is none. */
export function caseFile(ground: Ground, caseId: string, card: (unit: KnownUnit) => UnitCard): CaseFile | null {
  const db = ground.store.reading
  const row = sql(db, 'SELECT * FROM cases WHERE id = ?').get(caseId) as Row | undefined
  if (!row) return null
  const entries = entriesOf(db, caseId)
  const opened = entries.find(({ kind }) => kind === 'opened')?.body
  const seen = opened?.lookedAt ?? null
  const unit = row.unit_id === null ? null : unitOf(ground, row.unit_id)
  return {
    ...rowOf(ground, db, row), unit: unit && card(unit), text: opened?.text ?? '', verdict: verdictOf(db, row.verdict_id), verdictId: row.verdict_id,
    answers: Object.entries(seen?.answers ?? {}).map(([id, good]) => ({ id, good })), absent: [...(seen?.absent ?? [])],
    photoNotes: photosOfCase(db, caseId, entries).map(({ id, at, hash }) => ({ photoId: id, at, hash })),
    entries: entries.map(entryOf),
  }
}

/** The photographs of the act the case came of, and those taken for the case itself. */
export function photosOfCase(db: Reading, caseId: string, entries: readonly CaseEntryRow[]): { id: string; at: string; hash: string }[] {
  const flowId = entries.find(({ kind }) => kind === 'opened')?.body.flowId ?? null
  return [...(flowId === null ? [] : photosOfFlow(db, flowId)), ...photosOfFlow(db, caseId)]
}

function rowOf(ground: Ground, db: Reading, row: Row): CaseRow {
  const entries = entriesOf(db, row.id)
  const unit = row.unit_id === null ? null : unitOf(ground, row.unit_id)
  const what = unit === null ? (entries[0]?.body.text ?? '') : [unit.product.name, unit.aliases[0]?.value].filter(Boolean).join(' ')
  return {
    caseId: row.id, number: caseNumber(row.id), at: row.at, kind: row.kind, quiet: row.quiet === 1, seat: row.seat,
    state: stateOfCase(db, row.id) ?? 'open', what, photos: photosOfCase(db, row.id, entries).length,
  }
}

const entryOf = ({ at, kind, who, body }: CaseEntryRow): CaseEntry => ({
  at, kind, who, text: kind === 'opened' ? '' : body.text, params: {}, photoId: body.photoId ?? null,
})

/** As it was kept; one that a newer program wrote and this one cannot read is left out, not half shown. */
function verdictOf(db: Reading, verdictId: string | null): Verdict | null {
  if (verdictId === null) return null
  const row = sql(db, 'SELECT verdict FROM verdicts WHERE id = ?').get(verdictId) as { verdict: string } | undefined
  const read = row === undefined ? null : Verdict.safeParse(JSON.parse(row.verdict))
  return read?.success === true ? read.data : null
}
