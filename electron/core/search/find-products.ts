import type { Mirror, Product } from '../mirror/mirror.ts'
import { STOCK_SHOWN_MAX } from '../../../contract/search-hit.ts'
import { sql, type Reading } from '../store/store.ts'
import { matchOf } from './words.ts'

const HITS_MAX = 8

/** A word in the name tells more than one in the number or the category. */
const FIND = `
  SELECT w.product_id AS id FROM product_search s JOIN product_words w ON w.n = s.rowid
  WHERE product_search MATCH ? ORDER BY bm25(product_search, 8.0, 1.0), w.n LIMIT ${HITS_MAX}`

/** Goods on sale that have every word of the question in their name, number or category; the likeliest first. */
export function findProducts(mirror: Mirror, words: readonly string[]): Product[] {
  const match = matchOf(words)
  if (match === null) return []
  const rows = sql(mirror.reading, FIND).all(match) as { id: string }[]
  return rows.flatMap(({ id }) => mirror.product(id) ?? [])
}

/** A piece that was sold here a moment ago is still in stock in the mirror: what this till knows lies over it. */
const UNITS_HERE = `SELECT id FROM units WHERE product_id = ? AND store_id = ? AND custody = 'in-stock' LIMIT ${STOCK_SHOWN_MAX + 1}`
const LOTS_HERE = 'SELECT coalesce(sum(quantity), 0) AS n FROM lots WHERE product_id = ? AND store_id = ?'
const MOVED = 'SELECT facts FROM unit_overlays WHERE unit_id = ?'

/** Ids of pieces of a product that are in stock in a store, as this till knows it; at most one more than is shown. */
export function piecesHere(mirror: Mirror, db: Reading, productId: string, storeId: string): string[] {
  const rows = sql(mirror.reading, UNITS_HERE).all(productId, storeId) as { id: string }[]
  const moved = sql(db, MOVED)
  return rows.map(({ id }) => id).filter((id) => {
    const row = moved.get(id) as { facts: string } | undefined
    return row === undefined || (JSON.parse(row.facts) as { custody?: { at?: string } }).custody?.at === 'in-stock'
  })
}

/** How many of a product there are here; goods without numbers are not counted by this till, and 0 says nothing of them. */
export function stockOf(mirror: Mirror, db: Reading, product: Product, storeId: string): number {
  if (product.tracking === 'serial') return piecesHere(mirror, db, product.id, storeId).length
  if (product.tracking !== 'lot') return 0
  return (sql(mirror.reading, LOTS_HERE).get(product.id, storeId) as { n: number }).n
}
