import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { HandOver } from '../../../contract/hand-over.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { openCase } from '../cases/case-files.ts'
import { judgeToKeep, judgeUnit, refundOf, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { returnRules } from '../../../contract/cautious-return-rules.ts'
import { later } from '../../../contract/days.ts'
import { HOUR_MS } from '../../../contract/durations.ts'
import type { Deed } from '../flows/deed.ts'
import { stepKiosk } from '../flows/kiosk.ts'
import { INTENT_OF_TASK, KIOSK_START, type KioskFacts, type KioskInput, type KioskIntent, type KioskOffer, type KioskState } from '../flows/kiosk-state.ts'
import { peekNumber, RETURN_SERIES } from '../flows/numbers.ts'
import { isTooOften } from '../flows/too-often.ts'
import type { Ground } from '../ground.ts'
import { handOverOf, hasStep, recordHandOver, recordHandOverStep } from '../hand-overs/hand-over-rows.ts'
import { recordPut, slotFor } from '../hand-overs/slots.ts'
import { askRefund, cancelRefund, cardPaymentsOf, keepRefundBeside } from '../payments/card-refunds.ts'
import { deductionOf, questionsFor, type LookedAt } from '../returns/condition-questions.ts'
import { finishOneReturn } from '../returns/finish-one.ts'
import { returnerOf } from '../returns/how-often.ts'
import { kioskWays } from '../returns/kiosk-ways.ts'
import { isOfASet } from '../sets/set-of.ts'
import { flowOf, parkedFlows, type FlowRow, type FlowStatus } from '../store/flows.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import { beginFlow, openFlow, setFront, stepFlow } from './going-on.ts'
import { beginKioskSale, buyUpTo_cents, handedLines, kioskCart, leaveKioskSale, saleBehind, stepKioskSale, takesCards } from './kiosk-sale.ts'
import { keepVerdict } from './run-sale.ts'
import { tellChecked } from './tell-checked.ts'

/** The session of the customer at this kiosk; a fresh one where there is none. */
export function kioskInHand(ground: Ground, db: Writing): string {
  return openFlow(db, 'kiosk') ?? beginFlow(ground, db, 'kiosk', KIOSK_START, null)
}

/** Look, decide, write: one step of a customer alone at the kiosk. */
export function runKiosk(deed: Deed, input: KioskInput): Result<null> {
  const { ground, db } = deed
  const flow = sessionOf(db, deed.flowId)
  if (flow === null) return refused('no-such-flow')
  const facts = kioskFacts(deed, flow.state)
  // Whoever brought the piece has gone: a colleague has it in hand, and it lies in no slot.
  const step = stepKiosk(flow.state, input, flow.status === 'parked' ? { ...facts, slotFor: () => ({ name: null }) } : facts)
  if (step.refused) return refused(step.refused)
  let { state } = step
  let again: KioskInput | null = null
  for (const intent of step.intents) {
    const done = carryOut(deed, intent, state, flow.state.sale)
    if (!done.ok) return done
    if (done.value.voucher && state.done) state = { ...state, done: { ...state.done, voucher: done.value.voucher } }
    if (done.value.sale) state = { ...state, sale: done.value.sale }
    if (done.value.paying) state = { ...state, paying: state.paying && { ...state.paying, attemptId: done.value.paying.attemptId } }
    again = done.value.again ?? again
  }
  if (flow.status === 'parked') stepFlow(ground, db, flow, ...afterCustomer(state))
  else if (state.at === 'start' && flow.state.at !== 'start') wipe(deed, flow)
  else stepFlow(ground, db, flow, state)
  return again === null ? ok(null) : runKiosk(deed, again)
}

/** A session that may be stepped: of the customer who stands here, or put aside until the end of its refund is known. */
function sessionOf(db: Reading, flowId: string): FlowRow<KioskState> | null {
  const flow = flowOf(db, flowId) as FlowRow<KioskState> | null
  return flow?.kind === 'kiosk' && (flow.status === 'open' || flow.status === 'parked') ? flow : null
}

/** What stays of a session whose customer has gone: the return that hangs on an unknown refund, and nothing otherwise. */
const afterCustomer = (state: KioskState): [KioskState, FlowStatus] => (state.paying === null ? [KIOSK_START, 'done'] : [state, 'parked'])

/**
 * A session that ends leaves no trace of itself at the kiosk: its row is emptied and put away, and the next customer
 * begins under another number. Only a hand-over goes on to be known, and says that the customer has gone; and a return
 * whose refund has no known end waits for a colleague at the door.
 */
function wipe(deed: Deed, flow: FlowRow<KioskState>): void {
  const { ground, db } = deed
  const { caseId, sale } = flow.state
  leaveKioskSale(deed, sale)
  const handOver = caseId === null ? null : handOverOf(db, caseId)
  if (handOver !== null && !hasStep(handOver, 'left')) recordHandOverStep(db, handOver.letter.id, 'left', ground.now())
  stepFlow(ground, db, flow, ...afterCustomer(flow.state))
  setFront(db, { screen: 'kiosk', flowId: beginFlow(ground, db, 'kiosk', KIOSK_START, null) })
}

interface Carried {
  readonly voucher?: string
  /** The flow of the sale that was begun. */
  readonly sale?: string
  readonly paying?: { readonly attemptId: string }
  /** What follows at once, where no machine has to be waited for. */
  readonly again?: KioskInput
}

/** `left`: the sale that stood behind the kiosk before this step. */
function carryOut(deed: Deed, intent: KioskIntent, state: KioskState, left: string | null): Result<Carried> {
  switch (intent.want) {
    case 'keep-check':
      keepVerdict(deed, intent.unitId, intent.text, intent.verdict, null)
      tellChecked(deed, intent.unitId, intent.verdict.intent)
      return ok({})
    case 'hand-over':
      handOver(deed, intent, state)
      return ok({})
    case 'ask-card':
      return askCard(deed, intent)
    case 'begin-sale':
      return ok({ sale: beginKioskSale(deed) })
    case 'step-sale': {
      const stepped = stepKioskSale(deed, state.sale, intent.input)
      return stepped.ok ? ok({ again: { do: 'sale-stepped' } }) : stepped
    }
    case 'leave-sale':
      leaveKioskSale(deed, left)
      return ok({})
    case 'cancel-card': {
      const cancelled = cancelRefund(deed, intent.attemptId)
      return cancelled.ok ? ok({}) : cancelled
    }
    case 'record-return': {
      const { record, slot } = intent
      const unit = pieceOf(deed.ground, record.unitId)
      if (saleOf(unit) === null) return refused('returned-already')
      keepVerdict(deed, record.unitId, state.text, record.verdict, null)
      const finished = finishOneReturn(deed, record, unit, null, state.seen)
      if (!finished.ok) return finished
      if (slot !== null) recordPut(deed.db, { slot, unitId: record.unitId, returnNumber: record.number, at: deed.ground.now() })
      const voucher = finished.value.credits[0]
      return ok(voucher === undefined ? {} : { voucher })
    }
    default:
      return unreachable(intent)
  }
}

/** In the demo shop without a terminal, where nothing is real, the card is acted out. */
function askCard(deed: Deed, intent: Extract<KioskIntent, { want: 'ask-card' }>): Result<Carried> {
  const payment = cardPaymentsOf(deed.db, saleOf(pieceOf(deed.ground, intent.unitId)) ?? '').find((paid) => paid.amount_cents - paid.refunded_cents >= intent.amount_cents) ?? null
  const asked = { returnId: intent.returnId, amount_cents: intent.amount_cents, payment: payment?.attemptId ?? null }
  if (deed.terminal !== null) {
    const begun = askRefund(deed, asked)
    return begun.ok ? ok({ paying: begun.value }) : begun
  }
  const kept = keepRefundBeside(deed, asked, null)
  if (!kept.ok) return kept
  return ok({ paying: kept.value, again: { do: 'terminal-said', attemptId: kept.value.attemptId, said: { is: 'paid' } } })
}

/** The case with its file, and the letter that brings the customer's answers to the counter: one fact. */
function handOver(deed: Deed, intent: Extract<KioskIntent, { want: 'hand-over' }>, state: KioskState): void {
  const { ground, db } = deed
  // A sale has told it already.
  if (intent.unitId !== null && intent.why === 'verdict' && intent.verdict !== null && state.task !== 'buy') tellChecked(deed, intent.unitId, intent.verdict.intent)
  openCase(deed, {
    caseId: intent.caseId, kind: intent.unitId === null ? 'called' : intent.why === 'locked' ? 'locked' : 'handed-over', unitId: intent.unitId,
    text: intent.text, verdict: intent.verdict, lookedAt: intent.unitId === null ? null : state.seen, note: '',
  })
  const letter: HandOver = {
    id: intent.caseId, at: ground.now(), fromTill: ground.till.id, fromName: ground.till.name, quiet: intent.quiet, why: intent.why,
    task: state.task, language: state.language, text: intent.text.slice(0, 256), unitId: intent.unitId, reason: state.reason,
    condition: state.seen.condition, answers: { ...state.seen.answers }, present: [...state.seen.present], absent: [...state.seen.absent],
    // Whose money may be taken already is not asked for it again at the counter.
    ...(state.task === 'buy' && intent.why !== 'card-unknown' ? { cart: handedLines(saleBehind(db, state.sale)) } : {}),
  }
  recordHandOver(db, letter, true)
}

function kioskFacts(deed: Deed, { sale }: KioskState): KioskFacts {
  const { ground, db } = deed
  const policy = ground.policy()
  const rules = returnRules(policy)
  const piece = (unitId: string) => pieceOf(ground, unitId)
  return {
    newId: ground.newId,
    verdictOn: (unitId, task) => ({
      live: judgeUnit(ground, INTENT_OF_TASK[task], piece(unitId), deed.flowId).verdict,
      toKeep: judgeToKeep(ground, INTENT_OF_TASK[task], piece(unitId), deed.flowId).verdict,
    }),
    offerFor: (unitId, seen) => offerFor(deed, piece(unitId), seen),
    asked: (unitId) => (unitId === '' ? { category: '*', questions: [], accessories: [], parts: [], photos: {} } : questionsFor(policy, piece(unitId).product.category)),
    isOfASet: (unitId) => isOfASet(ground, piece(unitId)),
    isTooOften: (unitId) => {
      const returner = returnerOf(ground, db, rules, { saleId: saleOf(piece(unitId)), unitId })
      return returner !== null && isTooOften([{ ...returner, quantity: 1 }], rules)
    },
    isBeingRefunded: (unitId) => parkedFlows(db, 'kiosk').some(({ state }) => (state as KioskState).unitId === unitId),
    isAsking: (unitId) => ground.outside.askedAbout(unitId).length > 0,
    refundUpTo_cents: policy.kiosk.refundUpTo_cents,
    photo: policy.kiosk.photo ?? 'never',
    slotFor: (unitId) => slotFor(db, policy.kiosk.slots, piece(unitId).product.category),
    acceptedConditions: policy.returns.acceptedConditions,
    reasons: policy.returns.reasons,
    nextReturnNumber: peekNumber(ground, db, RETURN_SERIES),
    buyUpTo_cents: buyUpTo_cents(deed),
    cart: kioskCart(ground, db, sale),
    verdictToSell: (unitId) => {
      const unit = unitOf(ground, unitId)
      return unit && judgeToKeep(ground, 'sell', unit, sale ?? deed.flowId).verdict
    },
    mayCheck: checksOfTheHour(ground) < policy.kiosk.checksPerHour,
  }
}

/** What really was paid, less what is missing; as what a kiosk may and can give it. */
export function offerFor(deed: Pick<Deed, 'ground' | 'terminal'>, unit: KnownUnit, seen: LookedAt): KioskOffer | null {
  const { ground } = deed
  const paid = refundOf(unit)
  if (paid === null) return null
  const policy = ground.policy()
  const deducted_cents = Math.min(paid.amount_cents, deductionOf(questionsFor(policy, unit.product.category), seen))
  // Money of another country is for a person, who knows today's rate and the rule for it.
  const isOurs = paid.currency === ground.place.currency
  const ways = kioskWays(policy, paid.to, takesCards(deed))
  const { currency, receiptNumber } = paid
  return { amount_cents: paid.amount_cents - deducted_cents, deducted_cents, currency, receiptNumber, ways: isOurs && paid.amount_cents > deducted_cents ? ways : [] }
}

function pieceOf(ground: Ground, unitId: string): KnownUnit {
  const unit = unitOf(ground, unitId)
  if (!unit) throw new Error(`unit ${unitId} is gone`)
  return unit
}

function saleOf({ facts: { title } }: KnownUnit): string | null {
  return title.is === 'sold' || title.is === 'transferred' ? title.purchase.saleId : null
}

function checksOfTheHour(ground: Ground): number {
  const now = ground.now()
  // What a wrong clock once dated ahead is not of this hour; goods that are sold off the shelf tell nobody anything.
  const row = sql(ground.store.reading, "SELECT count(*) AS n FROM verdicts WHERE seat = 'kiosk' AND at > ? AND at <= ? AND NOT (intent = 'sell' AND outcome = 'accept')").get(later(now, -HOUR_MS), now) as { n: number }
  return row.n
}
