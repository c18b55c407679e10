import type { CaseEntry } from '../../../contract/case-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { Deed } from '../flows/deed.ts'
import { judgeToKeep, unitOf } from '../facts/judge.ts'
import type { LookedAt } from '../returns/condition-questions.ts'
import { recordCase, recordVerdict } from '../store/evidence.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/** Why a case is opened. Words: `case-kind.<kind>`. */
export type CaseKind =
  | 'after-window' | 'handed-over' | 'refused' | 'another-unit' | 'without-record' | 'locked' | 'exception' | 'called' | 'card-reversal'
  | 'inspection-refused' | 'not-received' | 'other-product' | 'not-ours' | 'overruled' | 'shadow' | 'quiet-hit'

export interface NewCase {
  readonly caseId: string
  readonly kind: CaseKind
  readonly unitId: string | null
  /** What was scanned. */
  readonly text: string
  /** Null where nothing was decided, as when a customer only calls for help. */
  readonly verdict: Verdict | null
  readonly lookedAt: LookedAt | null
  /** Why somebody overruled, in his own words. */
  readonly note: string
}

/**
 * Opens a case with its file: the verdict with the facts it was decided on (read again in this very turn), what was
 * looked at, the photographs of the flow, and a first note. In the transaction of the deed. The case is quiet where
 * the verdict is.
 */
export function openCase(deed: Deed, entry: NewCase): void {
  const { ground, db } = deed
  const at = ground.now()
  let verdictId: string | null = null
  if (entry.verdict !== null) {
    verdictId = ground.newId()
    const unit = entry.unitId === null ? null : unitOf(ground, entry.unitId)
    const kept = unit && judgeToKeep(ground, entry.verdict.intent, unit, deed.flowId)
    // What a register said whose terms forbid keeping it goes into no file of a case either.
    const holdsBack = kept?.facts.outside?.some(({ said }) => said === 'not-kept') ?? false
    recordVerdict(db, {
      id: verdictId, unitId: entry.unitId, text: entry.text, verdict: holdsBack && kept ? kept.verdict : entry.verdict,
      facts: kept?.facts ?? null,
      seat: ground.seat, staffId: deed.staff?.staffId ?? null,
    })
  }
  const quiet = entry.verdict?.quiet ?? false
  recordCase(db, { id: entry.caseId, at, kind: entry.kind, unitId: entry.unitId, verdictId, quiet, seat: ground.seat })
  write(deed, entry.caseId, 'opened', { text: entry.text, flowId: deed.flowId, lookedAt: entry.lookedAt })
  if (entry.note !== '') write(deed, entry.caseId, 'note', { text: entry.note })
}

/** Adds a note to the file. Refuses a case that is not there, one that is closed, and a note of nothing but blanks. */
export function noteCase(deed: Deed, caseId: string, text: string): Result<null> {
  const state = stateOfCase(deed.db, caseId)
  if (state === null) return refused('no-such-case')
  if (state === 'closed') return refused('not-in-this-state')
  if (text.trim() === '') return refused('reason-missing')
  write(deed, caseId, 'note', { text: text.trim() })
  return ok(null)
}

/** Closes a case with what came of it, or opens it again. Refuses without a word of why. */
export function settleCase(deed: Deed, caseId: string, to: 'closed' | 'reopened', text: string): Result<null> {
  const state = stateOfCase(deed.db, caseId)
  if (state === null) return refused('no-such-case')
  if ((state === 'closed') === (to === 'closed')) return refused('not-in-this-state')
  if (text.trim() === '') return refused('reason-missing')
  write(deed, caseId, to, { text: text.trim() })
  return ok(null)
}

/** Puts a photograph that was taken for this case into its file. */
export function addPhotoToCase(deed: Deed, caseId: string, photo: { readonly photoId: string; readonly hash: string }): void {
  write(deed, caseId, 'photo', { text: '', photoId: photo.photoId, hash: photo.hash })
}

export function noteExport(deed: Deed, caseId: string, hash: string): void {
  write(deed, caseId, 'exported', { text: '', hash })
}

interface EntryBody {
  readonly text: string
  readonly flowId?: string
  readonly lookedAt?: LookedAt | null
  readonly photoId?: string
  readonly hash?: string
}

function write(deed: Deed, caseId: string, kind: CaseEntry['kind'], body: EntryBody): void {
  const { db, ground, staff } = deed
  sql(db, 'INSERT INTO case_entries (id, case_id, at, kind, staff_id, who, body) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
    ground.newId(), caseId, ground.now(), kind, staff?.staffId ?? null, staff?.name ?? ground.till.name, JSON.stringify(body),
  )
}

export interface CaseEntryRow {
  readonly id: string
  readonly at: string
  readonly kind: CaseEntry['kind']
  readonly who: string
  readonly body: EntryBody
}

/** The file of a case, oldest line first. */
export const entriesOf = (db: Reading, caseId: string): CaseEntryRow[] =>
  (sql(db, 'SELECT id, at, kind, who, body FROM case_entries WHERE case_id = ? ORDER BY at, id').all(caseId) as (Omit<CaseEntryRow, 'body'> & {
    body: string
  })[]).map((row) => ({ ...row, body: JSON.parse(row.body) as EntryBody }))

/** Null where there is no such case. A case of before there were files is open until somebody closes it. */
export function stateOfCase(db: Reading | Writing, caseId: string): 'open' | 'closed' | null {
  if (sql(db, 'SELECT 1 FROM cases WHERE id = ?').get(caseId) === undefined) return null
  const last = sql(
    db,
    "SELECT kind FROM case_entries WHERE case_id = ? AND kind IN ('closed', 'reopened') ORDER BY at DESC, id DESC LIMIT 1",
  ).get(caseId) as { kind: string } | undefined
  return last?.kind === 'closed' ? 'closed' : 'open'
}
