import { LossWhy } from '../../contract/mark-view.ts'
import { cents } from '../../contract/money.ts'
import type { LossRow, Span } from '../contract/report-calls.ts'
import { productNames } from '../catalogue/products.ts'
import { storesOf } from '../catalogue/stores.ts'
import type { Query } from '../database.ts'
import { IN_SPAN } from './days.ts'

interface Gone {
  readonly kind: string
  readonly why: string | null
  readonly product_id: string | null
  readonly store_id: string | null
}

const GOES_BY = "(verdict IS NULL OR verdict IN ('accepted', 'noted', 'past'))"

/** Found is only what was off the books: a piece that was looked for and turned up had never left them. */
const WAS_LOST = `(SELECT before.kind FROM told before WHERE before.feed = told.feed AND before.unit_id = told.unit_id AND before.seq < told.seq
  AND before.kind IN ('lost', 'retired', 'found') AND ${GOES_BY.replaceAll('verdict', 'before.verdict')} ORDER BY before.seq DESC LIMIT 1) IN ('lost', 'retired')`

/**
 * What left the books without a sale, by why and currency, at the price of today; and what turned up again. A piece that is
 * only looked for is no loss yet. The dearest first.
 */
export async function losses(db: Query, span: Span): Promise<LossRow[]> {
  const rows = await db.query<Gone>(
    `SELECT kind, params::jsonb ->> 'why' AS why, product_id, store_id FROM told
     WHERE ${IN_SPAN} AND (kind IN ('lost', 'retired') OR (kind = 'found' AND ${WAS_LOST})) AND ${GOES_BY}`,
    [span.from, span.to, span.storeId],
  )
  const stores = await storesOf(db)
  const products = await productNames(db, rows.flatMap((row) => row.product_id ?? []))
  const found = new Map<string, { why: LossRow['why']; currency: string; pieces: number; value: number }>()
  for (const row of rows) {
    const why = row.kind === 'found' ? 'found' : (LossWhy.safeParse(row.why).data ?? 'other')
    const currency = stores.get(row.store_id ?? '')?.currency ?? 'EUR'
    const entry = found.get(`${why} ${currency}`) ?? { why, currency, pieces: 0, value: 0 }
    entry.pieces += 1
    entry.value += products.get(row.product_id ?? '')?.price_cents ?? 0
    found.set(`${why} ${currency}`, entry)
  }
  return [...found.values()].map(({ value, ...row }) => ({ ...row, value_cents: cents(value) })).sort((a, b) => b.value_cents - a.value_cents)
}
