import type { ComingPiece } from '../../../contract/shipment-view.ts'
import { fullName } from '../../../contract/product-name.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { sql } from '../store/store.ts'

const LIST_MAX = 500

/** What the mirror knows to be on its way to a store. The index holds only what is under way anywhere. */
export const UNDER_WAY = `SELECT id FROM units WHERE custody IN ('in-transit', 'expected')
  AND CASE custody WHEN 'expected' THEN store_id ELSE json_extract(more, '$.custody.toStoreId') END = ? ORDER BY id LIMIT ${LIST_MAX}`

/** Pieces that are to come into this store, and have not yet been received at this till. */
export function comingPieces(ground: Ground): ComingPiece[] {
  const rows = sql(ground.mirror.reading, UNDER_WAY).all(ground.place.id) as { id: string }[]
  return rows.flatMap(({ id }) => {
    const unit = unitOf(ground, id)
    return unit !== null && isComingHere(ground, unit) ? [comingPiece(ground, unit)] : []
  })
}

export function isComingHere(ground: Ground, { facts: { custody } }: KnownUnit): boolean {
  return (custody.at === 'in-transit' && custody.toStoreId === ground.place.id) || (custody.at === 'expected' && custody.storeId === ground.place.id)
}

export function comingPiece(ground: Ground, unit: KnownUnit): ComingPiece {
  const { custody } = unit.facts
  return {
    unitId: unit.id,
    name: fullName(unit.product.brand, unit.product.name),
    serial: unit.aliases[0]?.value ?? unit.id,
    from: custody.at === 'in-transit' ? (ground.storeNames[custody.fromStoreId] ?? custody.fromStoreId) : null,
  }
}
