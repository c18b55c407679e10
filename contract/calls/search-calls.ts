import { z } from 'zod'
import { FoundPieces, PieceWish } from '../found-piece.ts'
import { Id } from '../ids.ts'
import { SEARCH_TEXT_MAX, SearchHit } from '../search-hit.ts'
import { EVERYBODY, staff, STAFFED } from './allowed.ts'

export const search = {
  /** Everything that the text could be the beginning of, the best of each kind first. Nothing under two signs. */
  find: staff(STAFFED, EVERYBODY).input(z.object({ text: z.string().max(SEARCH_TEXT_MAX) })).output(z.array(SearchHit)),
  /** The pieces of a product that stand here and may be sold, by their serials. */
  pieces: staff(STAFFED, EVERYBODY).input(z.object({ productId: Id })).output(z.array(SearchHit)),
  /** Single pieces in any store of the shop, by what they are like: where each is, how old, what cover is left. */
  everywhere: staff(STAFFED, EVERYBODY).input(PieceWish).output(FoundPieces),
}
