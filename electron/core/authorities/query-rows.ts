import type { AuthorityQuery } from '../../../contract/authority-query.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

const LIST_MAX = 200

export function recordQuery(db: Writing, { named, ...query }: AuthorityQuery): void {
  sql(
    db,
    `INSERT INTO authority_queries VALUES (@number, @at, @text, @authority, @caseNumber, @officer, @order, @answer, @named, @by, @documentId)`,
  ).run({ ...query, named: named ? 1 : 0 })
}

/** The index of the newest gives the order. */
export const NEWEST_QUERIES = `SELECT number, at, text, authority, case_number AS caseNumber, officer, order_reference AS "order", answer, named,
  answered_by AS "by", document_id AS documentId FROM authority_queries ORDER BY at DESC, number DESC LIMIT ${LIST_MAX}`

export const newestQueries = (db: Reading): AuthorityQuery[] =>
  (sql(db, NEWEST_QUERIES).all() as (Omit<AuthorityQuery, 'named'> & { named: number })[]).map((row) => ({ ...row, named: row.named === 1 }))
