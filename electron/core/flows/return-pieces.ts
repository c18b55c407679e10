import { say } from './say.ts'
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

/**
 * A single piece with everything it was sold with as a set: the parts wait to be scanned, or to be said missing. A part
 * alone comes back alone, for its share of the price, and the screen says what it belongs to.
 */
export function withUnitPiece(state: ReturnState, piece: Piece, facts: Pick<ReturnFacts, 'newId' | 'setOf'>): ReturnState {
  const set = facts.setOf(piece.unitId ?? '')
  const next = withPiece(state, piece)
  const isIn = (unitId: string): boolean => next.pieces.some((one) => one.unitId === unitId)
  const parts = set.partIds.filter((unitId) => !isIn(unitId)).map((unitId): Piece => ({ ...unitPiece(facts, unitId, piece.text, 'picked'), ofSet: piece.pieceId }))
  const joined = next.pieces.map((one) => (one.unitId !== null && set.partIds.includes(one.unitId) ? { ...one, ofSet: piece.pieceId } : one))
  const notice = set.whole === null ? null : say(facts, 'info', 'set-share', { name: set.name, set: set.whole.name })
  return { ...next, pieces: [...joined, ...parts], notice }
}

/** The part stays away: its money does too, and the set is not whole any more. */
export function withoutPart(state: ReturnState, pieceId: string): ReturnState | null {
  const part = state.pieces.find((piece) => piece.pieceId === pieceId)
  if (state.at !== 'assess' || part?.ofSet === undefined || part.unitId === null) return null
  const { ofSet, unitId } = part
  const pieces = state.pieces.filter((piece) => piece !== part)
    .map((piece) => (piece.pieceId === ofSet ? { ...piece, seen: { ...piece.seen, without: [...(piece.seen.without ?? []), unitId] } } : piece))
  return { ...state, pieces, inHand: state.inHand === pieceId ? ofSet : state.inHand, approval: null, notice: null }
}

export const unitPiece = (facts: Pick<ReturnFacts, 'newId'>, unitId: string, text: string, shown: 'scanned' | 'picked'): Piece => ({
  ...FRESH_PIECE, pieceId: facts.newId(), is: 'unit', unitId, text, shown,
})
