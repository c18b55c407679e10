import { cents } from '../../../contract/money.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { WhichOne } from '../../../contract/notice.ts'
import type { PrintState } from '../../../contract/print-state.ts'
import type { ReturnTile, ReturnView } from '../../../contract/return-view.ts'
import type { TerminalProgress } from '../../../contract/sale-view.ts'
import type { Condition, UnitCard } from '../../../contract/unit.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { photosOfFlow } from '../cases/photos.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { approvalFor, inHand, isCreditOnly, missingNow, missingOf, nextOf, onlyCreditOf, payAsOf, planOf, refundOfPiece } from '../flows/return-doubts.ts'
import type { Piece, PieceFacts, ReturnFacts, ReturnState } from '../flows/return-state.ts'
import type { Ground } from '../ground.ts'
import { linesOfReceipt } from './bought.ts'
import { claimInstead } from './claim-first.ts'
import { deductionOf, gradeOf, photosWanted } from './condition-questions.ts'
import { worthWithoutRecord } from './return-facts.ts'
import { proposedRoute, routeChoices } from './routes.ts'

const CONDITION_CHOICES: readonly Condition[] = ['new', 'open-box', 'damaged', 'parts-missing']

/** What a return's view takes from the desk around it. */
export interface ReturnViewParts {
  readonly facts: ReturnFacts
  readonly question: (question: ReturnState['question']) => WhichOne | null
  readonly card: (unit: KnownUnit) => UnitCard
  readonly print: (documentId: string) => PrintState
  readonly progress: TerminalProgress | null
}

/** The return as the window draws it. */
export function returnView(ground: Ground, flowId: string, state: ReturnState, parts: ReturnViewParts): ReturnView {
  const { facts } = parts
  const pieces = state.pieces.map((piece) => tileOf(piece, facts))
  const head = { flowId, notice: state.notice, pieces }
  switch (state.at) {
    case 'scan':
      return { at: 'scan', ...head, question: parts.question(state.question), stranger: strangerOf(ground, state) }
    case 'lines':
      return linesView(ground, state, head)
    case 'assess':
      return assessView(ground, state, head, parts) ?? { at: 'scan', ...head, question: null, stranger: null }
    case 'paying-out': {
      const { paying } = state
      if (!paying) throw new Error('a return at the terminal knows its refund')
      const { plan, attemptId, amount_cents, by, outcome } = paying
      const progress = outcome === 'asked' && by === 'line' ? parts.progress : null
      return { at: 'paying-out', ...head, refund: plan, attemptId, amount_cents, by, outcome, progress }
    }
    case 'done': {
      const { done } = state
      if (!done) throw new Error('a finished return knows its number')
      return {
        at: 'done', flowId, pieces: pieces.map((piece) => ({ ...piece, refund_cents: null })), returnId: done.returnId, returnNumber: done.returnNumber, refund: done.plan,
        credits: [...done.credits], documentId: done.documentId, print: parts.print(done.documentId),
      }
    }
    case 'handed-over': {
      const hand = inHand(state, facts)
      return {
        at: 'handed-over', flowId, unit: hand?.known.unit ? parts.card(hand.known.unit) : null, verdict: hand?.known.verdict ?? null,
        caseId: state.caseId ?? '',
      }
    }
    default:
      return unreachable(state.at)
  }
}

function tileOf(piece: Piece, facts: ReturnFacts): ReturnTile {
  const known = facts.pieces.get(piece.pieceId)
  const product = known?.product
  return {
    pieceId: piece.pieceId, brand: product?.brand ?? '', name: product?.name ?? piece.text, variant: product?.variant ?? '',
    picture: product?.picture ?? 'other', serial: known?.unit?.aliases[0]?.value ?? piece.serial, quantity: piece.quantity,
    refund_cents: known ? refundOfPiece(piece, known) : null, ready: known !== undefined && missingOf(piece, known).length === 0,
    next: known ? nextOf(piece, known, facts) : null, ...(piece.ofSet === undefined ? {} : { ofSet: true }),
  }
}

function strangerOf(ground: Ground, { stranger }: ReturnState) {
  const product = stranger === null ? null : ground.mirror.product(stranger.productId)
  if (stranger === null || product === null) return null
  return {
    name: fullName(product.brand, product.name), serial: stranger.serial, currency: ground.place.currency,
    most_cents: worthWithoutRecord(ground, product.price_cents),
  }
}

type Head = Pick<Extract<ReturnView, { at: 'lines' }>, 'flowId' | 'notice' | 'pieces'>

function linesView(ground: Ground, state: ReturnState, head: Head): ReturnView {
  const receiptNumber = state.receipt ?? ''
  const lines = linesOfReceipt(ground, ground.store.reading, receiptNumber)
  return {
    at: 'lines', ...head, receiptNumber, soldAt: lines[0]?.soldAt ?? null, currency: ground.place.currency,
    lines: lines.map((line) => {
      const product = ground.mirror.product(line.productId)
      return {
        lineId: line.lineId, unitId: line.unitId, brand: product?.brand ?? '', name: product?.name ?? line.name,
        variant: product?.variant ?? '', picture: product?.picture ?? 'other', serial: line.serial, bought: line.bought,
        left: line.bought - line.returned, paid_cents: line.paid_cents,
      }
    }),
  }
}

function assessView(ground: Ground, state: ReturnState, head: Head, { facts, card }: ReturnViewParts): ReturnView | null {
  const hand = inHand(state, facts)
  if (hand === null) return null
  const { piece, known } = hand
  const { seen } = piece
  const taken = new Map(photosOfFlow(ground.store.reading, head.flowId).map((photo) => [photo.id, photo]))
  const proposed = proposedRoute(known.verdict, gradeOf(known.asked, seen), piece.reason, facts.rules, known.isRecalled)
  return {
    at: 'assess', ...head, pieceId: piece.pieceId, unit: known.unit && card(known.unit),
    quantity: piece.is === 'goods' ? { now: piece.quantity, most: known.left } : null, verdict: known.verdict, whyNot: known.whyNot,
    setLacks: (seen.without ?? []).map((unitId) => facts.setOf(unitId).name), toScan: piece.is === 'unit' && piece.shown === 'picked', reasonChoices: [...facts.reasons],
    conditionChoices: [...CONDITION_CHOICES], reason: piece.reason, condition: seen.condition, grade: gradeOf(known.asked, seen),
    ...lookedAtOf(known, seen), photos: seen.photos.flatMap((id) => {
      const photo = taken.get(id)
      return photo ? [{ photoId: photo.id, at: photo.at, hash: photo.hash }] : []
    }),
    photosWanted: photosWanted(known.asked, seen), next: nextOf(piece, known, facts), nextChoices: routeChoices(known.verdict, proposed, facts.rules, known.isRecalled),
    refund: planOf(state, facts), deducted_cents: cents(deductionOf(known.asked, seen)), payAs: payAsOf(state, facts),
    onlyCredit_cents: onlyCreditOf(state, facts),
    mayHaveCredit: facts.rules.storeCredit && !isCreditOnly(state, facts), missing: missingNow(state, facts), approvalFor: approvalFor(state, facts),
    approvedBy: state.approval?.name ?? null,
    ...(state.pieces.some(({ unitId }) => unitId !== null && ground.brought.isUnreached(unitId)) ? { countedHere: true } : {}), claim: claimInstead(ground, known.unit, piece.reason),
  }
}

function lookedAtOf({ asked }: PieceFacts, seen: Piece['seen']) {
  return {
    questions: asked.questions.map((question) => ({ ...question, answer: seen.answers[question.id] ?? null })),
    accessories: asked.accessories.map((accessory) => ({
      ...accessory, here: seen.present.includes(accessory.id) ? true : seen.absent.includes(accessory.id) ? false : null,
    })),
    parts: asked.parts.map((id) => ({ id, number: seen.parts[id] ?? null })),
  }
}
