import { z } from 'zod'
import { Id, ScanText } from '../ids.ts'
import { VendorParcel, VendorPiece } from '../vendor-view.ts'
import { staff, STAFFED, withRight } from './allowed.ts'

export const vendors = {
  /** What stands here for its maker, from returns, inspections and claims; the oldest first. */
  waiting: staff(STAFFED).output(z.array(VendorPiece)),
  /** A piece by its number that is to go along; null where it is none of ours, or not here. */
  piece: staff(STAFFED).input(z.object({ text: ScanText })).output(VendorPiece.nullable()),
  /** Sends pieces away, all or none, on one paper with a number of this till. */
  send: withRight(STAFFED, 'take-back').input(VendorParcel).output(z.object({ documentId: Id, left: z.array(VendorPiece) })),
}
