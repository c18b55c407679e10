import { z } from 'zod'
import { Id, Instant } from './ids.ts'

/** A piece that may go to its maker or supplier now, and why. */
export const VendorPiece = z.object({
  unitId: Id,
  name: z.string(),
  brand: z.string(),
  serial: z.string(),
  since: Instant,
  /** The code of a return's reason, or what the owner said of a piece that is here for repair. */
  reason: z.string().nullable(),
  symptom: z.string().nullable(),
  /** Of the return or of the claim it came with. */
  number: z.string().nullable(),
  /** Where it has gone already, by a claim, while no paper went with it. */
  away: z.string().nullable(),
})
export type VendorPiece = z.infer<typeof VendorPiece>

/** Pieces a parcel holds; more are two parcels. */
const PIECES_MAX = 200

export const VendorParcel = z.object({
  vendor: z.string().trim().min(1).max(128),
  /** The number under which the vendor agreed to take them back; empty where there is none. */
  reference: z.string().trim().max(64),
  note: z.string().trim().max(500),
  unitIds: z.array(Id).min(1).max(PIECES_MAX),
})
export type VendorParcel = z.infer<typeof VendorParcel>
