import type Database from 'better-sqlite3'
import type { Mirror, Product } from '../mirror/mirror.ts'
import { sql } from '../store/store.ts'

/** Protection that is sold as an article; without categories for any piece. */
export interface Plan {
  readonly months: number
  readonly categories: readonly string[]
}

/** One article of a set. */
export interface KitPart {
  readonly product: Product
  readonly count: number
}

export function planOf(mirror: Database.Database, productId: string): Plan | null {
  const row = sql(mirror, 'SELECT months, categories FROM product_plans WHERE product_id = ?').get(productId) as
    | { months: number; categories: string }
    | undefined
  return row ? { months: row.months, categories: namesIn(row.categories) } : null
}

/** What belongs to a set; nothing for what is none. A part that the mirror does not know is left out. */
export function kitPartsOf(mirror: Mirror, productId: string): KitPart[] {
  const rows = sql(mirror.reading, 'SELECT part_product_id AS id, count FROM kit_parts WHERE kit_product_id = ? ORDER BY part_product_id').all(productId) as
    { id: string; count: number }[]
  return rows.flatMap(({ id, count }) => {
    const product = mirror.product(id)
    return product ? [{ product, count }] : []
  })
}

/** Nothing for what cannot be read: such a plan is for any piece, and the clerk chooses which. */
function namesIn(text: string): string[] {
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) ? read.filter((name): name is string => typeof name === 'string') : []
  } catch {
    return []
  }
}
