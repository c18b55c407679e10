import type { Mirror, MirrorUnit } from '../mirror/mirror.ts'
import { overlayOf } from '../store/journal.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/**
 * A piece that came into being on this till, such as one bought from a customer: until the centre shows it back, it is
 * known here. One with a key that follows from its number may do so again: it has gone to another store meanwhile.
 */
export function recordOwnUnit(db: Writing, unit: { readonly id: string; readonly productId: string; readonly at: string }): void {
  sql(db, 'INSERT INTO own_units (id, product_id, made_at, price_cents) VALUES (?, ?, ?, NULL) ON CONFLICT (id) DO NOTHING').run(unit.id, unit.productId, unit.at)
}

/** Null for a piece that did not come into being here. Its facts are those of its events. */
export function ownUnit(db: Reading, unitId: string): MirrorUnit | null {
  const row = sql(db, 'SELECT product_id, price_cents FROM own_units WHERE id = ?').get(unitId) as { product_id: string; price_cents: number | null } | undefined
  const facts = row === undefined ? null : overlayOf(db, unitId)
  return row === undefined || facts === null ? null : { id: unitId, productId: row.product_id, price_cents: row.price_cents, producedOn: null, lot: null, facts }
}

/** What a piece is, whether the centre told of it or it came into being here; null for one nobody knows. */
export const productIdOf = (mirror: Mirror, db: Reading, unitId: string): string | null =>
  mirror.productIdOf(unitId) ?? (sql(db, 'SELECT product_id FROM own_units WHERE id = ?').pluck().get(unitId) as string | undefined) ?? null
