import { cents, CENTS_MAX, times } from '../../../contract/money.ts'
import type { HandDiscount, SaleAction, SaleLine } from '../../../contract/sale-view.ts'
import { isGiftVoucher } from '../prices/gift-voucher.ts'
import { pricedCart } from '../prices/price-cart.ts'
import { kitPromotions } from './sale-kits.ts'
import { countable, remembered, type SaleStep } from './sale-lines.ts'
import type { SaleFacts, SaleState, Undoable } from './sale-state.ts'
import { say } from './say.ts'

/** The cart with the prices of now. Only an open cart is priced: what is being paid costs what was shown. */
export function repriced(step: SaleStep, facts: SaleFacts): SaleStep {
  const { state } = step
  if (step.refused || state.at !== 'open') return step
  const cart = state.lines.length === 0 ? null : (state.cartDiscount ?? null)
  return { ...step, state: { ...state, cartDiscount: cart, lines: pricedCart(state.lines, [...kitPromotions(state.kits), ...(facts.promotions ?? [])], cart) } }
}

/** Takes something off a line or the whole cart, or takes that back. Who answers for it was asked before. */
export function discount(state: SaleState, input: Extract<SaleAction, { do: 'discount' }>, facts: SaleFacts): SaleStep {
  if (input.off?.is === 'amount' && input.off.amount_cents <= 0) return { state, intents: [], refused: 'amount-out-of-range' }
  const given: HandDiscount | null =
    input.off === null ? null : { off: input.off, reason: input.reason, staffId: facts.answering ?? '' }
  if (input.lineId === null) {
    if (state.lines.length === 0) return { state, intents: [], refused: 'not-in-this-state' }
    const undo: Undoable = { undo: 'cart-discount', cartDiscount: state.cartDiscount ?? null, what: input.reason }
    return { state: { ...state, cartDiscount: given, notice: null, question: null, past: remembered(state.past, undo) }, intents: [] }
  }
  const line = state.lines.find((one) => one.lineId === input.lineId)
  if (!line) return { state, intents: [], refused: 'not-in-this-state' }
  if (isGiftVoucher(line)) return { state, intents: [], refused: 'voucher-fixed' }
  const { byHand: _, ...bare } = line
  return { state: withPrice(state, line, given === null ? bare : { ...bare, byHand: given }), intents: [] }
}

/** Sets the price of a piece by hand; the price that it had is remembered on the line, and stands on the receipt. */
export function setPrice(state: SaleState, input: Extract<SaleAction, { do: 'set-price' }>, facts: SaleFacts): SaleStep {
  const line = state.lines.find((one) => one.lineId === input.lineId)
  if (!line) return { state, intents: [], refused: 'not-in-this-state' }
  if (isGiftVoucher(line)) return { state, intents: [], refused: 'voucher-fixed' }
  if (input.price_cents < 0 || input.price_cents * line.quantity > CENTS_MAX) return { state, intents: [], refused: 'amount-out-of-range' }
  const listPrice_cents = line.priceSet?.listPrice_cents ?? line.unitPrice_cents
  const priceSet = { listPrice_cents, reason: input.reason, staffId: facts.answering ?? '' }
  const changed = { ...line, unitPrice_cents: cents(input.price_cents), total_cents: times(input.price_cents, line.quantity), priceSet }
  if (!countable(state, changed, changed.quantity)) return { state, intents: [], refused: 'amount-out-of-range' }
  const notice = say(facts, 'info', 'price-set', { name: line.name, price_cents: input.price_cents, currency: facts.currency })
  return { state: { ...withPrice(state, line, changed), notice }, intents: [] }
}

function withPrice(state: SaleState, before: SaleLine, after: SaleLine): SaleState {
  return {
    ...state,
    notice: null,
    question: null,
    lines: state.lines.map((line) => (line.lineId === before.lineId ? after : line)),
    past: remembered(state.past, { undo: 'line-price', line: before, what: before.name }),
  }
}

/** Puts the price and the hand discount of a line back to what they were; its quantity stays. */
export function withPriceOf(line: SaleLine, before: SaleLine): SaleLine {
  const { byHand: _, priceSet: __, ...bare } = line
  return {
    ...bare,
    unitPrice_cents: before.unitPrice_cents,
    ...(before.byHand ? { byHand: before.byHand } : {}),
    ...(before.priceSet ? { priceSet: before.priceSet } : {}),
  }
}
