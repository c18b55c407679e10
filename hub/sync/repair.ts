import { EVERYWHERE, type Digest, type FeedRow } from '../../contract/sync/wire.ts'
import type { Query } from '../database.ts'
import { scopesOf } from './feed.ts'
import { feedRowOf, UNIT_COLUMNS, type HubUnit } from './units.ts'

/** Which units a till keeps: those at home in its scopes, those of no home, and everything with a flag on it. */
export const KEPT = '(flagged OR home IS NULL OR home = ANY ($1::text[]))'

const storesOf = async (db: Query, device: { follows: string; store_id: string }): Promise<string[]> =>
  (await scopesOf(db, device)).filter((scope) => scope !== EVERYWHERE)

/** What a mirror of this till should add up to. Ids end at random, so their last two letters make even buckets. */
export async function digestOf(db: Query, device: { follows: string; store_id: string }): Promise<Digest> {
  const rows = await db.query<{ ending: string; n: number; vers: number }>(
    `SELECT right(id, 2) AS ending, count(*)::bigint AS n, sum(ver)::bigint AS vers FROM unit WHERE ${KEPT} GROUP BY right(id, 2)`,
    [await storesOf(db, device)],
  )
  return Object.fromEntries(rows.map((row) => [row.ending, [row.n, row.vers]]))
}

/** All units of one bucket, and not some of them: a till takes away what it has and is not told of here. */
export async function bucketOf(db: Query, device: { follows: string; store_id: string }, ending: string): Promise<FeedRow[]> {
  const rows = await db.query<HubUnit>(
    `SELECT ${UNIT_COLUMNS.join(', ')} FROM unit WHERE ${KEPT} AND right(id, 2) = $2 ORDER BY id`, [await storesOf(db, device), ending],
  )
  return rows.map((row) => feedRowOf(row, []))
}
