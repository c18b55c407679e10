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

/**
 * Something came in and was scanned. `anyway`: it stands here, whatever the records say of where it ought to be. `asNew`: it
 * was not announced and is new to the shop; of the article scanned before it, where the code does not say which. `alsoNew`:
 * somebody has said that of another piece of this article, and is asked again only where the code tells of other goods.
 */
export const Arrival = z.object({
  text: z.string().min(1).max(200),
  anyway: z.boolean().default(false),
  asNew: z.boolean().default(false),
  alsoNew: z.boolean().default(false),
  productId: Id.nullable().default(null),
  isDamaged: z.boolean().default(false),
})
export type Arrival = z.infer<typeof Arrival>

/** How a piece stood to the list of what is to come: on it, on nobody's, or on that of another store. */
export const ArrivedAs = z.enum(['announced', 'new', 'elsewhere'])
export type ArrivedAs = z.infer<typeof ArrivedAs>

/** A piece that was received and where it goes now; or an article of which the number of the piece is still to be scanned. */
export const Arrived = z.discriminatedUnion('is', [
  z.object({ is: z.literal('received'), piece: ComingPiece, place: NextPlace, as: ArrivedAs, isDamaged: z.boolean(), coming: z.array(ComingPiece) }),
  z.object({ is: z.literal('asks-serial'), productId: Id, name: z.string(), coming: z.array(ComingPiece) }),
])
export type Arrived = z.infer<typeof Arrived>
