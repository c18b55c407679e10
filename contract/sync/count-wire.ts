import { z } from 'zod'
import { CountScope } from '../counting-view.ts'
import { Id, Instant } from '../ids.ts'

/** Tables of a till whose rows the centre tells the other tills of the store while they count together. */
export const COUNTS_BOOK = 'counts'
export const SEEN_BOOK = 'count_pieces'

/** A count as one till has it: of the till that began it (`lead_till` null) or of one that counts along. */
export const CountPart = z.object({
  id: Id,
  lead_till: z.string().max(64).nullable(),
  number: z.string().max(40),
  area: CountScope.shape.area,
  category: CountScope.shape.category,
  sample: CountScope.shape.sample,
  /** Of a sample: a piece whose lot is no higher was drawn. */
  lot_up_to: z.string().max(64).nullable(),
  blind: z.int().min(0).max(1),
  began_at: Instant,
  began_by: z.string().max(200),
  status: z.enum(['going', 'done', 'dropped']),
})
export type CountPart = z.infer<typeof CountPart>

/** A piece that somebody had in the hand in a count, as the till has it that saw it. */
export const SeenPiece = z.object({
  count_id: Id,
  unit_id: Id,
  found_at: Instant,
  found_by: z.string().max(200),
  expected: z.int().min(0).max(1),
  why: z.string().max(2_000).nullable(),
})
export type SeenPiece = z.infer<typeof SeenPiece>
