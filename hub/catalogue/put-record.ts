import type { Columns } from '../../contract/sync/wire.ts'
import type { Query } from '../database.ts'
import type { Tell } from '../sync/feed.ts'
import { keyText, putRecords, type RecordChange } from '../sync/records.ts'

/** Writes one row that the tills' mirrors hold and tells it to those who follow its scope. */
export const putRecord = (tx: Query, tell: Tell, change: RecordChange): Promise<number> => putRecords(tx, tell, [change])

/** The rows of a kind that are in force, as they stand in the mirrors. */
export async function recordsOf<T>(db: Query, kind: string): Promise<T[]> {
  const rows = await db.query<{ body: string }>('SELECT body FROM record WHERE kind = $1 AND NOT gone ORDER BY key', [kind])
  return rows.map((row) => JSON.parse(row.body) as T)
}

export async function recordOf<T>(db: Query, kind: string, key: Columns): Promise<T | null> {
  const [row] = await db.query<{ body: string }>('SELECT body FROM record WHERE kind = $1 AND key = $2 AND NOT gone', [kind, keyText(key)])
  return row === undefined ? null : (JSON.parse(row.body) as T)
}

/** The same, held to the commit of `tx`: whoever changes the record, or asks for it in this way, waits until then. */
export async function heldRecordOf<T>(tx: Query, kind: string, key: Columns): Promise<T | null> {
  const [row] = await tx.query<{ body: string }>('SELECT body FROM record WHERE kind = $1 AND key = $2 AND NOT gone FOR UPDATE', [kind, keyText(key)])
  return row === undefined ? null : (JSON.parse(row.body) as T)
}
