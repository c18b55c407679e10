import { cents } from '../../contract/money.ts'
import { productName } from '../../contract/product-name.ts'
import type { StockRow } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'
import { productNames } from './products.ts'
import { storesOf } from './stores.ts'

const ROWS_MAX = 2_000

/** What lies in each store by product, at the price on the label; `text` narrows by words of the product. */
export async function stockByStore(db: Query, storeId: string | null, text: string): Promise<StockRow[]> {
  const rows = await db.query<{ store_id: string; product_id: string; pieces: number; own_price: number; priced: number; oldest: string | null }>(
    `SELECT store_id, product_id, count(*) AS pieces, coalesce(sum(price_cents), 0)::bigint AS own_price, count(price_cents) AS priced, min(produced_on) AS oldest
     FROM unit WHERE custody IN ('in-stock', 'in-cart') AND store_id IS NOT NULL AND ($1::text IS NULL OR store_id = $1)
     GROUP BY store_id, product_id ORDER BY store_id, product_id LIMIT $2`, [storeId, ROWS_MAX],
  )
  const stores = await storesOf(db)
  const products = await productNames(db, rows.map((row) => row.product_id))
  const words = text.toLowerCase().split(/\s+/u).filter((word) => word !== '')
  return rows.flatMap((row) => {
    const product = products.get(row.product_id)
    const store = stores.get(row.store_id)
    const name = product === undefined ? row.product_id : productName(product)
    if (!words.every((word) => name.toLowerCase().includes(word))) return []
    return [{
      storeId: row.store_id, storeName: store?.name ?? row.store_id, currency: store?.currency ?? 'EUR', productId: row.product_id, productName: name,
      category: product?.category ?? '', pieces: row.pieces, oldestSince: row.oldest,
      // A piece without a price of its own stands there at the price of its product.
      value_cents: cents(row.own_price + (row.pieces - row.priced) * (product?.price_cents ?? 0)),
    }]
  })
}
