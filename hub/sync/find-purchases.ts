import {
  FoundPurchase, PURCHASE_PIECES_MAX, PURCHASES_MAX, type PurchaseQuestion, type PurchasesFound,
} from '../../contract/sync/receipt-wire.ts'
import { EVERYWHERE } from '../../contract/sync/wire.ts'
import { prepared, type Query } from '../database.ts'
import type { HubGround } from '../ground.ts'
import { logAct } from '../people/office.ts'
import type { Device } from './devices.ts'
import { scopesOf } from './feed.ts'

/** More sales of those days and that amount are not looked at. */
const LOOKED_AT_MAX = 100
/** What cash was rounded by is added to a sale after it is found: no coin is larger. */
const ROUNDING_CENTS_MAX = 100

interface SaleRow {
  readonly sale_id: string
  readonly at: string
  readonly store_id: string
  readonly amount_cents: number
  readonly body: string
  readonly till: string
}

const SALES = prepared(
  `SELECT b.row_id AS sale_id, b.at, b.store_id, b.amount_cents, b.body, coalesce(d.name, b.till) AS till
   FROM booked b LEFT JOIN device d ON d.till = b.till
   WHERE b.book = 'sales' AND b.store_id = ANY ($1::text[]) AND b.at >= $2 AND b.at < $3 AND b.amount_cents BETWEEN $4 AND $5
   ORDER BY b.at DESC, b.row_id DESC LIMIT $6`,
)

/**
 * Purchases of the stores a till may see that fit about when and for how much, the newest first, each with no more than
 * tells which it is. Nothing is kept for the till by it: whoever chooses one asks for its receipt. Each question is
 * written down.
 */
export async function findPurchases(ground: Pick<HubGround, 'db' | 'now_ms'>, device: Device, question: PurchaseQuestion): Promise<PurchasesFound> {
  const { db } = ground
  const { from, until, least_cents, most_cents } = question
  const storeIds = (await scopesOf(db, device)).filter((scope) => scope !== EVERYWHERE)
  const rows = await db.query<SaleRow>(SALES, [storeIds, from, until, least_cents - ROUNDING_CENTS_MAX, most_cents + ROUNDING_CENTS_MAX, LOOKED_AT_MAX])
  // A till that lost its disk may have told of the same sale twice.
  const sales = new Map(rows.map((row) => [row.sale_id, { ...row, ...toldOfSale(row) }]))
  const fitting = [...sales.values()].filter(({ total_cents }) => total_cents >= least_cents && total_cents <= most_cents)
  const shown = fitting.slice(0, PURCHASES_MAX)
  const pieces = await piecesOf(db, shown.map(({ sale_id }) => sale_id))
  const purchases = shown.flatMap(({ sale_id, at, store_id, number, currency, total_cents, till }) => {
    const read = FoundPurchase.safeParse({ number, soldAt: at, storeId: store_id, till, currency, total_cents, pieces: pieces.get(sale_id) ?? [] })
    return read.success ? [read.data] : []
  })
  await logAct(db, ground, `till ${device.code}`, 'purchases-looked-up', purchases.map(({ number }) => number).join(', '))
  return { purchases, isMore: fitting.length > shown.length || rows.length === LOOKED_AT_MAX }
}

/** What was paid is what the sale came to with what its cash was rounded by, as its receipt says. */
function toldOfSale({ amount_cents, body }: SaleRow): { number: unknown; currency: unknown; total_cents: number } {
  const { number, currency, rounding_cents } = JSON.parse(body) as Record<string, unknown>
  return { number, currency, total_cents: amount_cents + (Number.isSafeInteger(rounding_cents) ? Number(rounding_cents) : 0) }
}

/** The goods of each sale by their names, each once, in the order of the receipt. */
async function piecesOf(db: Query, saleIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.query<{ sale_id: string; body: string }>("SELECT sale_id, body FROM receipt_row WHERE kind = 'line' AND sale_id = ANY ($1::text[])", [saleIds])
  const lines = rows.map(({ sale_id, body }) => ({ sale_id, ...(JSON.parse(body) as { position?: unknown; name?: unknown }) }))
  lines.sort((a, b) => Number(a.position) - Number(b.position))
  const pieces = new Map<string, string[]>(saleIds.map((id) => [id, []]))
  for (const { sale_id, name } of lines) {
    const names = pieces.get(sale_id)
    if (typeof name === 'string' && names !== undefined && names.length < PURCHASE_PIECES_MAX && !names.includes(name)) names.push(name)
  }
  return pieces
}
