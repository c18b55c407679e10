import type Database from 'better-sqlite3'
import { Promotion } from '../../../contract/promotion.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { Product } from '../mirror/mirror.ts'
import { sql } from '../store/store.ts'

/** Where and when a price is asked for: the store, and its day. */
export interface PriceAsked {
  readonly storeId: string
  readonly day: string
}

const HOLDS = '(store_id IS NULL OR store_id = @storeId) AND (from_day IS NULL OR from_day <= @day) AND (until_day IS NULL OR until_day >= @day)'

/** A product with the price and the tax of this store and day, as a piece of it in this condition carries them. */
export function priceTag(mirror: Database.Database, product: Product, condition: Condition, asked: PriceAsked): Product {
  return {
    ...product,
    price_cents: listPrice(mirror, product.id, condition, asked) ?? product.price_cents,
    tax_bp: storeTax(mirror, product.tax_bp, asked.storeId),
  }
}

/**
 * What a product costs today in this store by its lists; null where no list names it. A list of the store goes before
 * one of all stores, then the higher rank; a price for the condition goes before one for every condition.
 */
export function listPrice(mirror: Database.Database, productId: string, condition: string, asked: PriceAsked): number | null {
  const row = sql(
    mirror,
    `SELECT p.price_cents AS price FROM list_prices p JOIN price_lists l ON l.id = p.list_id
     WHERE p.product_id = @productId AND p.condition IN (@condition, '*') AND ${HOLDS}
     ORDER BY l.store_id IS NULL, l.rank DESC, l.id, p.condition = '*' LIMIT 1`,
  ).get({ productId, condition, ...asked }) as { price: number } | undefined
  return row?.price ?? null
}

/** The rate a store takes for a class of goods; the catalogue's own where the store has none of its own. */
export function storeTax(mirror: Database.Database, catalogue_bp: number, storeId: string): number {
  const row = sql(mirror, 'SELECT tax_bp FROM store_taxes WHERE store_id = ? AND catalogue_bp = ?').get(storeId, catalogue_bp) as
    | { tax_bp: number }
    | undefined
  return row?.tax_bp ?? catalogue_bp
}

/** The promotions that hold today in this store, the highest rank first. One that cannot be read is passed over. */
export function promotionsOf(mirror: Database.Database, asked: PriceAsked): Promotion[] {
  const rows = sql(mirror, `SELECT id, name, rule FROM promotions WHERE ${HOLDS} ORDER BY rank DESC, id`).all(asked) as {
    id: string
    name: string
    rule: string
  }[]
  return rows.flatMap(({ id, name, rule }) => {
    const read = Promotion.safeParse({ id, name, rule: readJson(rule) })
    return read.success ? [read.data] : []
  })
}

/** Null for what is no JSON: a broken promotion must not stop a sale. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
