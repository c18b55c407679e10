import { add, cents, minus, roundedToCash, ZERO, type Cents } from '../../../contract/money.ts'
import type { SaleAction, SaleLine, Tender } from '../../../contract/sale-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { SaleStep } from './sale-lines.ts'
import type { Asking, SaleFacts, SaleIntent, SaleState } from './sale-state.ts'
import { pendingGates } from './gates.ts'
import { creditsAgain, creditTender, depositTenders, dropTender, isCreditKind, leaveDeposit } from './sale-credit.ts'
import { incompleteKit } from './sale-kits.ts'
import { planWithoutPiece } from './sale-plans.ts'
import { mayStay, recalledGoods } from './sale-scan.ts'
import { isSameSet, partNotice, partThatStops } from './sale-sets.ts'
import { reasonParams, say } from './say.ts'
import { stillDue, totalsOf } from './totals.ts'

type Paying = Extract<SaleAction, { do: 'pay' | 'tender' | 'back-to-cart' | 'drop-tender' | 'leave-deposit' }>

/** Paying: begin, take a tender, go back; and at the last cent the sale is finished, in the same turn. */
export function pay(state: SaleState, input: Paying, facts: SaleFacts): SaleStep {
  switch (input.do) {
    case 'pay':
      if (state.at !== 'open' || state.lines.length === 0) return { state, intents: [], refused: 'not-in-this-state' }
      return toTender(state, facts)
    case 'back-to-cart':
      return backToCart(state, facts)
    case 'tender':
      return take(state, input, facts)
    case 'drop-tender':
      return dropTender(state, input.tenderId, facts)
    case 'leave-deposit':
      return leaveDeposit(state, input.name, facts)
    default:
      return unreachable(input)
  }
}

/** From the cart to the tender: what changed since the scan first, then what must be looked at before such goods are sold. */
export function toTender(state: SaleState, facts: SaleFacts): SaleStep {
  const stopped = checkedAgain(state, facts) ?? incompleteKit(state, facts) ?? planWithoutPiece(state, facts)
  if (stopped) return stopped
  return pendingGates(state, facts).length > 0
    ? { state: { ...state, at: 'gating', notice: null, question: null }, intents: [] }
    : { state: beginning(state, facts), intents: [] }
}

/** What was paid on these goods before lies on the table from the start. */
const beginning = (state: SaleState, facts: SaleFacts): SaleState => ({
  ...state, at: 'tendering', notice: null, question: null, tenders: depositTenders(totalsOf(state.lines, facts).gross_cents, facts),
})

/**
 * Money that has been taken is not forgotten by going back: cash is given back, and the screen says how much; what a
 * card has paid stays where it is, because only its terminal can give it back. A voucher was not touched yet.
 */
function backToCart(state: SaleState, facts: SaleFacts): SaleStep {
  if (state.at === 'gating') return { state: { ...state, at: 'open', notice: null }, intents: [] }
  if (state.at !== 'tendering' || state.tenders.some((tender) => tender.kind === 'card'))
    return { state, intents: [], refused: 'not-in-this-state' }
  const amount_cents = add(ZERO, ...state.tenders.filter((tender) => tender.kind === 'cash').map((tender) => tender.amount_cents))
  const notice = amount_cents > 0 ? say(facts, 'info', 'give-back', { amount_cents, currency: facts.currency }) : null
  return { state: { ...state, at: 'open', tenders: [], notice }, intents: [] }
}

/** The check made at the scan is made again: what changed since stops the sale and names the piece. */
function checkedAgain(state: SaleState, facts: SaleFacts): SaleStep | null {
  for (const line of state.lines) {
    if (line.unitId === null) {
      const recalled = recalledGoods(line.productId, line.lot, line.name, facts, line.lineId)
      if (recalled !== null) return { state: { ...state, at: 'open', notice: recalled }, intents: [] }
      continue
    }
    const verdict = facts.verdictsNow.get(line.unitId)
    if (mayStay(line, verdict, facts)) {
      const stopped = setAgain(state, line, facts)
      if (stopped) return stopped
      continue
    }
    const params = { name: line.name, ...(verdict ? reasonParams(verdict) : {}) }
    const notice = verdict?.quiet
      ? say(facts, 'quiet', 'stolen-quiet', params, { kind: 'check-unit', unitId: line.unitId })
      : say(facts, 'stop', 'no-longer-sellable', params, { kind: 'remove-line', lineId: line.lineId })
    const lines = state.lines.map((other) => (other.lineId === line.lineId && verdict ? { ...other, verdict } : other))
    return {
      state: { ...state, at: 'open', lines, notice },
      intents: verdict
        ? [{ want: 'keep-verdict', unitId: line.unitId, text: '', verdict, asCase: verdict.quiet ? 'quiet-hit' : null }]
        : [],
    }
  }
  return null
}

/** A set is looked at piece by piece, and must still be the set that was scanned. */
function setAgain(state: SaleState, line: SaleLine, facts: SaleFacts): SaleStep | null {
  const offer = { kind: 'remove-line', lineId: line.lineId } as const
  const stopping = partThatStops(line, facts, (verdict) => mayStay({}, verdict, facts))
  if (stopping !== null) {
    const { part, verdict } = stopping
    return {
      state: { ...state, at: 'open', notice: partNotice(line, stopping, facts, offer) },
      intents: [{ want: 'keep-verdict', unitId: part.unitId, text: '', verdict, asCase: verdict.quiet ? 'quiet-hit' : null }],
    }
  }
  return isSameSet(line, facts) ? null : { state: { ...state, at: 'open', notice: say(facts, 'stop', 'set-changed', { name: line.name }, offer) }, intents: [] }
}

/** The whole to pay. What is left for cash is rounded to the coins of the country, whatever a card has paid before. */
export function payable(state: SaleState, facts: SaleFacts, cash: boolean): Cents {
  const { gross_cents } = totalsOf(state.lines, facts)
  if (!cash) return gross_cents
  const paid = add(ZERO, ...state.tenders.map((tender) => tender.amount_cents))
  return paid >= gross_cents ? gross_cents : add(paid, roundedToCash(minus(gross_cents, paid), facts.cashStep))
}

function take(state: SaleState, input: Extract<SaleAction, { do: 'tender' }>, facts: SaleFacts): SaleStep {
  if (state.at !== 'tendering') return { state, intents: [], refused: 'not-in-this-state' }
  const total = payable(state, facts, input.kind === 'cash')
  const due = stillDue(total, state.tenders)
  if (input.given_cents < 0 || (input.given_cents === 0 && due > 0)) return { state, intents: [], refused: 'amount-out-of-range' }
  if (isCreditKind(input.kind)) {
    const credit = creditTender(state, input, due, facts)
    return credit === null ? { state, intents: [], refused: 'amount-out-of-range' } : laid(state, total, credit, facts)
  }
  // Nobody gives change on a card.
  if (input.kind !== 'cash' && input.given_cents > due) return { state, intents: [], refused: 'amount-out-of-range' }
  const amount_cents = cents(Math.min(input.given_cents, due))
  const tender: Tender = {
    tenderId: facts.newId(),
    kind: input.kind,
    amount_cents,
    given_cents: input.given_cents,
    change_cents: minus(input.given_cents, amount_cents),
  }
  if (input.kind === 'card' && due > 0) {
    if (facts.terminal !== null && input.approvalCode === undefined) return askTerminal(state, amount_cents, facts.terminal, facts)
    return byHand(state, total, tender, input.approvalCode ?? null, facts)
  }
  return laid(state, total, tender, facts)
}

/** One more way to pay lies on the table; at the last cent the sale is finished. */
function laid(state: SaleState, total: Cents, tender: Tender, facts: SaleFacts): SaleStep {
  const paying = { ...state, tenders: [...state.tenders, tender], notice: null }
  return stillDue(total, paying.tenders) > 0 ? { state: paying, intents: [] } : finish(state, paying, facts)
}

/** What changed since the scan is looked at first: a payment that has to be taken back is better not begun. */
function askTerminal(state: SaleState, amount_cents: Cents, by: Asking['by'], facts: SaleFacts): SaleStep {
  const stopped = checkedAgain(state, facts)
  if (stopped) return { ...stopped, state: { ...stopped.state, at: state.tenders.length > 0 ? 'tendering' : 'open' } }
  const attemptId = facts.newId()
  return {
    state: { ...state, at: 'asking-terminal', notice: null, asking: { attemptId, amount_cents, by, outcome: 'asked' } },
    intents: [{ want: 'ask-terminal', attemptId, amount_cents }],
  }
}

/** The clerk has taken the card on a stand-alone terminal: its word stands, with the code that it printed. */
function byHand(state: SaleState, total: Cents, tender: Tender, code: string | null, facts: SaleFacts): SaleStep {
  const paying = { ...state, tenders: [...state.tenders, tender], notice: null }
  const step = stillDue(total, paying.tenders) > 0 ? { state: paying, intents: [] } : finish(state, paying, facts)
  const attempt: SaleIntent = { want: 'keep-by-hand', attemptId: facts.newId(), amount_cents: tender.amount_cents, code, taken: step.state.tenders.length > state.tenders.length }
  return { ...step, intents: [attempt, ...step.intents] }
}

export function finish(before: SaleState, state: SaleState, facts: SaleFacts): SaleStep {
  const stopped = checkedAgain(state, facts)
  // The money of earlier tenders is in the drawer: the sale stays in paying until the piece is dealt with.
  if (stopped) return { ...stopped, state: { ...stopped.state, at: before.tenders.length > 0 ? 'tendering' : 'open', tenders: before.tenders } }
  const gone = creditsAgain(state, before, facts)
  if (gone) return gone
  const { gross_cents } = totalsOf(state.lines, facts)
  const rounding_cents = minus(add(...state.tenders.map((tender) => tender.amount_cents)), gross_cents)
  const saleId = facts.newId()
  const documentId = facts.newId()
  const number = facts.nextReceiptNumber
  return {
    state: {
      ...state,
      at: 'paid',
      past: [],
      notice: null,
      paid: {
        saleId,
        receiptNumber: number,
        documentId,
        change_cents: add(ZERO, ...state.tenders.map((tender) => tender.change_cents)),
        rounding_cents,
      },
    },
    intents: [{ want: 'record-sale', saleId, documentId, number, rounding_cents }, { want: 'release-all' }],
  }
}
