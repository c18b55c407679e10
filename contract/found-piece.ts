import { z } from 'zod'
import { Day, Id, Instant, Params } from './ids.ts'
import { Cents } from './money.ts'
import { SEARCH_TEXT_MAX } from './search-hit.ts'
import { Condition, Picture } from './unit.ts'

/** More pieces than this are not shown: who wants fewer says more. */
export const PIECES_SHOWN_MAX = 60

/** What a customer wants of a single piece: goods by any word, and what the piece itself should be like. */
export const PieceWish = z.object({
  text: z.string().max(SEARCH_TEXT_MAX),
  where: z.enum(['here', 'everywhere']),
  condition: Condition.nullable(),
  /** So many days of cover should be left. A piece whose cover begins with its sale has all of it. */
  coverDays_min: z.int().min(0).max(3_650),
})
export type PieceWish = z.infer<typeof PieceWish>

/** One piece of the shop that is in stock somewhere or on its way here, with what tells it from its sisters. */
export const FoundPiece = z.object({
  unitId: Id,
  brand: z.string(),
  name: z.string(),
  variant: z.string(),
  picture: Picture,
  serial: z.string(),
  condition: Condition,
  price_cents: Cents,
  store: z.object({ id: Id, name: z.string() }),
  isHere: z.boolean(),
  /** On its way here, and not to be had before it has come. */
  isComing: z.boolean(),
  /** Since when it has been in stock; null where nobody has said. */
  since: Instant.nullable(),
  /** The day on which the last of its cover ends; null where cover begins with the sale. */
  coverUntil: Day.nullable(),
  /** Kept for a customer until then. */
  keptUntil: Instant.nullable(),
  isInCart: z.boolean(),
  /** Why it may not be sold as it is: a reason of the verdict. Null where nothing but its place is against it. */
  trouble: z.object({ reason: z.string(), params: Params }).nullable(),
})
export type FoundPiece = z.infer<typeof FoundPiece>

export const FoundPieces = z.object({ pieces: z.array(FoundPiece), isMore: z.boolean() })
export type FoundPieces = z.infer<typeof FoundPieces>
