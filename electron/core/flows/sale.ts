import { minus, times } from '../../../contract/money.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { pay } from './sale-payment.ts'
import { discount, repriced, setPrice, withPriceOf } from './sale-discounts.ts'
import { kitsWithout } from './sale-kits.ts'
import { withPlan } from './sale-plans.ts'
import { answerGate } from './sale-gates.ts'
import { countable, remembered, withQuantity, type SaleStep } from './sale-lines.ts'
import { acceptAnyway, mayStay, settleStranger, stepScan, takeOutOfSet } from './sale-scan.ts'
import { held, isSameSet, partNotice, partThatStops } from './sale-sets.ts'
import type { Choice, SaleFacts, SaleInput, SaleState } from './sale-state.ts'
import { stepTerminal } from './sale-terminal.ts'
import { reasonParams, say } from './say.ts'

/** Decides one step of a sale and prices the cart. Neither writes, waits, nor asks the time. */
export const stepSale = (state: SaleState, input: SaleInput, facts: SaleFacts): SaleStep => repriced(step(state, input, facts), facts)

function step(state: SaleState, input: SaleInput, facts: SaleFacts): SaleStep {
  if (input.do === 'scanned') return stepScan(state, input, facts)
  if (input.do === 'tender' || input.do === 'pay' || input.do === 'back-to-cart' || input.do === 'drop-tender' || input.do === 'leave-deposit')
    return pay(state, input, facts)
  if (input.do === 'answer-gate') return answerGate(state, input, facts)
  if (input.do === 'terminal-said' || input.do === 'terminal-read' || input.do === 'ask-terminal-again' || input.do === 'cancel-terminal')
    return stepTerminal(state, input, facts)
  if (state.at !== 'open') return { state, intents: [], refused: 'not-in-this-state' }
  switch (input.do) {
    case 'choose':
      return choose(state, input.choice, facts)
    case 'dismiss-question':
      return { state: { ...state, question: null, partOfSet: null }, intents: [] }
    case 'take-whole-set':
      // The desk has made a scan of it, wherever there was a set to take.
      return { state, intents: [], refused: 'not-in-this-state' }
    case 'take-out-of-set':
      return takeOutOfSet(state, input.reason, facts)
    case 'remove-line':
      return removeLine(state, input.lineId, facts)
    case 'set-quantity':
      return setQuantity(state, input.lineId, input.quantity)
    case 'accept-anyway':
      return acceptAnyway(state, input.unitId, facts)
    case 'settle-stranger':
      return settleStranger(state, input.why, facts)
    case 'discount':
      return discount(state, input, facts)
    case 'set-price':
      return setPrice(state, input, facts)
    case 'undo':
      return undo(state, facts)
    case 'park':
      if (state.lines.length === 0) return { state, intents: [], refused: 'not-in-this-state' }
      return { state: { ...state, notice: null, question: null }, intents: [{ want: 'park', name: input.name }] }
    case 'void':
      // Money of a customer lies on these goods: it goes back first.
      if ((facts.deposits ?? []).length > 0) return { state: { ...state, notice: say(facts, 'stop', 'deposit-first') }, intents: [] }
      return { state: { ...state, at: 'voided' }, intents: [{ want: 'release-all' }, { want: 'drop' }] }
    default:
      return unreachable(input)
  }
}

function setQuantity(state: SaleState, lineId: string, quantity: number): SaleStep {
  const line = state.lines.find((candidate) => candidate.lineId === lineId)
  // A serialised line is a unit: one piece, whatever is typed.
  if (!line || line.tracking === 'unit' || line.plan !== undefined) return { state, intents: [], refused: 'not-in-this-state' }
  if (!countable(state, line, quantity)) return { state, intents: [], refused: 'amount-out-of-range' }
  return { state: { ...withQuantity(state, line, quantity), notice: null }, intents: [] }
}

function removeLine(state: SaleState, lineId: string, facts: SaleFacts): SaleStep {
  const position = state.lines.findIndex((line) => line.lineId === lineId)
  const line = state.lines[position]
  if (!line) return { state, intents: [], refused: 'not-in-this-state' }
  return {
    state: {
      ...state,
      lines: state.lines.filter((other) => other.lineId !== lineId),
      kits: kitsWithout(state.kits, line.productId),
      notice: say(facts, 'info', 'removed', { name: line.name }),
      question: null,
      past: remembered(state.past, { undo: 'restore-line', line, position, what: line.name }),
    },
    intents: held('release', line),
  }
}

function undo(state: SaleState, facts: SaleFacts): SaleStep {
  const step = state.past.at(-1)
  if (!step) return { state, intents: [], refused: 'nothing-to-undo' }
  const rest = { ...state, past: state.past.slice(0, -1), question: null, notice: say(facts, 'info', 'undone', { name: step.what }) }
  switch (step.undo) {
    case 'remove-line': {
      const line = state.lines.find((candidate) => candidate.lineId === step.lineId)
      const lines = state.lines.filter((candidate) => candidate.lineId !== step.lineId)
      return { state: { ...rest, lines }, intents: line ? held('release', line) : [] }
    }
    case 'restore-line': {
      const { unitId } = step.line
      const verdict = unitId === null ? null : facts.verdictsNow.get(unitId)
      if (unitId !== null && !mayStay(step.line, verdict, facts)) return { state: { ...rest, notice: goneNotice(step.line, verdict, facts) }, intents: [] }
      const stopping = partThatStops(step.line, facts, (of) => mayStay({}, of, facts))
      if (stopping !== null) return { state: { ...rest, notice: partNotice(step.line, stopping, facts) }, intents: [] }
      if (!isSameSet(step.line, facts)) return { state: { ...rest, notice: say(facts, 'stop', 'set-changed', { name: step.line.name }) }, intents: [] }
      if (!countable(state, step.line, step.line.quantity)) return { state, intents: [], refused: 'amount-out-of-range' }
      const lines = state.lines.toSpliced(step.position, 0, step.line)
      return { state: { ...rest, lines }, intents: held('hold', step.line) }
    }
    case 'set-quantity': {
      const lines = state.lines.map((line) =>
        line.lineId === step.lineId
          ? { ...line, quantity: step.quantity, total_cents: minus(times(line.unitPrice_cents, step.quantity), line.discount_cents) }
          : line,
      )
      return { state: { ...rest, lines }, intents: [] }
    }
    case 'line-price':
      return { state: { ...rest, lines: state.lines.map((line) => (line.lineId === step.line.lineId ? withPriceOf(line, step.line) : line)) }, intents: [] }
    case 'kit':
      return { state: { ...rest, kits: step.kits, lines: state.lines.filter(({ lineId }) => !step.lineIds.includes(lineId)) }, intents: [] }
    case 'cart-discount':
      return { state: { ...rest, cartDiscount: step.cartDiscount }, intents: [] }
    default:
      return unreachable(step)
  }
}

/** The piece was let go when its line was taken out, and somebody else has it, or something became known of it since. */
const goneNotice = (line: SaleLine, verdict: Verdict | null | undefined, facts: SaleFacts) =>
  verdict?.quiet
    ? say(facts, 'quiet', 'stolen-quiet', { name: line.name }, line.unitId === null ? null : { kind: 'check-unit', unitId: line.unitId })
    : say(facts, 'stop', 'no-longer-sellable', { name: line.name, ...(verdict ? reasonParams(verdict) : {}) })

function choose(state: SaleState, choice: string, facts: SaleFacts): SaleStep {
  const chosen: Choice | undefined = state.question?.choices.find((candidate) => candidate.choice === choice)
  if (!chosen) return { state, intents: [], refused: 'not-in-this-state' }
  const text = state.question?.text ?? ''
  const open = { ...state, question: null }
  switch (chosen.is) {
    case 'unit': {
      // Decided again: while the question stood on the screen, somebody else may have taken the piece.
      const verdict = facts.verdictsNow.get(chosen.hit.unit.id) ?? chosen.verdict
      return stepScan(
        open,
        { do: 'scanned', found: { is: 'unit', text, hit: chosen.hit }, verdicts: new Map([[chosen.hit.unit.id, verdict]]), lots: [] },
        facts,
      )
    }
    case 'plan':
      return withPlan(open, chosen.product, chosen.plan, chosen.piece, facts)
    case 'product':
      return stepScan(
        open,
        {
          do: 'scanned',
          found: { is: 'product', text, product: chosen.product, lot: null, expiry: null, strangeSerial: null },
          verdicts: new Map(),
          lots: [],
        },
        facts,
      )
    case 'lot':
      return stepScan(
        open,
        {
          do: 'scanned',
          found: { is: 'product', text, product: chosen.product, lot: chosen.lot, expiry: chosen.expiry, strangeSerial: null },
          verdicts: new Map(),
          lots: [],
        },
        facts,
      )
    default:
      return unreachable(chosen)
  }
}
