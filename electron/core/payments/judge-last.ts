import type { LastResult } from '../../../native/terminals/payment-terminal.ts'

/** What is known of the payment that is asked about. */
export interface AskedAbout {
  readonly amount_cents: number
  readonly currency: string
  /** The terminal's last receipt before it was asked; null: it had told none. */
  readonly receipt_before: number | null
  /** Whether the terminal has been asked for other money since. */
  readonly othersSince: boolean
}

/**
 * Whether a terminal's last transaction settles what became of a payment. It does when its number is still the one
 * from before (nothing happened since), or when it is a new one over the very amount and nobody else's money has been
 * asked for since. Anything else, as another amount or a terminal that cannot say, is for a person: a guess would be
 * paid twice or not at all.
 */
export function judgeLast(asked: AskedAbout, last: LastResult): 'paid' | 'not-paid' | 'unknown' {
  if (!last.told || last.details.receipt === null || asked.receipt_before === null) return 'unknown'
  const { receipt, amount_cents, currency } = last.details
  if (receipt === asked.receipt_before) return 'not-paid'
  if (asked.othersSince || amount_cents !== asked.amount_cents || (currency !== null && currency !== asked.currency)) return 'unknown'
  return last.approved ? 'paid' : 'not-paid'
}
