import type { Settlement } from '../../../contract/exchange-view.ts'
import { cents, type Cents } from '../../../contract/money.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { ExchangeFacts, ExchangeInput, ExchangePaying, ExchangeState, ExchangeStep, SettleExchange } from './exchange-state.ts'
import { say } from './say.ts'

type AtTerminal = Extract<ExchangeInput, { do: 'terminal-read' | 'ask-terminal-again' | 'cancel-terminal' | 'terminal-said' }>

/** What of a settlement goes over a card, and which way; null where no card has a part in it. */
export function ofCard(settlement: Settlement, tender: SettleExchange['tender']): { way: ExchangePaying['way']; amount_cents: Cents } | null {
  if (tender === 'card') return { way: 'charge', amount_cents: settlement.difference_cents }
  const back = settlement.back?.pays.find(({ kind }) => kind === 'card')
  return back === undefined ? null : { way: 'refund', amount_cents: cents(back.amount_cents) }
}

/** An exchange that waits for the card terminal: what the terminal says, what the clerk reads off it, and nothing else. */
export function stepExchangePaying(state: ExchangeState, input: AtTerminal, facts: ExchangeFacts): ExchangeStep {
  const no: ExchangeStep = { state, intents: [], refused: 'not-in-this-state' }
  const { paying } = state
  if (state.at !== 'paying' || !paying) return no
  const { attemptId } = paying
  switch (input.do) {
    case 'terminal-said':
      return input.attemptId === attemptId ? said(state, paying, input.said, facts) : no
    case 'terminal-read':
      return clerkRead(state, paying, input, facts)
    case 'ask-terminal-again':
      if (paying.outcome !== 'unknown') return no
      return { state: { ...state, paying: { ...paying, outcome: 'checking' } }, intents: [{ want: 'ask-again', attemptId }] }
    case 'cancel-terminal':
      return paying.outcome === 'asked' ? { state, intents: [{ want: 'cancel', attemptId }] } : no
    default:
      return unreachable(input)
  }
}

function said(state: ExchangeState, paying: ExchangePaying, what: Extract<AtTerminal, { do: 'terminal-said' }>['said'], facts: ExchangeFacts): ExchangeStep {
  switch (what.is) {
    case 'paid':
      return paid(state, paying, facts)
    case 'not-paid':
      return notPaid(state, what.why, what.words, facts)
    case 'checking':
    case 'unknown':
      return { state: { ...state, notice: null, paying: { ...paying, outcome: what.is } }, intents: [] }
    default:
      return unreachable(what)
  }
}

/** The clerk looked. On a stand-alone terminal that is the usual way; on one with a line only when in doubt. */
function clerkRead(state: ExchangeState, paying: ExchangePaying, read: Extract<AtTerminal, { do: 'terminal-read' }>, facts: ExchangeFacts): ExchangeStep {
  const reading = { want: 'read', attemptId: paying.attemptId, paid: read.paid, code: read.approvalCode ?? null } as const
  if (paying.by === 'hand' && paying.outcome === 'asked') return { state, intents: [reading] }
  if (paying.outcome !== 'unknown') return { state, intents: [], refused: 'not-in-this-state' }
  const step = read.paid ? paid(state, paying, facts) : notPaid(state, 'clerk', '', facts)
  return { ...step, intents: [reading, ...step.intents] }
}

/**
 * The money has moved. A piece that was recalled or reported while the customer paid does not leave all the same: what
 * he paid goes back to his card. What he got stays his, because a card cannot be charged without him.
 */
function paid(state: ExchangeState, paying: ExchangePaying, facts: ExchangeFacts): ExchangeStep {
  if (paying.way === 'charge' && facts.newVerdict?.outcome === 'refuse')
    return { state: atSettle(state, say(facts, 'stop', 'may-not-be-sold')), intents: [{ want: 'take-back', attemptId: paying.attemptId }] }
  return { state: { ...state, at: 'done', paying: null, notice: null }, intents: [{ want: 'finish', settle: paying.settle, beside: null }] }
}

const NOTICES: Readonly<Record<string, string>> = {
  busy: 'card-busy', cancelled: 'card-cancelled', 'card-blocked': 'card-blocked', 'card-expired': 'card-expired', 'card-not-taken': 'card-not-taken',
  'card-unreadable': 'card-unreadable', clerk: 'card-not-paid', 'end-of-day-due': 'card-end-of-day', limit: 'card-limit',
  'no-connection': 'card-no-connection', 'not-booked': 'card-not-booked', 'not-reached': 'card-not-reached', 'not-registered': 'card-not-registered',
}

const notPaid = (state: ExchangeState, why: string, words: string, facts: ExchangeFacts): ExchangeStep => ({
  state: atSettle(state, say(facts, 'stop', NOTICES[why] ?? 'card-declined', { why, words })), intents: [],
})

/** Back before the money, with all that was said of the pieces. */
export const atSettle = (state: ExchangeState, notice: ExchangeState['notice']): ExchangeState => ({ ...state, at: 'settle', paying: null, notice })
