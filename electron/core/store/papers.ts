import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { sql, type Reading, type Writing } from './store.ts'

export interface NewDocument {
  readonly id: string
  readonly kind: string
  readonly number: string
  readonly at: string
  readonly total_cents: number
  readonly summary: string
  readonly body: ReceiptDocument
}

export type JobState = 'waiting' | 'printing' | 'printed' | 'not-printed' | 'unknown' | 'given-up'

export interface JobRow {
  readonly id: string
  readonly document_id: string
  readonly copy: number
  readonly drawer: number
  readonly state: JobState
  readonly why: string | null
  readonly queued_at: string
  readonly changed_at: string
}

export function recordDocument(db: Writing, document: NewDocument): void {
  sql(db, 'INSERT INTO documents VALUES (@id, @kind, @number, @at, @total_cents, @summary, @body)').run({
    ...document,
    body: JSON.stringify(document.body),
  })
}

export function documentOf(db: Reading, id: string): (Omit<NewDocument, 'body'> & { body: ReceiptDocument }) | null {
  const row = sql(db, 'SELECT * FROM documents WHERE id = ?').get(id) as (Omit<NewDocument, 'body'> & { body: string }) | undefined
  return row ? { ...row, body: JSON.parse(row.body) as ReceiptDocument } : null
}

/** What a list shows of a document. Its body is a hundred times as long, and lists are drawn at every key. */
export const documentHead = (db: Reading, id: string): Pick<NewDocument, 'kind' | 'number'> | null =>
  (sql(db, 'SELECT kind, number FROM documents WHERE id = ?').get(id) as Pick<NewDocument, 'kind' | 'number'> | undefined) ?? null

/** By the start of its number, newest first; the empty text gives the latest. */
export const findDocuments = (db: Reading, text: string): Omit<NewDocument, 'body'>[] =>
  sql(
    db,
    `SELECT id, kind, number, at, total_cents, summary FROM documents
     WHERE number LIKE @start ESCAPE '\\' OR summary LIKE @within ESCAPE '\\' ORDER BY at DESC, id DESC LIMIT 50`,
  ).all({ start: `${escaped(text)}%`, within: `%${escaped(text)}%` }) as Omit<NewDocument, 'body'>[]

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)

export function queueJob(db: Writing, job: { id: string; documentId: string; copy: boolean; drawer: boolean; at: string }): void {
  sql(
    db,
    `INSERT INTO print_jobs (id, document_id, copy, drawer, state, why, queued_at, changed_at)
     VALUES (@id, @documentId, @copy, @drawer, 'waiting', NULL, @at, @at)`,
  ).run({ ...job, copy: job.copy ? 1 : 0, drawer: job.drawer ? 1 : 0 })
}

export function markJob(db: Writing, id: string, state: JobState, why: string | null, at: string): void {
  const done = sql(db, 'UPDATE print_jobs SET state = ?, why = ?, changed_at = ? WHERE id = ?').run(state, why, at, id)
  if (done.changes !== 1) throw new Error(`print job ${id} is not there`)
}

export const jobOf = (db: Reading, id: string): JobRow | null =>
  (sql(db, 'SELECT * FROM print_jobs WHERE id = ?').get(id) as JobRow | undefined) ?? null

export const jobsGoingOn = (db: Reading): JobRow[] =>
  sql(db, "SELECT * FROM print_jobs WHERE state NOT IN ('printed', 'given-up') ORDER BY queued_at, id").all() as JobRow[]

export const lastJobOfDocument = (db: Reading, documentId: string): JobRow | null =>
  (sql(db, 'SELECT * FROM print_jobs WHERE document_id = ? ORDER BY queued_at DESC, id DESC LIMIT 1').get(documentId) as
    | JobRow
    | undefined) ?? null
