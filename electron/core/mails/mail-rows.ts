import type { MailState, MailTrouble } from '../../../contract/mail.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

export interface MailRow {
  readonly id: string
  readonly document_id: string
  readonly customer_id: string | null
  readonly sealed_to: Buffer | null
  readonly shown_to: string
  readonly language: string
  readonly state: MailState
  readonly why: MailTrouble | null
  readonly tries: number
  readonly next_try_at: string
  readonly made_at: string
  readonly changed_at: string
}

const LISTED_MAX = 100

export function recordMail(
  db: Writing,
  row: { id: string; documentId: string; customerId: string | null; sealedTo: Buffer; shownTo: string; language: string; at: string },
): void {
  sql(
    db,
    `INSERT INTO mails (id, document_id, customer_id, sealed_to, shown_to, language, state, why, tries, next_try_at, made_at, changed_at)
     VALUES (@id, @documentId, @customerId, @sealedTo, @shownTo, @language, 'waiting', NULL, 0, @at, @at, @at)`,
  ).run(row)
}

export const mailOf = (db: Reading, id: string): MailRow | null =>
  (sql(db, 'SELECT * FROM mails WHERE id = ?').get(id) as MailRow | undefined) ?? null

export const latestMails = (db: Reading): (MailRow & { number: string })[] =>
  sql(
    db,
    `SELECT m.*, d.number FROM mails m JOIN documents d ON d.id = m.document_id ORDER BY m.made_at DESC, m.id DESC LIMIT ${LISTED_MAX}`,
  ).all() as (MailRow & { number: string })[]

/** The letter that is due first, or null; `sending` ones were cut off by a power cut and are due again. */
export const nextMail = (db: Reading): MailRow | null =>
  (sql(db, "SELECT * FROM mails WHERE state IN ('waiting', 'sending') ORDER BY next_try_at, id LIMIT 1").get() as MailRow | undefined) ?? null

export function markMail(
  db: Writing, id: string, mark: { state: MailState; why: MailTrouble | null; tries: number; nextTryAt: string; at: string },
): void {
  sql(db, 'UPDATE mails SET state = @state, why = @why, tries = @tries, next_try_at = @nextTryAt, changed_at = @at WHERE id = @id').run({
    ...mark, id,
  })
}

/** Where it went is nobody's business once it is there, or will not go any more. */
export function forgetAddress(db: Writing, id: string): void {
  sql(db, 'UPDATE mails SET sealed_to = NULL WHERE id = ?').run(id)
}

/** Letters that wait, and letters that nobody will send unless somebody looks. */
export const mailCounts = (db: Reading): { waiting: number; refused: number } =>
  sql(
    db,
    `SELECT (SELECT count(*) FROM mails WHERE state IN ('waiting', 'sending')) AS waiting,
       (SELECT count(*) FROM mails WHERE state = 'refused') AS refused`,
  ).get() as { waiting: number; refused: number }
