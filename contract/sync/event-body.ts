import { z } from 'zod'
import { Id, Instant, Params } from '../ids.ts'
import { Alias, UnitFacts } from '../unit.ts'

/** One row of a till as it was booked there, of money or of what the centre is to see: the table, and its columns by name. */
export const BookedRow = z.object({
  book: z.string().min(1).max(40).regex(/^[a-z_]+$/),
  /** The values of its primary key, joined: the row's name among those of its table on this till. */
  key: z.string().min(1).max(200),
  row: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})
export type BookedRow = z.infer<typeof BookedRow>

/**
 * What an event of a till's journal says, version 1. Bodies are never rewritten, because their bytes are chained;
 * a later version is read here beside this one. Unknown fields of newer tills are let through.
 */
export const EventBody = z.object({
  v: z.literal(1),
  seq: z.int().min(1),
  /** The till's event before this one about the same unit; 0: none. */
  p: z.int().min(0),
  id: Id,
  kind: z.string().min(1).max(40),
  unitId: Id.nullable(),
  at: Instant,
  storeId: Id,
  tillId: Id,
  staffId: z.string().max(64).nullable(),
  who: z.string().max(200).nullable(),
  params: Params,
  facts: UnitFacts.nullable(),
  /** The lease of the centre under which a unit was in the basket. */
  claim: z.int().min(1).optional(),
  /** Of a unit that this event brings into being. */
  unit: z.object({ productId: Id, aliases: z.array(Alias).max(50) }).optional(),
  rows: z.array(BookedRow).max(2_000).optional(),
})
export type EventBody = z.infer<typeof EventBody>

/** The kind of a journal event that carries booked rows; it is about no unit. */
export const BOOKED = 'booked'
