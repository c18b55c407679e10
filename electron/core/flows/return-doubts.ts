import { add, cents, minus, ZERO, type Cents } from '../../../contract/money.ts'
import type { ApprovalFor, Missing, RefundPlan } from '../../../contract/return-view.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import {
  deductionOf, gradeOf, notCounted, partsUnread, photosWanted, stopsAt, unanswered,
} from '../returns/condition-questions.ts'
import { planRefund, type OwedOfSale } from '../returns/refund-plan.ts'
import { afterWindow } from '../../../contract/cautious-return-rules.ts'
import { proposedRoute } from '../returns/routes.ts'
import type { Approval, Doubt, Piece, PieceFacts, ReturnFacts, ReturnState } from './return-state.ts'
import { isTooOften, type Brought } from './too-often.ts'

/** The piece in hand with what is known of it, or null between two pieces. */
export function inHand(state: ReturnState, facts: ReturnFacts): { piece: Piece; known: PieceFacts } | null {
  const piece = state.pieces.find((candidate) => candidate.pieceId === state.inHand)
  const known = piece && facts.pieces.get(piece.pieceId)
  return piece && known ? { piece, known } : null
}

/** What stands between one piece and its refund, apart from an approval. */
export function missingOf(piece: Piece, known: PieceFacts): Missing[] {
  const { asked } = known
  const missing: Missing[] = []
  if (piece.shown === 'picked' && piece.is === 'unit') missing.push('scan-piece')
  if (piece.reason === null) missing.push('reason')
  if (piece.seen.condition === null) missing.push('condition')
  if (unanswered(asked, piece.seen).length > 0) missing.push('answers')
  if (notCounted(asked, piece.seen).length > 0) missing.push('accessories')
  if (partsUnread(asked, piece.seen).length > 0) missing.push('parts')
  if (photosWanted(asked, piece.seen) > 0) missing.push('photo')
  return missing
}

/** What goes back for one piece after deductions; null where nothing may. Never below nothing. */
export function refundOfPiece(piece: Piece, known: PieceFacts): Cents | null {
  if (known.worth_cents === null || (known.verdict?.outcome === 'refuse' && !known.late)) return null
  return cents(Math.max(0, known.worth_cents - deductionOf(known.asked, piece.seen)))
}

/** Why somebody has to answer for the return as it stands; empty where the clerk's own word is enough. */
export const approvalFor = (state: ReturnState, facts: ReturnFacts): ApprovalFor[] => [...new Set(doubtsOf(state, facts).map(({ why }) => why))]

/** The same with the piece each is about. */
export function doubtsOf(state: ReturnState, facts: ReturnFacts): Doubt[] {
  const whole: Doubt[] = []
  if (isTooOften(broughtBy(state, facts), facts.rules)) whole.push({ why: 'too-often', pieceId: null })
  const plan = planOf(state, facts)
  if (plan !== null && plan.amount_cents > facts.ownWordUpTo_cents) whole.push({ why: 'amount', pieceId: null })
  if (plan !== null && cashBack(plan) > (facts.cashBackUpTo_cents ?? Number.POSITIVE_INFINITY)) whole.push({ why: 'amount', pieceId: null, inCash: true })
  return [...state.pieces.flatMap((piece) => doubtsOfPiece(piece, facts).map((why) => ({ why, pieceId: piece.pieceId }))), ...whole]
}

function doubtsOfPiece(piece: Piece, facts: ReturnFacts): ApprovalFor[] {
  const known = facts.pieces.get(piece.pieceId)
  if (!known) return []
  const why: ApprovalFor[] = []
  const grade = gradeOf(known.asked, piece.seen)
  const isUnrecorded = piece.is === 'stranger' || (known.sale.saleId === null && known.worth_cents !== null)
  if (known.late) why.push('late')
  if (isUnrecorded) why.push('without-record')
  else if (known.verdict?.outcome === 'ask-staff' || known.alsoInDoubt || stopsAt(known.asked, piece.seen) !== null) why.push('verdict')
  if (grade !== null && !facts.acceptedConditions.includes(grade)) why.push('condition')
  if (piece.is === 'unit' && piece.shown !== 'scanned') why.push(piece.instead === null ? 'no-identity' : 'another-unit')
  return why
}

/** An approval is good for the very doubts it was given for: for the same piece, and for no more money. */
const isCovered = (approval: Approval | null, doubt: Doubt, amount_cents: number): boolean =>
  approval !== null && approval.covers.some(({ why, pieceId, inCash }) => why === doubt.why && pieceId === doubt.pieceId && inCash === doubt.inCash) &&
  (doubt.why !== 'amount' || amount_cents <= approval.upTo_cents)

/** Whether somebody answers for this piece, by itself or as part of the whole. */
export const isAnsweredFor = (approval: Approval | null, { pieceId }: Piece): boolean =>
  approval?.covers.some((doubt) => doubt.pieceId === pieceId || doubt.pieceId === null) ?? false

/** The pieces of which we know who brings them, by how many each entry is. */
const broughtBy = (state: ReturnState, facts: ReturnFacts): Brought[] =>
  state.pieces.flatMap(({ pieceId, quantity }) => {
    const returner = facts.pieces.get(pieceId)?.returner
    return returner ? [{ ...returner, quantity }] : []
  })

const cashBack = (plan: RefundPlan): number => plan.pays.reduce((sum, { kind, amount_cents }) => sum + (kind === 'cash' ? amount_cents : 0), 0)

/** Everything that is still missing, for the piece in hand first. */
export function missingNow(state: ReturnState, facts: ReturnFacts): Missing[] {
  const hand = inHand(state, facts)
  const own = hand === null ? [] : missingOf(hand.piece, hand.known)
  const others = state.pieces.some((piece) => {
    const known = facts.pieces.get(piece.pieceId)
    return piece.pieceId !== state.inHand && known !== undefined && missingOf(piece, known).length > 0
  })
  const doubts = doubtsOf(state, facts).filter(({ why }) => !own.includes('scan-piece') || why !== 'no-identity')
  const amount_cents = planOf(state, facts)?.amount_cents ?? 0
  const unapproved = doubts.some((doubt) => !isCovered(state.approval, doubt, amount_cents))
  return [...own, ...(others ? (['other-pieces'] as const) : []), ...(unapproved ? (['approval'] as const) : [])]
}

/** What comes after its window goes back as the rules of goodwill say; what is returned in time with it as it was paid. */
export const isOnlyCredit = (known: PieceFacts, facts: Pick<ReturnFacts, 'rules'>): boolean =>
  known.late && afterWindow(facts.rules).payAs === 'store-credit'

/** Whether nothing of the return may go back as anything but store credit. */
export const isCreditOnly = (state: ReturnState, facts: ReturnFacts): boolean =>
  state.pieces.length > 0 && state.pieces.every(({ pieceId }) => {
    const known = facts.pieces.get(pieceId)
    return known !== undefined && isOnlyCredit(known, facts)
  })

/** What of the refund may be nothing but store credit, in minor units. */
export const onlyCreditOf = (state: ReturnState, facts: ReturnFacts): Cents =>
  add(...state.pieces.map((piece) => {
    const known = facts.pieces.get(piece.pieceId)
    return known && isOnlyCredit(known, facts) ? (refundOfPiece(piece, known) ?? ZERO) : ZERO
  }))

export const payAsOf = (state: ReturnState, facts: ReturnFacts): ReturnState['payAs'] =>
  isCreditOnly(state, facts) ? 'store-credit' : state.payAs

/** How the money goes back; null where one of the pieces may not be refunded at all, or there is none. */
export function planOf(state: ReturnState, facts: ReturnFacts): RefundPlan | null {
  const bySale = new Map<string | null, { amount: Cents; credit: Cents; paidBy: OwedOfSale['paidBy'] }>()
  const receipts = new Set<string>()
  for (const piece of state.pieces) {
    const known = facts.pieces.get(piece.pieceId)
    const amount = known ? refundOfPiece(piece, known) : null
    if (!known || amount === null) return null
    const { saleId, receiptNumber, paidBy } = known.sale
    const before = bySale.get(saleId) ?? { amount: ZERO, credit: ZERO }
    // Two lines of one sale cannot give back more than is left of it: a cent of rounding stays with the shop.
    const whole = add(before.amount, amount)
    const upTo = saleId === null ? whole : cents(Math.min(whole, add(...paidBy.map((tender) => tender.left_cents))))
    const credit = isOnlyCredit(known, facts) ? add(before.credit, minus(upTo, before.amount)) : before.credit
    bySale.set(saleId, { amount: upTo, credit, paidBy })
    if (receiptNumber !== null) receipts.add(receiptNumber)
  }
  if (state.pieces.length === 0) return null
  const owed = [...bySale].map(([saleId, { amount, credit, paidBy }]) => ({ saleId, amount_cents: amount, onlyCredit_cents: credit, paidBy }))
  return planRefund(
    { owed, payAs: payAsOf(state, facts), currency: facts.currency, cashStep: facts.cashStep, receiptNumbers: [...receipts] },
    facts.rules,
  )
}

/** Where a piece goes: where the clerk sent it, else where the rules do. */
export function nextOf(piece: Piece, known: PieceFacts, facts: ReturnFacts): NextPlace {
  return piece.next ?? proposedRoute(known.verdict, gradeOf(known.asked, piece.seen), piece.reason, facts.rules, known.isRecalled)
}
