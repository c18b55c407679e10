import type { ApprovalFor } from '../../../contract/return-view.ts'
import type { ExchangeMissing } from '../../../contract/exchange-view.ts'
import type { Notice } from '../../../contract/notice.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Found } from '../scans/found.ts'
import { ofCard, stepExchangePaying } from './exchange-payment.ts'
import {
  EMPTY_EXCHANGE, type ExchangeFacts, type ExchangeInput, type ExchangePaying, type ExchangeState, type ExchangeStep, type SettleExchange,
} from './exchange-state.ts'
import { nothingNotice, say } from './say.ts'

/** Whether the old piece may go on to be exchanged at all; one that is late needs somebody's authority before the end. */
export const mayGoOn = (facts: ExchangeFacts): boolean =>
  facts.oldVerdict !== null && (facts.oldVerdict.outcome !== 'refuse' || facts.late) && facts.settlement !== null

/** Why somebody has to answer for it. */
export function doubtsOf(state: ExchangeState, facts: ExchangeFacts): ApprovalFor[] {
  const why = new Set<ApprovalFor>()
  if (facts.late) why.add('late')
  if (facts.oldVerdict?.outcome === 'ask-staff' || facts.alsoInDoubt || facts.newVerdict?.outcome === 'ask-staff') why.add('verdict')
  const isSwap = state.kind !== 'exchange'
  if (!isSwap && state.condition !== null && !facts.acceptedConditions.includes(state.condition)) why.add('condition')
  if (facts.settlement !== null && -facts.settlement.difference_cents > facts.ownWordUpTo_cents) why.add('amount')
  // A whole piece leaves without money: nobody gives it away on his own word alone.
  if (isSwap && facts.settlement !== null && facts.settlement.old_cents > facts.ownWordUpTo_cents) why.add('amount')
  return [...why]
}

export function missingIn(state: ExchangeState, facts: ExchangeFacts): ExchangeMissing[] {
  const missing: ExchangeMissing[] = []
  if (state.kind !== 'exchange' && facts.old?.product.id !== facts.new?.product.id) missing.push('same-article')
  if (state.reason === null) missing.push('reason')
  if (state.condition === null) missing.push('condition')
  if (doubtsOf(state, facts).some((why) => state.approval?.covers.includes(why) !== true)) missing.push('approval')
  return missing
}

/** Decides one step of an exchange. Pure. */
export function stepExchange(state: ExchangeState, input: ExchangeInput, facts: ExchangeFacts): ExchangeStep {
  switch (input.do) {
    case 'terminal-said': case 'terminal-read': case 'ask-terminal-again': case 'cancel-terminal':
      return stepExchangePaying(state, input, facts)
    default:
      // While the terminal has the word, nothing else is done to the exchange.
      return state.at !== 'paying' ? stepPieces(state, input, facts) : { state, intents: [], refused: input.do === 'scanned' ? 'money-first' : 'not-in-this-state' }
  }
}

type BesideTerminal = Exclude<ExchangeInput, { do: 'terminal-said' | 'terminal-read' | 'ask-terminal-again' | 'cancel-terminal' }>

function stepPieces(state: ExchangeState, input: BesideTerminal, facts: ExchangeFacts): ExchangeStep {
  const no: ExchangeStep = { state, intents: [], refused: 'not-in-this-state' }
  const to = (change: Partial<ExchangeState>): ExchangeStep => ({ state: { ...state, notice: null, question: null, ...change }, intents: [] })
  // What has its documents is over; what comes next is an exchange of its own.
  if (state.at === 'done') return no
  switch (input.do) {
    case 'choose-kind':
      return to({ kind: input.kind, approval: null })
    case 'scanned':
      return scanned(state, input.found, facts)
    case 'take-unit':
      return { state: { ...EMPTY_EXCHANGE, at: 'new', oldId: input.unitId, oldText: input.text }, intents: [] }
    case 'choose':
      return state.question?.unitIds.includes(input.choice) === true ? laidDown(state, input.choice, state.question.text, facts) : no
    case 'dismiss-question':
      return to({})
    case 'give-reason':
      return state.at === 'settle' && facts.reasons.includes(input.reason) ? to({ reason: input.reason }) : no
    case 'grade':
      return state.at === 'settle' ? to({ condition: input.condition, approval: input.condition === state.condition ? state.approval : null }) : no
    case 'approved':
      if (state.at !== 'settle') return no
      return to({ approval: { staffId: input.staffId, name: input.name, reason: input.reason, covers: doubtsOf(state, facts) } })
    case 'settle':
      return settle(state, input, facts)
    case 'undo':
      return undo(state)
    case 'start-over':
      return { state: { ...EMPTY_EXCHANGE, kind: state.kind }, intents: [] }
    default:
      return unreachable(input)
  }
}

function scanned(state: ExchangeState, found: Found, facts: ExchangeFacts): ExchangeStep {
  const note = (notice: Notice): ExchangeStep => ({ state: { ...state, question: null, notice }, intents: [] })
  switch (found.is) {
    case 'unit':
      return laidDown(state, found.hit.unit.id, found.text, facts)
    case 'many':
      return { state: { ...state, notice: null, question: { text: found.text, unitIds: found.hits.map((hit) => hit.unit.id) } }, intents: [] }
    case 'receipt':
      return { state: { ...state, notice: null, question: { text: found.number, unitIds: found.units.map((hit) => hit.unit.id) } }, intents: [] }
    case 'product':
      return note(say(facts, 'info', 'scan-the-serial', { name: found.product.name }))
    case 'nothing':
      return note(nothingNotice(found, facts))
    default:
      return unreachable(found)
  }
}

/** The first piece is the one that comes back, the second the one that goes; a third takes the place of the second. */
function laidDown(state: ExchangeState, unitId: string, text: string, facts: ExchangeFacts): ExchangeStep {
  const fresh = { ...state, notice: null, question: null }
  if (state.at === 'old') return { state: { ...fresh, at: 'new', oldId: unitId, oldText: text }, intents: [] }
  // P57: the piece that goes is never the one that came.
  if (unitId === state.oldId) return { state: { ...state, notice: say(facts, 'again', 'same-unit') }, intents: [] }
  if (!mayGoOn(facts)) return { state: { ...state, notice: say(facts, 'stop', 'not-to-be-exchanged') }, intents: [] }
  return { state: { ...fresh, at: 'settle', newId: unitId, newText: text, approval: null }, intents: [] }
}

function settle(state: ExchangeState, input: Extract<ExchangeInput, { do: 'settle' }>, facts: ExchangeFacts): ExchangeStep {
  const { settlement } = facts
  if (state.at !== 'settle' || !mayGoOn(facts) || settlement === null || facts.newVerdict === null)
    return { state, intents: [], refused: 'not-in-this-state' }
  if (facts.newVerdict.outcome === 'refuse') return { state: { ...state, notice: say(facts, 'stop', 'may-not-be-sold') }, intents: [] }
  const [first] = missingIn(state, facts)
  if (first !== undefined) return { state: { ...state, notice: say(facts, 'stop', `needs-${first}`) }, intents: [] }
  const tender = settlement.difference_cents > 0 ? input.tender : null
  const settled: SettleExchange = { returnId: facts.newId(), settlement, tender }
  const card = ofCard(settlement, tender)
  // A code that is given means that the clerk has done it beside the till already.
  if (card !== null && facts.card !== 'beside' && input.approvalCode === undefined) {
    const paying: ExchangePaying = { attemptId: facts.newId(), ...card, settle: settled, by: facts.card, outcome: 'asked' }
    return { state: { ...state, at: 'paying', paying, notice: null }, intents: [{ want: 'ask', paying }] }
  }
  const beside = card === null ? null : { code: input.approvalCode ?? null }
  return { state: { ...state, at: 'done', notice: null }, intents: [{ want: 'finish', settle: settled, beside }] }
}

function undo(state: ExchangeState): ExchangeStep {
  const to = (change: Partial<ExchangeState>): ExchangeStep => ({ state: { ...state, notice: null, ...change }, intents: [] })
  if (state.at === 'old') return { state, intents: [], refused: 'nothing-to-undo' }
  if (state.approval !== null) return to({ approval: null })
  if (state.condition !== null) return to({ condition: null })
  if (state.reason !== null) return to({ reason: null })
  return state.at === 'settle' ? to({ at: 'new', newId: null }) : { state: { ...EMPTY_EXCHANGE, kind: state.kind }, intents: [] }
}
