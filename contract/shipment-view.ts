import { z } from 'zod'
import { Id } from './ids.ts'
import { NextPlace } from './verdict.ts'

/** A piece that is to come into this store: on its way from another one, or expected from a supplier (`from` is null). */
export const ComingPiece = z.object({ unitId: Id, name: z.string(), serial: z.string(), from: z.string().nullable() })
export type ComingPiece = z.infer<typeof ComingPiece>

export const ShipmentDesk = z.object({
  /** The other stores of the shop. */
  stores: z.array(z.object({ id: Id, name: z.string() })),
  coming: z.array(ComingPiece),
})
export type ShipmentDesk = z.infer<typeof ShipmentDesk>

export const Shipment = z.object({ unitIds: z.array(Id).min(1).max(200), toStoreId: Id, note: z.string().max(200) })
export type Shipment = z.infer<typeof Shipment>

/** `anyway`: it stands here, whatever the records say of where it ought to be. */
export const Arrival = z.object({ text: z.string().min(1).max(200), anyway: z.boolean() })
export type Arrival = z.infer<typeof Arrival>

/** A piece that was received, where it goes now, and what is still to come. */
export const Arrived = z.object({ piece: ComingPiece, place: NextPlace, coming: z.array(ComingPiece) })
export type Arrived = z.infer<typeof Arrived>
