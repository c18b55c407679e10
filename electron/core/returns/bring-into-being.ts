import type { AliasKind, UnitFacts } from '../../../contract/unit.ts'
import type { Deed } from '../flows/deed.ts'
import { putLabel } from '../own-numbers/unit-labels.ts'
import { recordEvent } from '../store/journal.ts'
import { recordOwnUnit } from './own-units.ts'

/** A piece nobody of us has had before, by the number that stands on it. */
export interface NewPiece {
  readonly productId: string
  readonly serial: string
  /** How it came: `trade-in`, `supplier`, `at-sale`. */
  readonly from: string
  /** Its key, where it follows from what the piece is; left out: a fresh one. */
  readonly unitId?: string
  /** What is true of it before it is received. */
  readonly facts: UnitFacts
}

/**
 * A piece comes into being on this till: it gets a key of its own, answers from now on to its number, and is known here
 * until the centre shows it back. Answers the key.
 */
export function bringIntoBeing(deed: Deed, piece: NewPiece): string {
  const { ground, db, staff } = deed
  const unitId = piece.unitId ?? ground.newId()
  const at = ground.now()
  const kind: AliasKind = /^\d{15}$/.test(piece.serial) ? 'imei' : 'serial'
  recordOwnUnit(db, { id: unitId, productId: piece.productId, at })
  putLabel(db, { value: piece.serial, unitId, kind, retiredWhy: null }, at)
  recordEvent(db, {
    id: ground.newId(), kind: 'commissioned', unitId, at, storeId: ground.place.id, tillId: ground.till.id, staffId: staff?.staffId ?? null,
    who: staff?.name ?? null, params: { from: piece.from, serial: piece.serial }, facts: piece.facts,
    unit: { productId: piece.productId, aliases: [{ kind, value: piece.serial, retiredWhy: null }] },
  })
  return unitId
}
