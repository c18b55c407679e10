import { ok, refused, type Result } from '../../../contract/fault.ts'
import { later } from '../../../contract/days.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { ExchangeIntent, ExchangePaying, ExchangeState, SettleExchange } from '../flows/exchange-state.ts'
import { atSettle, ofCard } from '../flows/exchange-payment.ts'
import { say } from '../flows/say.ts'
import { attemptOf, recordStep } from '../payments/attempts.ts'
import { openCardCase } from '../payments/card-case.ts'
import { askRefund, askRefundAgain, cancelRefund, cardPaymentsOf, keepRefundBeside, readRefund } from '../payments/card-refunds.ts'
import { carryOutPayment } from '../payments/carry-out-payment.ts'
import { hold } from '../store/flows.ts'

/**
 * Writes the attempt that the terminal is asked for as soon as this deed is durable. Both pieces are this exchange's
 * alone meanwhile. Refuses where another cart has one of them (`not-in-this-state`).
 */
export function askForDifference(deed: Deed, state: ExchangeState, paying: ExchangePaying, old: KnownUnit | null): Result<ExchangeState> {
  const now = deed.ground.now()
  const until = later(now, deed.ground.policy().cartLease_ms)
  for (const unitId of [state.oldId, state.newId])
    if (unitId !== null && hold(deed.db, unitId, deed.flowId, until, now) !== null) return refused('not-in-this-state')
  const { attemptId, amount_cents, way, settle } = paying
  if (way === 'charge') {
    carryOutPayment(deed, { want: 'ask-terminal', attemptId, amount_cents })
    return ok(state)
  }
  const asked = askRefund(deed, { returnId: settle.returnId, amount_cents, payment: paymentOf(deed, old, amount_cents) })
  return asked.ok ? ok({ ...state, paying: { ...paying, attemptId: asked.value.attemptId, by: asked.value.by } }) : asked
}

/** The card payment of the old sale that has enough left; null where it is not in these books: then a card is held up. */
function paymentOf(deed: Deed, old: KnownUnit | null, amount_cents: number): string | null {
  const title = old?.facts.title
  if (title === undefined || !('purchase' in title)) return null
  return cardPaymentsOf(deed.db, title.purchase.saleId).find((paid) => paid.amount_cents - paid.refunded_cents >= amount_cents)?.attemptId ?? null
}

/** What the clerk reads off the terminal, asks it again or calls off; and money that goes back because no piece left. */
export function atTheTerminal(deed: Deed, intent: Extract<ExchangeIntent, { attemptId: string }>): Result<unknown> {
  switch (intent.want) {
    case 'read':
      return readRefund(deed, intent.attemptId, { paid: intent.paid, code: intent.code })
    case 'ask-again':
      return askRefundAgain(deed, intent.attemptId)
    case 'cancel':
      return cancelRefund(deed, intent.attemptId)
    default:
      return ok(takeBack(deed, intent.attemptId))
  }
}

function takeBack(deed: Deed, attemptId: string): null {
  recordStep(deed.db, attemptOf(deed.db, attemptId), { state: 'reversing', at: deed.ground.now(), saidBy: 'till', code: null })
  return null
}

/** A card moved the difference beside the till: an attempt of its own, with the code that its slip shows. */
export function keepDifferenceBeside(deed: Deed, { returnId, settlement, tender }: SettleExchange, code: string | null): Result<unknown> {
  const card = ofCard(settlement, tender)
  if (card === null) return ok(null)
  const { amount_cents } = card
  if (card.way === 'refund') return keepRefundBeside(deed, { returnId, amount_cents, payment: null }, code)
  return ok(carryOutPayment(deed, { want: 'keep-by-hand', attemptId: deed.ground.newId(), amount_cents, code, taken: true }))
}

/**
 * The terminal moved money for an exchange that then could not be written, because the old piece came back elsewhere
 * meanwhile. What was charged goes back to the card; what was given back is for a case, because nobody can charge for it.
 */
export function moneyWithoutPieces(deed: Deed, state: ExchangeState, paying: ExchangePaying): ExchangeState {
  if (paying.way === 'charge') takeBack(deed, paying.attemptId)
  else openCardCase(deed, 'card-refund', state.oldId)
  return atSettle(state, say(deed.ground, 'stop', 'not-to-be-exchanged'))
}
