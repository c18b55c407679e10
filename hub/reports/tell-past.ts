import { localDay } from '../../contract/epcis/local-time.ts'
import type { Params } from '../../contract/ids.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Database, Query } from '../database.ts'
import { amountIn, piecesOf } from './tell-out.ts'
import { appendTold, PAST, type ToldRow } from './told-row.ts'

const UNITS_AT_ONCE = 300
const PLACE = 'told the past up to'

/** Lives from before the centre stand under this till (`load-mirror.ts`). */
const PAST_TILL = 'past'

/**
 * Tells what the pieces had lived through before the centre took them over, some hundreds of pieces a time, so that
 * reports begin with more than an empty page. Answers how many lines; 0 when all of it is told.
 */
export async function tellPast(db: Database): Promise<number> {
  const [row] = await db.query<{ value: string }>('SELECT value FROM hub_meta WHERE key = $1', [PLACE])
  const after = row?.value ?? ''
  const units = await db.query<{ unit_id: string }>(
    'SELECT DISTINCT unit_id FROM unit_event WHERE till = $1 AND unit_id > $2 ORDER BY unit_id LIMIT $3', [PAST_TILL, after, UNITS_AT_ONCE],
  )
  const last = units.at(-1)
  if (last === undefined) return 0
  const stores = await storesOf(db)
  return db.transaction(async (tx) => {
    if (!(await movePlace(tx, after, last.unit_id))) return 0
    const ids = units.map((unit) => unit.unit_id)
    const events = await tx.query<{ unit_id: string; id: string; kind: string; at: string; store_id: string | null; params: string }>(
      'SELECT unit_id, id, kind, at, store_id, params FROM unit_event WHERE till = $1 AND unit_id = ANY ($2::text[]) ORDER BY unit_id, seq', [PAST_TILL, ids],
    )
    const pieces = await piecesOf(tx, ids)
    const paid = await paidFor(tx, ids)
    const rows = events.map((event): ToldRow => {
      const piece = pieces.get(event.unit_id) ?? { unit_id: event.unit_id, product_id: null, serial: null, lot: null, supplier: null }
      const day = localDay(event.at, stores.get(event.store_id ?? '')?.time_zone ?? 'UTC')
      const said = amountIn(JSON.parse(event.params) as Params)
      const money = said.amount_cents === null && (event.kind === 'sold' || event.kind === 'refunded') ? (paid.get(event.unit_id) ?? said) : said
      return { ...piece, ...money, id: event.id, kind: event.kind, store_id: event.store_id, till: null, at: event.at, day, received_at: event.at, verdict: PAST, params: event.params }
    })
    await appendTold(tx, rows)
    return rows.length
  })
}

/** False where somebody else has moved it meanwhile. */
async function movePlace(tx: Query, from: string, to: string): Promise<boolean> {
  const moved = await tx.touch(
    'INSERT INTO hub_meta (key, value) VALUES ($1, $3) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE hub_meta.value = $2', [PLACE, from, to],
  )
  return moved === 1
}

/** What was paid for a piece the last time it was sold: older sales of it said nothing of money. */
async function paidFor(tx: Query, ids: readonly string[]): Promise<Map<string, { amount_cents: number | null; currency: string | null }>> {
  const rows = await tx.query<{ id: string; paid_cents: number | null; currency: string | null }>('SELECT id, paid_cents, currency FROM unit WHERE id = ANY ($1::text[])', [[...ids]])
  return new Map(rows.map((row) => [row.id, { amount_cents: row.paid_cents, currency: row.currency }]))
}
