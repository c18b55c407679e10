import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Id } from '../ids.ts'
import { Reserve, ReservedPiece } from '../reservation.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

export const reservations = {
  /** Every piece that this store keeps, has asked for or is to send. */
  view: staff(STAFFED, EVERYBODY).output(z.array(ReservedPiece)),
  /** Keeps a piece for a customer, here or in another store; answers the slip. */
  reserve: withRight(STAFFED, 'sell').input(Reserve).output(z.object({ documentId: Id })),
  /** The customer is here: the piece goes into the sale in hand and is kept no longer, in one act. */
  fetch: withRight(STAFFED, 'sell').input(z.object({ unitId: Id })).output(DeskView),
  /** The customer does not come: the piece is free again. */
  letGo: withRight(STAFFED, 'sell').input(z.object({ unitId: Id })).output(DeskView),
}
