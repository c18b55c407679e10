import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Id } from '../ids.ts'
import { Parcel, ParcelAct, ParcelsOfSale } from '../parcel.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

export const parcels = {
  /** What of a sale is sent to its buyer, and which of its pieces may be. */
  ofSale: staff(STAFFED, EVERYBODY).input(z.object({ saleId: Id })).output(ParcelsOfSale),
  /** Those of this till that are not delivered yet, and what was delivered in the last days; what waits longest first. */
  list: staff(STAFFED, EVERYBODY).output(z.array(Parcel)),
  act: withRight(STAFFED, 'sell').input(ParcelAct).output(DeskView),
  /** The slip with the address that goes with the parcel: given out in full once, and kept without name and address. */
  paper: withRight(STAFFED, 'sell').input(z.object({ parcelId: Id })).output(z.object({ documentId: Id })),
}
