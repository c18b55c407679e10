import type {
  Amount, LastResult, PaymentOutcome, PaymentTerminal, TerminalReport,
} from './payment-terminal.ts'
import { NO_DETAILS } from './payment-terminal.ts'

/** What the clerk reads off a stand-alone terminal. */
export type ClerkAnswer =
  | { readonly approved: true; readonly code: string }
  | { readonly approved: false }

export interface ManualTerminal extends PaymentTerminal {
  /** The clerk has looked at the terminal; false when nothing is being asked. */
  answer(answer: ClerkAnswer): boolean
}

/**
 * A terminal that the till has no line to: the clerk keys the amount and types the approval code. It remembers
 * nothing, so a till that went down in between has to ask the clerk again.
 */
export function manualTerminal(): ManualTerminal {
  return new StandAlone()
}

class StandAlone implements ManualTerminal {
  readonly address = 'manual'
  readonly by_hand = true
  private waiting: { readonly amount: Amount | null; settle(outcome: PaymentOutcome): void } | null = null
  private acts = 0
  private closed = false

  pay(amount: Amount): Promise<PaymentOutcome> {
    return this.ask(amount)
  }

  refund(amount: Amount): Promise<PaymentOutcome> {
    return this.ask(amount)
  }

  reverse(): Promise<PaymentOutcome> {
    return this.ask(null)
  }

  answer(answer: ClerkAnswer): boolean {
    const { waiting } = this
    if (waiting === null) return false
    this.waiting = null
    if (answer.approved) {
      const { amount_cents, currency } = waiting.amount ?? { amount_cents: null, currency: null }
      const text = answer.code === '' ? null : answer.code
      waiting.settle({ outcome: 'approved', details: { ...NO_DETAILS, amount_cents, currency, text }, slip: [] })
    } else waiting.settle({ outcome: 'declined', code: 'declined', words: '', slip: [] })
    return true
  }

  cancel(): void {
    this.answer({ approved: false })
  }

  status(): Promise<TerminalReport> {
    return Promise.resolve(this.report())
  }

  endOfDay(): Promise<PaymentOutcome> {
    return Promise.resolve({ outcome: 'declined', code: 'not-possible', words: '', slip: [] })
  }

  lastResult(): Promise<LastResult> {
    return Promise.resolve({ told: false, why: 'cannot-say' })
  }

  report(): TerminalReport {
    return { condition: this.closed ? 'closed' : 'ready', heard_at: null, act_count: this.acts, garbled_count: 0 }
  }

  onReport(): () => void {
    return () => {}
  }

  close(): Promise<void> {
    this.closed = true
    this.waiting?.settle({ outcome: 'unknown', why: 'interrupted' })
    this.waiting = null
    return Promise.resolve()
  }

  private ask(amount: Amount | null): Promise<PaymentOutcome> {
    if (this.closed || this.waiting !== null)
      return Promise.resolve({ outcome: 'declined', code: this.closed ? 'not-reached' : 'busy', words: '', slip: [] })
    this.acts++
    return new Promise((settle) => (this.waiting = { amount, settle }))
  }
}
