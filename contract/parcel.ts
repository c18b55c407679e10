import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import type { Custody } from './unit.ts'

/** Who gets the parcel and where: the customer's own, sealed at the till that sold, and in no journal. */
export const ParcelTo = z.object({ name: z.string().trim().min(1).max(120), address: z.string().trim().min(1).max(300) })
export type ParcelTo = z.infer<typeof ParcelTo>

/** `undone` takes back the step before it that still stood; nothing is ever struck out. */
export const ParcelStep = z.enum(['to-be-sent', 'packed', 'handed-over', 'delivered', 'came-back', 'lost', 'undone'])
export type ParcelStep = z.infer<typeof ParcelStep>

/** `called-off`: somebody took back that it is sent at all. */
export const ParcelState = z.enum(['waiting', 'packed', 'under-way', 'came-back', 'lost', 'delivered', 'called-off'])
export type ParcelState = z.infer<typeof ParcelState>

export const ParcelPiece = z.object({ unitId: Id, name: z.string(), serial: z.string(), isPacked: z.boolean() })
export type ParcelPiece = z.infer<typeof ParcelPiece>

/** Pieces of one sale that are sent to their buyer together. */
export const Parcel = z.object({
  parcelId: Id,
  number: z.string(),
  saleId: Id,
  receiptNumber: z.string(),
  state: ParcelState,
  since: Instant,
  /** Null once it is forgotten: after the delivery, or with the customer. */
  to: ParcelTo.nullable(),
  /** True where the person at the till may not see customers: the name is only hinted at. */
  masked: z.boolean(),
  carrier: z.string(),
  tracking: z.string(),
  pieces: z.array(ParcelPiece),
})
export type Parcel = z.infer<typeof Parcel>

/** What a sale sends and may still send; `to` is where its customer lives, where that is known and may be seen. */
export const ParcelsOfSale = z.object({
  parcels: z.array(Parcel),
  free: z.array(ParcelPiece.omit({ isPacked: true })),
  to: ParcelTo.partial().nullable(),
})
export type ParcelsOfSale = z.infer<typeof ParcelsOfSale>

const OneParcel = z.object({ parcelId: Id })

export const ParcelAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('send'), saleId: Id, unitIds: z.array(Id).min(1).max(50), to: ParcelTo }),
  OneParcel.extend({ do: z.literal('readdress'), to: ParcelTo }),
  /** `text` is what was scanned of the piece that lies in the parcel. */
  OneParcel.extend({ do: z.literal('pack'), text: z.string().trim().min(1).max(200) }),
  OneParcel.extend({ do: z.literal('hand-over'), carrier: z.string().trim().min(1).max(60), tracking: z.string().trim().max(64) }),
  OneParcel.extend({ do: z.enum(['delivered', 'came-back', 'lost', 'undo']) }),
])
export type ParcelAct = z.infer<typeof ParcelAct>

/** Where a piece is, as a word: one that its buyer does not have yet is not told as one that is there. */
export const custodyCode = (custody: Custody): string =>
  custody.at === 'with-customer' && custody.parcel !== undefined ? `parcel-${custody.parcel.is}` : custody.at
