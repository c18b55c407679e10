import { unreachable } from '../../../contract/unreachable.ts'
import { missingNow, planOf } from './return-doubts.ts'
import type { PayingOut, ReturnFacts, ReturnInput, ReturnState, ReturnStep } from './return-state.ts'
import { say } from './say.ts'

type AtTerminal = Extract<ReturnInput, { do: 'terminal-read' | 'ask-terminal-again' | 'cancel-terminal' | 'terminal-said' }>

/** The refund: everything is looked at again in this very turn; a card gets its money before the return is written. */
export function payOut(state: ReturnState, facts: ReturnFacts): ReturnStep {
  const plan = state.at === 'assess' ? planOf(state, facts) : null
  if (plan === null) return { state, intents: [], refused: 'not-in-this-state' }
  const left = leftOfTooMany(state, facts)
  if (left !== null) return { state, intents: [], refused: 'more-than-bought', left }
  const missing = missingNow(state, facts)
  if (missing.length > 0) return { state: { ...state, notice: say(facts, 'stop', `needs-${missing[0] ?? 'reason'}`) }, intents: [] }
  if (isDrawerShort(plan, facts) && state.notice?.code !== 'drawer-short') return { state: { ...state, notice: say(facts, 'stop', 'drawer-short') }, intents: [] }
  const card = plan.pays.find(({ kind }) => kind === 'card')
  const returnId = facts.newId()
  if (card === undefined) return finish(state, returnId, plan, facts)
  const paying: PayingOut = {
    returnId, plan, attemptId: facts.newId(), amount_cents: card.amount_cents, by: facts.card, outcome: 'asked',
  }
  const next: ReturnState = { ...state, at: 'paying-out', paying, notice: null }
  return { state: next, intents: facts.card === 'beside' ? [] : [{ want: 'ask-refund', paying }] }
}

/** Of plain goods of which fewer may come back than lie here, how many; null: there are none. Others came back elsewhere meanwhile. */
function leftOfTooMany(state: ReturnState, facts: ReturnFacts): number | null {
  const over = state.pieces.flatMap(({ is, pieceId, quantity }) => {
    const left = Math.max(0, facts.pieces.get(pieceId)?.left ?? 0)
    return is === 'goods' && quantity > left ? [left] : []
  })
  return over[0] ?? null
}

/**
 * More cash than the books give the drawer: asked about once, because the books may be wrong and the customer is not
 * sent away for that. How much should be there is not said: whoever counts the drawer tonight counts blind.
 */
const isDrawerShort = (plan: PayingOut['plan'], { cashInDrawer_cents }: ReturnFacts): boolean =>
  typeof cashInDrawer_cents === 'number' && plan.pays.some(({ kind, amount_cents }) => kind === 'cash' && amount_cents > cashInDrawer_cents)

function finish(state: ReturnState, returnId: string, plan: PayingOut['plan'], facts: ReturnFacts): ReturnStep {
  const done = { returnId, returnNumber: facts.nextReturnNumber, documentId: facts.newId(), plan, credits: [] }
  return {
    state: { ...state, at: 'done', paying: null, done, notice: null },
    intents: [{ want: 'finish', returnId, number: done.returnNumber, documentId: done.documentId, plan }],
  }
}

/** A return that waits for the card terminal: what the terminal says, what the clerk reads off it, and nothing else. */
export function stepPayout(state: ReturnState, input: AtTerminal, facts: ReturnFacts): ReturnStep {
  const no: ReturnStep = { state, intents: [], refused: 'not-in-this-state' }
  const { paying } = state
  if (state.at !== 'paying-out' || paying === null) return no
  switch (input.do) {
    case 'terminal-said':
      return input.attemptId === paying.attemptId ? said(state, paying, input.said, facts) : no
    case 'terminal-read':
      return clerkRead(state, paying, input, facts)
    case 'ask-terminal-again':
      if (paying.outcome !== 'unknown') return no
      return { state: { ...state, paying: { ...paying, outcome: 'checking' } }, intents: [{ want: 'ask-again', attemptId: paying.attemptId }] }
    case 'cancel-terminal':
      if (paying.by === 'beside') return { state: { ...state, at: 'assess', paying: null }, intents: [] }
      return paying.outcome === 'asked' ? { state, intents: [{ want: 'cancel-refund', attemptId: paying.attemptId }] } : no
    default:
      return unreachable(input)
  }
}

function said(state: ReturnState, paying: PayingOut, what: Extract<AtTerminal, { do: 'terminal-said' }>['said'], facts: ReturnFacts): ReturnStep {
  switch (what.is) {
    case 'paid':
      return finish(state, paying.returnId, paying.plan, facts)
    case 'not-paid':
      return notPaid(state, what.why, what.words, facts)
    case 'checking':
    case 'unknown':
      return { state: { ...state, paying: { ...paying, outcome: what.is }, notice: null }, intents: [] }
    default:
      return unreachable(what)
  }
}

const NOTICES: Readonly<Record<string, string>> = {
  busy: 'card-busy', cancelled: 'card-cancelled', 'no-connection': 'card-no-connection', 'not-reached': 'card-not-reached',
  'not-registered': 'card-not-registered', 'card-not-taken': 'card-not-taken', 'card-unreadable': 'card-unreadable', limit: 'card-limit',
}

const notPaid = (state: ReturnState, why: string, words: string, facts: ReturnFacts): ReturnStep => ({
  state: { ...state, at: 'assess', paying: null, notice: say(facts, 'stop', NOTICES[why] ?? 'card-declined', { why, words }) },
  intents: [],
})

/** The clerk looked. Beside the till and on a stand-alone terminal that is the usual way; else only when in doubt. */
function clerkRead(state: ReturnState, paying: PayingOut, read: Extract<AtTerminal, { do: 'terminal-read' }>, facts: ReturnFacts): ReturnStep {
  const code = read.approvalCode ?? null
  if (paying.by === 'beside') {
    if (!read.paid) return notPaid(state, 'clerk', '', facts)
    const step = finish(state, paying.returnId, paying.plan, facts)
    return { ...step, intents: [{ want: 'keep-beside', paying, code }, ...step.intents] }
  }
  const reading = { want: 'read-refund', attemptId: paying.attemptId, paid: read.paid, code } as const
  if (paying.by === 'hand' && paying.outcome === 'asked') return { state, intents: [reading] }
  if (paying.outcome !== 'unknown') return { state, intents: [], refused: 'not-in-this-state' }
  const step = read.paid ? finish(state, paying.returnId, paying.plan, facts) : notPaid(state, 'clerk', '', facts)
  return { ...step, intents: [reading, ...step.intents] }
}
