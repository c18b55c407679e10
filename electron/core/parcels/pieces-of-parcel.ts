import { unitsOfSale } from '../activations/activation-rows.ts'
import { isStillSold } from '../activations/pieces-to-activate.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { parcelNow } from './parcel-now.ts'
import { parcelRowsOf, stepsOfParcel, unitsOfParcel, type ParcelRow } from './parcel-rows.ts'

/** The pieces of a parcel that are still its buyer's: what was brought back meanwhile, here or elsewhere, is in it no more. */
export const piecesOfParcel = (ground: Ground, row: ParcelRow): KnownUnit[] => piecesOf(ground, row.sale_id, unitsOfParcel(ground.store.reading, row.id))

/** Whether no piece of a parcel is its buyer's any more. One that is being repaired for him is. */
export const isBack = (ground: Ground, row: ParcelRow): boolean =>
  stillSold(ground, row.sale_id, unitsOfParcel(ground.store.reading, row.id)).length === 0

/** The pieces of a sale that may be sent: they are the buyer's, and were not sent before. */
export function piecesToSend(ground: Ground, saleId: string): KnownUnit[] {
  const db = ground.store.reading
  const inParcels = new Set(parcelRowsOf(db, saleId).filter((row) => !isCalledOff(ground, row)).flatMap(({ id }) => unitsOfParcel(db, id)))
  const sold = unitsOfSale(db, saleId).map(({ unit_id }) => unit_id)
  return piecesOf(ground, saleId, sold.filter((unitId) => !inParcels.has(unitId)))
}

const piecesOf = (ground: Ground, saleId: string, unitIds: readonly string[]): KnownUnit[] =>
  stillSold(ground, saleId, unitIds).filter(({ facts }) => facts.custody.at === 'with-customer')

function stillSold(ground: Ground, saleId: string, unitIds: readonly string[]): KnownUnit[] {
  return unitIds.flatMap((unitId) => {
    const unit = unitOf(ground, unitId)
    return unit !== null && isStillSold(unit, saleId) ? [unit] : []
  })
}

const isCalledOff = (ground: Ground, { id }: ParcelRow): boolean => parcelNow(stepsOfParcel(ground.store.reading, id), []).last === null
