import { productName } from '../../contract/product-name.ts'
import type { RateBy, RateRow, Span } from '../contract/report-calls.ts'
import { productNames } from '../catalogue/products.ts'
import type { Query } from '../database.ts'

/** Of fewer pieces than this a rate says more about chance than about the goods. */
const SOLD_MIN = 5
const ROWS_MAX = 200

const KEYS: Readonly<Record<RateBy, string>> = {
  model: "coalesce(product_id, '')",
  lot: "coalesce(lot, '')",
  supplier: "coalesce(supplier, '')",
  // A range is what stands before the last three characters of the serial: makers count on within it.
  serials: "coalesce(product_id, '') || ' ' || left(coalesce(serial, ''), greatest(length(coalesce(serial, '')) - 3, 0))",
}

type Counted = Omit<RateRow, 'name'>

/**
 * Of the pieces sold in a span, how many came back in it, how many with something wrong, and how many were claimed on;
 * by model, lot, range of serials or supplier, the worst first.
 */
export async function rates(db: Query, span: Span, by: RateBy): Promise<RateRow[]> {
  const key = KEYS[by]
  const rows = await db.query<Counted>(
    `SELECT * FROM (
       SELECT counted.*, ${inBasisPoints('returned')} AS returned_bp, ${inBasisPoints('failed')} AS failed_bp FROM (
         SELECT ${key} AS key, count(*) FILTER (WHERE kind = 'sold') AS sold, count(*) FILTER (WHERE kind = 'returned') AS returned,
           count(*) FILTER (WHERE kind = 'returned' AND params::jsonb ->> 'reason' IN ('faulty', 'dead-on-arrival')) AS failed,
           count(*) FILTER (WHERE kind = 'claimed') AS claimed
         FROM told WHERE feed = 'all' AND kind IN ('sold', 'returned', 'claimed') AND day >= $1 AND day <= $2
           AND ($3::text IS NULL OR store_id = $3) AND (verdict IS NULL OR verdict IN ('accepted', 'noted', 'past'))
         GROUP BY 1) AS counted
       WHERE btrim(key) <> '') AS rated
     ORDER BY coalesce(failed_bp, -1) DESC, coalesce(returned_bp, -1) DESC, sold DESC, key LIMIT $4`, [span.from, span.to, span.storeId, ROWS_MAX],
  )
  const products = await productNames(db, rows.map((row) => row.key.split(' ')[0] ?? ''))
  return rows.map((row) => ({ ...row, name: nameOf(row.key, by, products) }))
}

/** The worst of a hundred thousand ranges are chosen where they are counted; only what is shown travels. */
const inBasisPoints = (part: 'returned' | 'failed'): string => `CASE WHEN sold >= ${SOLD_MIN} THEN round(${part} * 10000.0 / sold)::bigint END`

function nameOf(key: string, by: RateBy, products: Awaited<ReturnType<typeof productNames>>): string {
  const [id = '', start = ''] = key.split(' ')
  const product = products.get(id)
  const name = product === undefined ? id : productName(product)
  if (by === 'model') return name
  return by === 'serials' ? `${name} · ${start}…` : key
}
