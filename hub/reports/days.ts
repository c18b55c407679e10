import type { z } from 'zod'
import { DAY_MS } from '../../contract/durations.ts'
import { cents } from '../../contract/money.ts'
import { productName } from '../../contract/product-name.ts'
import type { reports, Span } from '../contract/report-calls.ts'
import { productNames } from '../catalogue/products.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'

type Output<K extends keyof typeof reports> = z.infer<NonNullable<(typeof reports)[K]['~orpc']['outputSchema']>>

/** Lines of the told list in a span of days, of one store or of all. */
export const IN_SPAN = "feed = 'all' AND day >= $1 AND day <= $2 AND ($3::text IS NULL OR store_id = $3)"

/** What was sold and given back by day and currency, in the time of the stores. */
export async function salesPerDay(db: Query, span: Span): Promise<Output<'sales'>> {
  const rows = await db.query<{ day: string; currency: string; pieces: number; sold: number; refunded: number }>(
    `SELECT day, currency, count(*) FILTER (WHERE kind = 'sold') AS pieces,
       coalesce(sum(amount_cents) FILTER (WHERE kind = 'sold'), 0)::bigint AS sold,
       coalesce(sum(amount_cents) FILTER (WHERE kind = 'refunded'), 0)::bigint AS refunded
     FROM told WHERE ${IN_SPAN} AND kind IN ('sold', 'refunded') AND currency IS NOT NULL GROUP BY day, currency ORDER BY day, currency`,
    [span.from, span.to, span.storeId],
  )
  return rows.map((row) => ({ day: row.day, currency: row.currency, pieces: row.pieces, sold_cents: cents(row.sold), refunded_cents: cents(row.refunded) }))
}

/** Claims by model: how they ended, how long they took from the counter back to it, how many are still away. */
export async function warranty(db: Query, span: Span): Promise<Output<'warranty'>> {
  const rows = await db.query<{ product_id: string; unit_id: string; kind: string; at: string }>(
    `SELECT coalesce(product_id, '') AS product_id, unit_id, kind, at FROM told
     WHERE ${IN_SPAN} AND kind IN ('claimed', 'sent-to-repair', 'back-from-repair', 'replaced') AND unit_id IS NOT NULL ORDER BY unit_id, at`,
    [span.from, span.to, span.storeId],
  )
  const models = new Map<string, { claims: number; repaired: number; replaced: number; open: number; days: number[] }>()
  const began = new Map<string, number>()
  for (const row of rows) {
    const model = models.get(row.product_id) ?? { claims: 0, repaired: 0, replaced: 0, open: 0, days: [] }
    models.set(row.product_id, model)
    if (row.kind === 'claimed') model.claims += 1
    if (row.kind === 'claimed' || row.kind === 'sent-to-repair') {
      if (!began.has(row.unit_id)) model.open += 1
      began.set(row.unit_id, began.get(row.unit_id) ?? Date.parse(row.at))
      continue
    }
    if (row.kind === 'back-from-repair') model.repaired += 1
    else model.replaced += 1
    const start = began.get(row.unit_id)
    if (start === undefined) continue
    model.days.push((Date.parse(row.at) - start) / DAY_MS)
    model.open -= 1
    began.delete(row.unit_id)
  }
  const products = await productNames(db, models.keys())
  return [...models].map(([key, model]) => {
    const product = products.get(key)
    return {
      key, name: product === undefined ? key : productName(product), claims: model.claims, repaired: model.repaired, replaced: model.replaced,
      medianDays: medianOf(model.days), open: model.open,
    }
  }).sort((a, b) => b.claims - a.claims)
}

export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  return middle === undefined ? null : Math.round(middle * 10) / 10
}

/** How long stock has been lying, by store: since it came in where that is known, else since it was made. */
export async function stockAge(db: Query, storeId: string | null, now_ms: number): Promise<Output<'stockAge'>> {
  const dayAgo = (days: number): string => new Date(now_ms - days * DAY_MS).toISOString().slice(0, 10)
  const rows = await db.query<{ store_id: string; bucket: Output<'stockAge'>[number]['bucket']; product_id: string; pieces: number; own_price: number; priced: number }>(
    `SELECT store_id, product_id, CASE WHEN since >= $2 THEN '30' WHEN since >= $3 THEN '90' WHEN since >= $4 THEN '180' WHEN since >= $5 THEN '365' ELSE 'older' END AS bucket,
       count(*) AS pieces, coalesce(sum(price_cents), 0)::bigint AS own_price, count(price_cents) AS priced
     FROM (SELECT u.store_id, u.product_id, u.price_cents, coalesce(max(e.at), u.produced_on, $2) AS since
       FROM unit u LEFT JOIN unit_event e ON e.unit_id = u.id AND e.kind IN ('received', 'returned', 'stocked')
       WHERE u.custody = 'in-stock' AND u.store_id IS NOT NULL AND ($1::text IS NULL OR u.store_id = $1)
       GROUP BY u.id, u.store_id, u.product_id, u.price_cents, u.produced_on) AS lying
     GROUP BY 1, 2, 3`, [storeId, dayAgo(30), dayAgo(90), dayAgo(180), dayAgo(365)],
  )
  const stores = await storesOf(db)
  const products = await productNames(db, rows.map((row) => row.product_id))
  const found = new Map<string, Output<'stockAge'>[number]>()
  for (const row of rows) {
    const store = stores.get(row.store_id)
    const value = row.own_price + (row.pieces - row.priced) * (products.get(row.product_id)?.price_cents ?? 0)
    const key = `${row.store_id} ${row.bucket}`
    const before = found.get(key)
    found.set(key, {
      storeId: row.store_id, storeName: store?.name ?? row.store_id, currency: store?.currency ?? 'EUR', bucket: row.bucket,
      pieces: row.pieces + (before?.pieces ?? 0), value_cents: cents(value + (before?.value_cents ?? 0)),
    })
  }
  return [...found.values()].sort((a, b) => (a.storeName < b.storeName ? -1 : a.storeName > b.storeName ? 1 : 0))
}

/** How long the centre took to say where a piece is, by day. */
export async function traceability(db: Query, span: Pick<Span, 'from' | 'to'>): Promise<Output<'traceability'>> {
  const rows = await db.query<{ day: string; questions: number; median: number; slowest: number }>(
    `SELECT day, count(*) AS questions, percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS median, max(ms) AS slowest
     FROM trace_time WHERE day >= $1 AND day <= $2 GROUP BY day ORDER BY day`, [span.from, span.to],
  )
  return rows.map((row) => ({ day: row.day, questions: row.questions, median_ms: row.median, slowest_ms: row.slowest }))
}
