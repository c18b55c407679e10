import { ZERO, type Cents } from '../../../contract/money.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { SaleAction, Tender } from '../../../contract/sale-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { SaleStep } from './sale-lines.ts'
import { finish, payable } from './sale-payment.ts'
import type { Asking, SaleFacts, SaleState, TerminalSaid } from './sale-state.ts'
import { say } from './say.ts'
import { stillDue } from './totals.ts'

type ClerkAtTerminal = Extract<SaleAction, { do: 'terminal-read' | 'ask-terminal-again' | 'cancel-terminal' }>

/** A sale that waits for the card terminal: what the terminal says, what the clerk reads off it, and nothing else. */
export function stepTerminal(state: SaleState, input: ClerkAtTerminal | TerminalSaid, facts: SaleFacts): SaleStep {
  const { asking } = state
  if (state.at !== 'asking-terminal' || !asking) return { state, intents: [], refused: 'not-in-this-state' }
  switch (input.do) {
    case 'terminal-said':
      return input.attemptId === asking.attemptId ? terminalSaid(state, asking, input, facts) : { state, intents: [], refused: 'not-in-this-state' }
    case 'terminal-read':
      return clerkRead(state, asking, input, facts)
    case 'ask-terminal-again':
      if (asking.outcome !== 'unknown') return { state, intents: [], refused: 'not-in-this-state' }
      return {
        state: { ...state, asking: { ...asking, outcome: 'checking' } },
        intents: [{ want: 'step-attempt', attemptId: asking.attemptId, to: 'checking', code: null }],
      }
    case 'cancel-terminal':
      if (asking.outcome !== 'asked') return { state, intents: [], refused: 'not-in-this-state' }
      return { state, intents: [{ want: 'tell-terminal', signal: { kind: 'cancel' } }] }
    default:
      return unreachable(input)
  }
}

function terminalSaid(state: SaleState, asking: Asking, input: TerminalSaid, facts: SaleFacts): SaleStep {
  const { said } = input
  switch (said.is) {
    case 'paid':
      return paid(state, asking, facts)
    case 'not-paid':
      return notPaid(state, said.why, said.words, facts)
    case 'checking':
    case 'unknown':
      return { state: { ...state, notice: null, asking: { ...asking, outcome: said.is } }, intents: [] }
    default:
      return unreachable(said)
  }
}

/** The clerk looked at a terminal that cannot say it itself. By hand that is the usual way; else only when in doubt. */
function clerkRead(
  state: SaleState,
  asking: Asking,
  input: Extract<SaleAction, { do: 'terminal-read' }>,
  facts: SaleFacts,
): SaleStep {
  const code = input.approvalCode ?? null
  if (asking.by === 'hand' && asking.outcome === 'asked')
    return { state, intents: [{ want: 'tell-terminal', signal: { kind: 'read', paid: input.paid, code } }] }
  if (asking.outcome !== 'unknown') return { state, intents: [], refused: 'not-in-this-state' }
  const { attemptId } = asking
  const step = input.paid ? paid(state, asking, facts) : notPaid(state, 'clerk', '', facts)
  return { ...step, intents: [{ want: 'step-attempt', attemptId, to: input.paid ? 'approved' : 'declined', code }, ...step.intents] }
}

/** What the screen says to each reason; what it has no sentence for is a declined card. */
const NOTICES: Readonly<Record<string, string>> = {
  busy: 'card-busy',
  cancelled: 'card-cancelled',
  'card-blocked': 'card-blocked',
  'card-expired': 'card-expired',
  'card-not-taken': 'card-not-taken',
  'card-unreadable': 'card-unreadable',
  clerk: 'card-not-paid',
  'end-of-day-due': 'card-end-of-day',
  limit: 'card-limit',
  'no-connection': 'card-no-connection',
  'not-booked': 'card-not-booked',
  'not-reached': 'card-not-reached',
  'not-registered': 'card-not-registered',
}

/** Whoever was paying is paying still; goods whose deposit was to go back lie in their cart as before. */
const tendering = (state: SaleState): SaleState => ({ ...state, at: state.asking?.deposit === undefined ? 'tendering' : 'open', asking: null })

function notPaid(state: SaleState, why: string, words: string, facts: SaleFacts): SaleStep {
  return { state: { ...tendering(state), notice: say(facts, 'stop', NOTICES[why] ?? 'card-declined', { why, words }) }, intents: [] }
}

/** The money is there: it becomes a tender, and the sale is finished when that was all; or the money goes back. */
function paid(state: SaleState, asking: Asking, facts: SaleFacts): SaleStep {
  const before = tendering(state)
  if (asking.deposit !== undefined)
    return { state: { ...before, notice: wentBack(asking.deposit.number, asking.amount_cents, facts) }, intents: [{ want: 'deposit-went-back', ...asking.deposit }] }
  const paying = { ...before, tenders: [...state.tenders, cardTender(asking.amount_cents, facts)], notice: null }
  if (stillDue(payable(paying, facts, false), paying.tenders) > 0) return { state: paying, intents: [] }
  const step = finish(before, paying, facts)
  if (step.state.at === 'paid') return step
  return { ...step, intents: [...step.intents, { want: 'step-attempt', attemptId: asking.attemptId, to: 'reversing', code: null }] }
}

/** What the card has back by now, and what of the deposit had come in cash and is counted out now. */
function wentBack(number: string, amount_cents: Cents, facts: SaleFacts): Notice {
  const deposit = facts.deposits?.find((one) => one.number === number)
  const cash_cents = Math.max(0, (deposit?.balance_cents ?? amount_cents) - amount_cents)
  const { currency } = facts
  return cash_cents === 0
    ? say(facts, 'good', 'deposit-on-card', { amount_cents, currency })
    : say(facts, 'info', 'deposit-on-card-and-cash', { amount_cents, cash_cents, currency })
}

export function cardTender(amount_cents: Cents, facts: SaleFacts): Tender {
  return { tenderId: facts.newId(), kind: 'card', amount_cents, given_cents: amount_cents, change_cents: ZERO }
}
