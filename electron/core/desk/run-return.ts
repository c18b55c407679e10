import { cents, type Cents } from '../../../contract/money.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { ReturnAction } from '../../../contract/return-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { openCase, type CaseKind } from '../cases/case-files.ts'
import type { Deed } from '../flows/deed.ts'
import { stepReturn } from '../flows/return.ts'
import { isAnsweredFor, isOnlyCredit, nextOf, planOf, refundOfPiece } from '../flows/return-doubts.ts'
import {
  EMPTY_RETURN, type CounterIntent, type PayingOut, type Piece, type PieceFacts, type ReturnFacts, type ReturnInput, type ReturnState,
} from '../flows/return-state.ts'
import type { Ground } from '../ground.ts'
import { openCardCase } from '../payments/card-case.ts'
import { askRefund, askRefundAgain, cancelRefund, cardPaymentsOf, keepRefundBeside, readRefund } from '../payments/card-refunds.ts'
import { approver } from '../returns/approver.ts'
import { boughtLine } from '../returns/bought.ts'
import { gradeOf } from '../returns/condition-questions.ts'
import { areStillOut, finishReturn, type ReturnedLine } from '../returns/finish-return.ts'
import { returnFacts } from '../returns/return-facts.ts'
import { releaseUnits } from '../flows/carry-out.ts'
import { say } from '../flows/say.ts'
import { later } from '../../../contract/days.ts'
import { takeOut } from '../sets/change-sets.ts'
import { hold, openFlowOf } from '../store/flows.ts'
import type { Writing } from '../store/store.ts'
import { flowInHand, stepFlow } from './going-on.ts'
import { keepVerdict } from './run-sale.ts'
import { tellChecked } from './tell-checked.ts'

/** The open return of this till, begun where there is none or the last one is done. */
export function returnInHand(ground: Ground, db: Writing, staffId: string | null): string {
  const isOver = ({ at }: ReturnState) => at === 'done' || at === 'handed-over'
  return flowInHand(ground, db, staffId, { kind: 'return', empty: EMPTY_RETURN, isOver })
}

/** What a person does to a return. Who approves answers for it: with the own right, or with the one a colleague lent. */
export function actReturn(deed: Deed, action: ReturnAction): Result<null> {
  if (action.do !== 'approve') return runReturn(deed, action)
  const flow = openFlowOf<ReturnState>(deed.db, deed.flowId, 'return')
  if (flow === null) return refused('no-such-flow')
  const amount_cents = planOf(flow.state, returnFacts(deed, flow.state))?.amount_cents ?? 0
  const by = approver(deed, amount_cents, action.note)
  return by.ok ? runReturn(deed, by.value) : by
}

/** Look, decide, write: one step of a return inside the transaction it is called in. */
export function runReturn(deed: Deed, input: ReturnInput): Result<null> {
  const { ground, db } = deed
  const flow = openFlowOf<ReturnState>(db, deed.flowId, 'return')
  if (flow === null) return refused('no-such-flow')
  const facts = returnFacts(deed, flow.state)
  const step = stepReturn(flow.state, input, facts)
  if (step.refused) return refused(step.refused, step.left === undefined ? {} : { left: step.left })
  let state = step.state
  for (const intent of step.intents) {
    const done = carryOut(deed, state, intent, facts, flow.state)
    if (!done.ok) return done
    state = done.value
  }
  stepFlow(ground, db, flow, state)
  return ok(null)
}

function carryOut(deed: Deed, state: ReturnState, intent: CounterIntent, facts: ReturnFacts, before: ReturnState): Result<ReturnState> {
  switch (intent.want) {
    case 'finish': {
      const lines = linesFor(deed, state, intent.plan.amount_cents, facts)
      const still = areStillOut(deed, lines)
      if (still.ok) return finish(deed, state, intent, lines, facts)
      const { paying } = before
      return paying === null || paying.by === 'beside' ? still : ok(moneyWithoutReturn(deed, before, paying))
    }
    case 'hand-over': {
      const { piece, verdict } = intent
      if (piece.unitId !== null && verdict !== null) tellChecked(deed, piece.unitId, 'return')
      openCase(deed, {
        caseId: intent.caseId, kind: verdict?.outcome === 'refuse' ? 'refused' : 'handed-over', unitId: piece.unitId, text: piece.text,
        verdict, lookedAt: piece.seen, note: '',
      })
      return ok(state)
    }
    case 'ask-refund':
      return askTerminal(deed, state, facts)
    case 'keep-beside':
      return keptBeside(deed, state, intent, facts)
    case 'read-refund': {
      const told = readRefund(deed, intent.attemptId, { paid: intent.paid, code: intent.code })
      return told.ok ? ok(state) : told
    }
    case 'ask-again':
    case 'cancel-refund': {
      const done = intent.want === 'ask-again' ? askRefundAgain(deed, intent.attemptId) : cancelRefund(deed, intent.attemptId)
      return done.ok ? ok(state) : done
    }
    default:
      return unreachable(intent)
  }
}

/** The pieces are ours alone while the card gets its money: nobody refunds them a second time meanwhile. */
function askTerminal(deed: Deed, state: ReturnState, facts: ReturnFacts): Result<ReturnState> {
  const { paying } = state
  if (paying === null) throw new Error('a refund at the terminal knows its amount')
  const now = deed.ground.now()
  const until = later(now, deed.ground.policy().cartLease_ms)
  for (const { unitId } of state.pieces)
    if (unitId !== null && hold(deed.db, unitId, deed.flowId, until, now) !== null) return refused('not-in-this-state')
  const asked = askRefund(deed, { returnId: paying.returnId, amount_cents: paying.amount_cents, payment: paymentFor(deed, state, facts, paying.amount_cents) })
  return asked.ok ? ok({ ...state, paying: { ...paying, attemptId: asked.value.attemptId, by: asked.value.by } }) : asked
}

function keptBeside(
  deed: Deed, state: ReturnState, { paying, code }: Extract<CounterIntent, { want: 'keep-beside' }>, facts: ReturnFacts,
): Result<ReturnState> {
  const payment = paymentFor(deed, state, facts, paying.amount_cents)
  const kept = keepRefundBeside(deed, { returnId: paying.returnId, amount_cents: paying.amount_cents, payment }, code)
  return kept.ok ? ok(state) : kept
}

/** The card payment of the sale that has enough left; null where it is not in these books: then a card is held up. */
function paymentFor(deed: Deed, state: ReturnState, facts: ReturnFacts, amount_cents: number): string | null {
  const sales = new Set(state.pieces.map((piece) => facts.pieces.get(piece.pieceId)?.sale.saleId ?? null))
  const saleId = sales.size === 1 ? [...sales][0] : null
  if (saleId === null || saleId === undefined) return null
  return cardPaymentsOf(deed.db, saleId).find((paid) => paid.amount_cents - paid.refunded_cents >= amount_cents)?.attemptId ?? null
}

/**
 * The terminal gave money for what came back elsewhere meanwhile. Nobody can charge for it, so it is for a case, and the
 * return waits for no card any more.
 */
function moneyWithoutReturn(deed: Deed, state: ReturnState, { plan: { currency }, amount_cents }: PayingOut): ReturnState {
  openCardCase(deed, 'card-refund', state.pieces.find(({ unitId }) => unitId !== null)?.unitId ?? null)
  return { ...state, at: 'assess', paying: null, notice: say(deed.ground, 'stop', 'card-refund-stray', { amount_cents, currency }) }
}

function finish(
  deed: Deed, state: ReturnState, intent: Extract<CounterIntent, { want: 'finish' }>, lines: readonly ReturnedLine[], facts: ReturnFacts,
): Result<ReturnState> {
  const { approval } = state
  // The facts a verdict rests on are those of before: after the return the piece is no longer sold.
  for (const piece of state.pieces) keepEvidence(deed, state, piece, facts)
  takeSetsApart(deed, state, facts)
  const done = finishReturn(deed, {
    returnId: intent.returnId, number: intent.number, documentId: intent.documentId, plan: intent.plan, approval,
    lines,
  })
  if (!done.ok) return done
  releaseUnits(deed)
  return ok({ ...state, done: state.done && { ...state.done, credits: done.value.credits } })
}

/** A part that comes back without its set, and one that stays away when the set comes back, stand alone from here on. */
function takeSetsApart(deed: Deed, { pieces }: ReturnState, facts: ReturnFacts): void {
  for (const { pieceId, unitId, reason, seen } of pieces) {
    const whole = facts.pieces.get(pieceId)?.unit?.facts.partOf
    if (unitId !== null && whole !== undefined && !pieces.some((one) => one.unitId === whole)) takeOut(deed, unitId, reason ?? '')
    for (const missing of seen.without ?? []) takeOut(deed, missing, reason ?? '')
  }
}

/** Amounts that sum to the plan: a cent that a sale has not left to give stays with the shop. */
function linesFor(deed: Deed, state: ReturnState, whole: Cents, facts: ReturnFacts): ReturnedLine[] {
  let left = whole as number
  return state.pieces.map((piece) => {
    const known = facts.pieces.get(piece.pieceId)
    if (!known?.product || piece.reason === null) throw new Error(`piece ${piece.pieceId} is gone`)
    const refund_cents = cents(Math.min(refundOfPiece(piece, known) ?? 0, left))
    left -= refund_cents
    const line = piece.lineId === null ? null : boughtLine(deed.ground, deed.db, piece.lineId)
    const title = known.unit?.facts.title
    return {
      product: known.product, unit: known.unit, serial: piece.serial, quantity: piece.quantity, reason: piece.reason,
      sale: {
        saleId: known.sale.saleId, lineId: line?.lineId ?? null, receiptNumber: known.sale.receiptNumber,
        isElsewhere: line?.isElsewhere === true,
        soldAt: line?.soldAt ?? (title !== undefined && 'purchase' in title ? title.purchase.soldAt : null),
      },
      bought: line?.bought ?? null, tax_bp: line?.tax_bp ?? known.product.tax_bp,
      condition: gradeOf(known.asked, piece.seen) ?? 'to-inspect', refund_cents, next: nextOf(piece, known, facts), seen: piece.seen, late: known.late,
      onlyCredit: isOnlyCredit(known, facts), isAnsweredFor: isAnsweredFor(state.approval, piece),
    }
  })
}

/** The verdict of each piece is kept; an exception that somebody took on himself is a case with what was seen and why. */
function keepEvidence(deed: Deed, state: ReturnState, piece: Piece, facts: ReturnFacts): void {
  const known = facts.pieces.get(piece.pieceId)
  const verdict = known?.verdict ?? null
  const kind = exceptionOf(piece, known)
  if (kind === null) {
    if (verdict !== null) keepVerdict(deed, piece.unitId, piece.text, verdict, null)
    return
  }
  const { approval } = state
  const note = [approval?.name, approval?.reason, piece.instead].filter(Boolean).join(' · ')
  openCase(deed, { caseId: deed.ground.newId(), kind, unitId: piece.unitId, text: piece.instead ?? piece.text, verdict, lookedAt: piece.seen, note })
}

/** What somebody took on himself with this piece, the weightiest first; null where it came back by the rules. */
function exceptionOf(piece: Piece, known: PieceFacts | undefined): CaseKind | null {
  if (piece.is === 'stranger' || (piece.is === 'unit' && known?.sale.saleId === null)) return 'without-record'
  if (piece.shown === 'excepted') return piece.instead === null ? 'exception' : 'another-unit'
  return known?.late === true ? 'after-window' : null
}

/** A photograph that was kept belongs to the piece in hand. */
export const stepReturnPhoto = (deed: Deed, photoId: string): Result<null> => runReturn(deed, { do: 'photo-taken', photoId })
