import type { Cursors, FeedRow, NumberedRow } from '../../contract/sync/wire.ts'
import { EVERYWHERE } from '../../contract/sync/wire.ts'
import { prepared, type Database, type Query, type Transaction } from '../database.ts'
import type { HubGround } from '../ground.ts'

/** Collects what a transaction has to tell the tills; it is numbered when everything else is written. */
export type Tell = (scopes: Iterable<string>, row: FeedRow) => void

/**
 * One change of the centre: writes of `body`, then the rows it told, each scope's counter taken last and held to the
 * commit, which travels with it. So the number of a row is the order of commits, and no reader can overtake a hole. Scopes are taken in
 * order, so two changes never wait for each other in a circle.
 */
export async function change<T>(ground: Pick<HubGround, 'db' | 'now_ms'>, body: (tx: Query, tell: Tell) => Promise<T>): Promise<T> {
  let hasTold = false
  const result = await ground.db.transaction(async (tx) => {
    const told = new Map<string, FeedRow[]>()
    const result = await body(tx, (scopes, row) => {
      for (const scope of new Set(scopes)) {
        const rows = told.get(scope)
        if (rows) rows.push(row)
        else told.set(scope, [row])
      }
    })
    for (const scope of [...told.keys()].sort()) append(tx, scope, told.get(scope) ?? [], ground.now_ms())
    hasTold = told.size > 0
    return result
  })
  if (hasTold) for (const ring of bells.get(ground.db) ?? []) ring()
  return result
}

const bells = new WeakMap<Query, Set<() => void>>()

/** Rings after each commit of this process that told tills something. Answers how to stop listening. */
export function onTold(db: Query, ring: () => void): () => void {
  const known = bells.get(db) ?? new Set()
  bells.set(db, known.add(ring))
  return () => void known.delete(ring)
}

/** The rows come as lines of one text, for no JSON has a break of line in it: as an array, each of their quotes would be escaped. */
const APPEND = prepared(
  `WITH head AS (
     INSERT INTO feed_head (scope, seq) VALUES ($1, $2)
     ON CONFLICT (scope) DO UPDATE SET seq = feed_head.seq + excluded.seq RETURNING seq
   )
   INSERT INTO feed (scope, seq, at_ms, body)
   SELECT $1, head.seq - $2::bigint + n.nth, $3, n.body FROM head, unnest(string_to_array($4, chr(10))) WITH ORDINALITY AS n (body, nth)`,
)

function append(tx: Transaction, scope: string, rows: readonly FeedRow[], now_ms: number): void {
  tx.last(APPEND, [scope, rows.length, now_ms, rows.map((row) => JSON.stringify(row)).join('\n')])
}

/** The scopes a till follows: what all must know, and its store; or every store, where the chain is small. */
export async function scopesOf(db: Query, device: { follows: string; store_id: string }): Promise<string[]> {
  if (device.follows !== 'all') return [EVERYWHERE, device.store_id]
  const rows = await db.query<{ key: string }>("SELECT key FROM record WHERE kind = 'stores' AND NOT gone ORDER BY key")
  const stores = rows.map((row) => (JSON.parse(row.key) as { id: string }).id)
  return [EVERYWHERE, ...new Set([...stores, device.store_id])]
}

export async function headsOf(db: Query, scopes: readonly string[]): Promise<Map<string, { seq: number; min_seq: number }>> {
  const rows = await db.query<{ scope: string; seq: number; min_seq: number }>(
    'SELECT scope, seq, min_seq FROM feed_head WHERE scope = ANY ($1::text[])', [[...scopes]],
  )
  return new Map(rows.map((row) => [row.scope, row]))
}

export interface RawRow {
  readonly seq: number
  readonly body: string
}

const PAGE = prepared('SELECT seq, body FROM feed WHERE scope = $1 AND seq > $2 AND seq <= $3 ORDER BY seq')

/** Up to `limit` rows of a scope behind `after`. There are no holes, so they are asked for by their numbers. */
export const readFeed = (db: Query, scope: string, after: number, limit: number): Promise<RawRow[]> => db.query<RawRow>(PAGE, [scope, after, after + limit])

/** Rows as they go out: the bodies are JSON already and are sent as they lie in the table. */
export const rowsText = (scope: string, head: number, rows: readonly RawRow[]): string =>
  `{"scope":${JSON.stringify(scope)},"head":${head},"rows":[${rows.map((row) => `{"seq":${row.seq},"row":${row.body}}`).join(',')}]}`

export const numbered = (row: RawRow): NumberedRow => ({ seq: row.seq, row: JSON.parse(row.body) as FeedRow })

/** True when a cursor lies outside of what the feed still has: the till then takes a new mirror. */
export function isOutside(cursors: Cursors, heads: ReadonlyMap<string, { seq: number; min_seq: number }>): boolean {
  return Object.entries(cursors).some(([scope, seq]) => {
    const head = heads.get(scope)
    return head === undefined ? seq > 0 : seq > head.seq || seq < head.min_seq
  })
}

/** Forgets rows of the feed older than `keep_ms`, some thousands at a time; a till that was away longer takes a new mirror. */
export async function pruneFeed(db: Database, now_ms: number, keep_ms: number): Promise<void> {
  for (const { scope } of await db.query<{ scope: string }>('SELECT scope FROM feed_head ORDER BY scope')) {
    const old = await db.query<{ seq: number | null }>('SELECT max(seq) AS seq FROM feed WHERE scope = $1 AND at_ms < $2', [scope, now_ms - keep_ms])
    const last = old[0]?.seq ?? null
    if (last === null) continue
    await db.transaction(async (tx) => {
      await tx.touch('UPDATE feed_head SET min_seq = $2 WHERE scope = $1 AND min_seq < $2', [scope, last])
      await tx.touch('DELETE FROM feed WHERE scope = $1 AND seq <= $2', [scope, last])
    })
  }
}
