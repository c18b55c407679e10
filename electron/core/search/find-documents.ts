import { sql, type Reading } from '../store/store.ts'
import { matchOf } from './words.ts'

export interface DocumentRow {
  readonly id: string
  readonly kind: string
  readonly number: string
  readonly at: string
  readonly total_cents: number
  readonly summary: string
}

/** The newest first: the row number of the search table rises with every paper. */
const FIND = `
  SELECT d.id, d.kind, d.number, d.at, d.total_cents, d.summary
  FROM (SELECT document_id, rowid AS n FROM document_search WHERE document_search MATCH ? ORDER BY rowid DESC LIMIT ?) s
  JOIN documents d ON d.id = s.document_id ORDER BY s.n DESC`

/** Papers that have every word of the question on them: number, goods, serials; the newest first. */
export function searchDocuments(db: Reading, words: readonly string[], most: number): DocumentRow[] {
  const match = matchOf(words)
  return match === null ? [] : (sql(db, FIND).all(match, most) as DocumentRow[])
}
