import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import { closeParcel, openParcelRows, type ParcelRow } from './parcel-rows.ts'
import { isBack } from './pieces-of-parcel.ts'

/** Parcels that nobody waits for any more: everything in them was brought back, wherever that was. */
export const emptyParcels = (ground: Ground): ParcelRow[] => openParcelRows(ground.store.reading).filter((row) => isBack(ground, row))

/** Where such a parcel was to go is forgotten, in the transaction of the deed that took its last piece back. */
export function closeEmptyParcels({ ground, db }: Pick<Deed, 'ground' | 'db'>): void {
  for (const { id } of emptyParcels(ground)) closeParcel(db, id, ground.now())
}
