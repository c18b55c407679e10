import type { DeclineCode, LastResult, PaymentOutcome, UnknownPaymentWhy } from './payment-terminal.ts'
import { NO_DETAILS } from './payment-terminal.ts'
import type { ActAnswer, Doing, TerminalAct } from './zvt-state.ts'
import { declineOf } from './zvt-words.ts'

/** How an act came to its end on the line. */
export type Ending =
  | { readonly end: 'completed' }
  | { readonly end: 'aborted'; readonly code: number }
  /** Nothing was done: the terminal refused the request, or it never went out. */
  | { readonly end: 'declined'; readonly code: DeclineCode }
  | { readonly end: 'unknown'; readonly why: UnknownPaymentWhy }

/** What the end of an act means, from all the terminal said until then. */
export function answerOf(act: TerminalAct, ending: Ending, doing: Doing | null): ActAnswer {
  return act.do === 'last-result'
    ? { of: 'last', last: lastOf(ending, doing) }
    : { of: 'money', outcome: outcomeOf(act, ending, doing) }
}

function outcomeOf(act: TerminalAct, ending: Ending, doing: Doing | null): PaymentOutcome {
  const said = doing?.said ?? null
  const slip = doing?.slip ?? []
  const declined = (code: DeclineCode): PaymentOutcome => ({
    outcome: 'declined', code, words: said?.details.text ?? '', slip,
  })
  switch (ending.end) {
    case 'declined':
      return declined(ending.code)
    case 'unknown':
      return { outcome: 'unknown', why: ending.why }
    case 'aborted':
      // A yes and then a break: whether the terminal took it back is for its books to say.
      if (said?.result === 0) return { outcome: 'unknown', why: 'contradiction' }
      return declined(declineOf(said?.result ?? ending.code))
    case 'completed': {
      if (act.do === 'status' || act.do === 'end-of-day') return { outcome: 'approved', details: NO_DETAILS, slip }
      if (said === null || said.result === null) return { outcome: 'unknown', why: 'unconfirmed' }
      if (said.result !== 0) return declined(declineOf(said.result))
      const { amount_cents } = said.details
      if ('amount_cents' in act && amount_cents !== null && amount_cents !== act.amount_cents)
        return { outcome: 'unknown', why: 'another-amount' }
      return { outcome: 'approved', details: said.details, slip }
    }
    default:
      return ending satisfies never
  }
}

function lastOf(ending: Ending, doing: Doing | null): LastResult {
  const said = doing?.said ?? null
  if (ending.end === 'completed' && said !== null && said.result !== null)
    return { told: true, approved: said.result === 0, details: said.details }
  switch (ending.end) {
    case 'completed':
      return { told: false, why: 'cannot-say' }
    case 'aborted':
      return { told: false, why: declineOf(ending.code) }
    case 'declined':
      return { told: false, why: ending.code }
    case 'unknown':
      return { told: false, why: ending.why }
    default:
      return ending satisfies never
  }
}
