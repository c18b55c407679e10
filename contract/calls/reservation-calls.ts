import { z } from 'zod'
import { Id } from '../ids.ts'
import { ReservationEnd, Reserve, ReservedPiece } from '../reservation.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

export const reservations = {
  /** Every piece that this store keeps, has asked for or is to send. */
  view: staff(STAFFED, EVERYBODY).output(z.array(ReservedPiece)),
  /** Keeps a piece for a customer, here or in another store; answers the slip. */
  reserve: withRight(STAFFED, 'sell').input(Reserve).output(z.object({ documentId: Id })),
  end: withRight(STAFFED, 'sell').input(z.object({ unitId: Id, why: ReservationEnd })).output(z.array(ReservedPiece)),
}
