import type { Query } from '../database.ts'
import type { Office } from '../people/office.ts'
import { findingsOf, knownOf } from './known.ts'

/** The id that stands for this person: another one where the person was merged into it. */
export async function standingFor(db: Query, id: string): Promise<string> {
  const [row] = await db.query<{ merged_into: string | null }>('SELECT merged_into FROM customer WHERE id = $1', [id])
  return row?.merged_into ?? id
}

/** All ids under which one person is known, the one that stands for them first. */
export async function idsOf(db: Query, id: string): Promise<string[]> {
  const stands = await standingFor(db, id)
  const rows = await db.query<{ id: string }>('SELECT id FROM customer WHERE merged_into = $1 ORDER BY id', [stands])
  return [stands, ...rows.map((row) => row.id)]
}

/** What a person is found by, written anew: by all that is known under any of the ids. Nothing leads to a merged id but its person. */
export async function writeKeys(tx: Query, office: Pick<Office, 'sealing'>, id: string): Promise<void> {
  const rows = await tx.query<{ id: string; sealed: Buffer | null }>('SELECT id, sealed FROM customer WHERE id = $1 OR merged_into = $1 ORDER BY id', [id])
  await tx.query('DELETE FROM customer_key WHERE customer_id = ANY ($1::text[])', [rows.map((row) => row.id)])
  const found = rows.flatMap((row) => {
    const known = knownOf(office, row)
    return known === null ? [] : findingsOf(known)
  })
  for (const key of new Set(found))
    await tx.query('INSERT INTO customer_key (blind, customer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [office.sealing.blind(key), id])
}
