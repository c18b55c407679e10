import { NOTHING_LOOKED_AT } from '../returns/condition-questions.ts'
import type { Piece, ReturnFacts, ReturnState } from './return-state.ts'

/** A new piece in hand. What somebody approved before he saw it he has not approved with it. */
export const withPiece = (state: ReturnState, piece: Piece): ReturnState => ({
  ...state, at: 'assess', text: piece.text, pieces: [...state.pieces, piece], inHand: piece.pieceId, question: null, stranger: null,
  approval: null, notice: null,
})

/** What is true of every piece of which nothing has been said yet. */
export const FRESH_PIECE = {
  lineId: null, productId: null, serial: null, instead: null, quantity: 1, reason: null, seen: NOTHING_LOOKED_AT, next: null,
} as const

export const unitPiece = (facts: Pick<ReturnFacts, 'newId'>, unitId: string, text: string, shown: 'scanned' | 'picked'): Piece => ({
  ...FRESH_PIECE, pieceId: facts.newId(), is: 'unit', unitId, text, shown,
})
