import type { AliasKind, UnitFacts } from '../../../contract/unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Mirror, MirrorUnit } from '../mirror/mirror.ts'
import { putLabel } from '../own-numbers/unit-labels.ts'
import { overlayOf, recordEvent } from '../store/journal.ts'
import { sql, type Reading } from '../store/store.ts'

/** A piece nobody of us has had before, by the number that stands on it. */
export interface NewPiece {
  readonly productId: string
  readonly serial: string
  /** How it came: `trade-in`, `supplier`. */
  readonly from: string
  /** What is true of it before it is received. */
  readonly facts: UnitFacts
}

/**
 * A piece comes into being on this till: it gets a key of its own, answers from now on to its number, and is known here
 * until the centre shows it back. Answers the key.
 */
export function bringIntoBeing(deed: Deed, piece: NewPiece): string {
  const { ground, db, staff } = deed
  const unitId = ground.newId()
  const at = ground.now()
  const kind: AliasKind = /^\d{15}$/.test(piece.serial) ? 'imei' : 'serial'
  sql(db, 'INSERT INTO own_units (id, product_id, made_at, price_cents) VALUES (?, ?, ?, NULL)').run(unitId, piece.productId, at)
  putLabel(db, { value: piece.serial, unitId, kind, retiredWhy: null }, at)
  recordEvent(db, {
    id: ground.newId(), kind: 'commissioned', unitId, at, storeId: ground.place.id, tillId: ground.till.id, staffId: staff?.staffId ?? null,
    who: staff?.name ?? null, params: { from: piece.from, serial: piece.serial }, facts: piece.facts,
    unit: { productId: piece.productId, aliases: [{ kind, value: piece.serial, retiredWhy: null }] },
  })
  return unitId
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
