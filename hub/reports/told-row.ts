import type { Params } from '../../contract/ids.ts'
import type { Query } from '../database.ts'

/** One line of what has been applied, for pages, other systems and reports. */
export interface ToldRow {
  readonly id: string
  readonly kind: string
  readonly unit_id: string | null
  readonly product_id: string | null
  readonly serial: string | null
  readonly lot: string | null
  readonly supplier: string | null
  readonly store_id: string | null
  readonly till: string | null
  readonly at: string
  readonly day: string
  readonly received_at: string
  readonly verdict: string | null
  readonly amount_cents: number | null
  readonly currency: string | null
  readonly params: string
}

export interface NumberedTold extends ToldRow {
  readonly seq: number
}

/** The verdict of what happened before there was a centre to judge it. */
export const PAST = 'past'

/** The one list there is; a chain that outgrows it gives each region its own. */
const FEED = 'all'

const COLUMNS = `id, kind, unit_id, product_id, serial, lot, supplier, store_id, till, at, day, received_at, verdict, amount_cents, currency, params`
const TYPED = `id text, kind text, unit_id text, product_id text, serial text, lot text, supplier text, store_id text, till text,
  at text, day text, received_at text, verdict text, amount_cents bigint, currency text, params text, seq bigint`

/** Adds lines at the end of the list. The last thing a transaction does: the counter is held until it is committed. */
export async function appendTold(tx: Query, rows: readonly ToldRow[]): Promise<void> {
  if (rows.length === 0) return
  const [head] = await tx.query<{ seq: number }>(
    `INSERT INTO told_head (feed, seq) VALUES ($1, $2)
     ON CONFLICT (feed) DO UPDATE SET seq = told_head.seq + excluded.seq RETURNING seq`, [FEED, rows.length],
  )
  const first = (head?.seq ?? rows.length) - rows.length + 1
  await tx.query(
    `INSERT INTO told (feed, seq, ${COLUMNS}) SELECT $1, n.seq, ${COLUMNS.split(', ').map((name) => `n.${name}`).join(', ')}
     FROM jsonb_to_recordset($2::jsonb) AS n (${TYPED})`,
    [FEED, JSON.stringify(rows.map((row, index) => ({ ...row, seq: first + index })))],
  )
}

export const toldAfter = (db: Query, seq: number, limit: number): Promise<NumberedTold[]> =>
  db.query<NumberedTold>(`SELECT seq, ${COLUMNS} FROM told WHERE feed = $1 AND seq > $2 ORDER BY seq LIMIT $3`, [FEED, seq, limit])

export const newestTold = async (db: Query, limit: number): Promise<NumberedTold[]> =>
  (await db.query<NumberedTold>(`SELECT seq, ${COLUMNS} FROM told WHERE feed = $1 ORDER BY seq DESC LIMIT $2`, [FEED, limit])).reverse()

export const toldHead = async (db: Query): Promise<number> =>
  (await db.query<{ seq: number }>('SELECT seq FROM told_head WHERE feed = $1', [FEED]))[0]?.seq ?? 0

export const paramsOf = (row: Pick<ToldRow, 'params'>): Params => JSON.parse(row.params) as Params
