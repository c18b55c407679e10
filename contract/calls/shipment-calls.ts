import { z } from 'zod'
import { Id } from '../ids.ts'
import { Arrival, Arrived, Shipment, ShipmentDesk } from '../shipment-view.ts'
import { staff, STAFFED, withRight } from './allowed.ts'

export const shipments = {
  view: staff(STAFFED).output(ShipmentDesk),
  /** Sends pieces to another store, all of them or none; answers the paper that goes with them. */
  send: withRight(STAFFED, 'take-back').input(Shipment).output(z.object({ documentId: Id })),
  receive: withRight(STAFFED, 'take-back').input(Arrival).output(Arrived),
}
