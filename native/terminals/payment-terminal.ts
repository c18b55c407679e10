import type { TransportTrouble } from '../transport.ts'

/** An amount in whole minor units with its ISO 4217 currency. */
export interface Amount {
  readonly amount_cents: number
  readonly currency: string
}

/** What a terminal told of a transaction. A card is known by its brand and the end of its number, never whole. */
export interface PaymentDetails {
  readonly amount_cents: number | null
  readonly currency: string | null
  /** The terminal's own receipt number: what a reversal names. */
  readonly receipt: number | null
  readonly trace: number | null
  readonly terminalId: string | null
  readonly cardName: string | null
  /** The last digits of the card, at most four. */
  readonly cardEnd: string | null
  /** The terminal's words, or the approval code that a clerk typed. */
  readonly text: string | null
}

export const NO_DETAILS: PaymentDetails = {
  amount_cents: null,
  currency: null,
  receipt: null,
  trace: null,
  terminalId: null,
  cardName: null,
  cardEnd: null,
  text: null,
}

/** One line of what the terminal wants printed; card numbers in it are starred already. */
export interface SlipLine {
  readonly text: string
  /** Whose copy it stands on; `unsaid` where the terminal does not tell. */
  readonly copy: 'customer' | 'merchant' | 'other' | 'unsaid'
}

/** Why no money moved. The screen has words for each; the terminal's own words stand beside it. */
export type DeclineCode =
  | 'declined'
  | 'cancelled'
  | 'card-unreadable'
  | 'card-expired'
  | 'card-blocked'
  | 'card-not-taken'
  | 'limit'
  | 'wrong-currency'
  | 'no-connection'
  | 'end-of-day-due'
  | 'already-reversed'
  | 'no-such-receipt'
  | 'refused'
  | 'not-possible'
  | 'terminal-fault'
  /** Nothing was sent: the terminal could not be reached, is busy with another act, or did not let the till log on. */
  | 'not-reached'
  | 'busy'
  | 'not-registered'

/**
 * `lost`: the line ended after the request had gone out; `silent`: no answer in time; `unconfirmed`: the terminal
 * ended the act without saying how; `another-amount`: it said yes to another amount; `contradiction`: it said yes and
 * then broke off; `interrupted`: the till itself went down meanwhile.
 */
export type UnknownPaymentWhy = 'lost' | 'silent' | 'unconfirmed' | 'another-amount' | 'contradiction' | 'interrupted'

/**
 * What became of an act. `unknown` is never repeated by anybody but a person: it is asked about, with `lastResult`.
 */
export type PaymentOutcome =
  | { readonly outcome: 'approved'; readonly details: PaymentDetails; readonly slip: readonly SlipLine[] }
  | {
      readonly outcome: 'declined'
      readonly code: DeclineCode
      /** As the terminal says it, for the clerk; may be empty. */
      readonly words: string
      readonly slip: readonly SlipLine[]
    }
  | { readonly outcome: 'unknown'; readonly why: UnknownPaymentWhy }

/** What the terminal says of its last transaction, whoever asked for it. */
export type LastResult =
  | { readonly told: true; readonly approved: boolean; readonly details: PaymentDetails }
  | { readonly told: false; readonly why: DeclineCode | UnknownPaymentWhy | 'cannot-say' }

/** What the customer or the terminal is doing, in codes the screen has words for: `terminal.<code>`. */
export type TerminalProgress =
  | 'confirm-amount'
  | 'insert-card'
  | 'remove-card'
  | 'enter-pin'
  | 'wrong-pin'
  | 'connecting'
  | 'asking-bank'
  | 'card-not-taken'
  | 'card-unreadable'
  | 'approved'
  | 'declined'
  | 'reversing'
  | 'end-of-day'
  | 'please-wait'

/** Codes of the health page; the transport's own troubles, and what the terminal says of itself. */
export type TerminalCondition = 'unknown' | 'opening' | 'ready' | 'not-registered' | TransportTrouble | 'closed'

export interface TerminalReport {
  readonly condition: TerminalCondition
  readonly heard_at: number | null
  readonly act_count: number
  readonly garbled_count: number
}

/**
 * A card terminal. One act at a time: another one meanwhile is `declined` with `busy`, and nothing of it was sent.
 * No call ever rejects, and none sends the same request twice.
 */
export interface PaymentTerminal {
  /** `zvt://10.0.0.9:20007`, or `manual`. */
  readonly address: string
  /** True where a clerk keys the amount into a terminal of its own and tells the till what it said. */
  readonly by_hand: boolean
  pay(amount: Amount, on?: (progress: TerminalProgress) => void): Promise<PaymentOutcome>
  refund(amount: Amount, on?: (progress: TerminalProgress) => void): Promise<PaymentOutcome>
  /** Takes a payment back by the terminal's receipt number; `already-reversed` says that this was done before. */
  reverse(receipt: number): Promise<PaymentOutcome>
  /** Whether it can be spoken to now. */
  status(): Promise<TerminalReport>
  endOfDay(): Promise<PaymentOutcome>
  lastResult(): Promise<LastResult>
  /** Asks a running payment to end; its outcome says whether it did. */
  cancel(): void
  report(): TerminalReport
  /** Calls back at every change of the report; the returned function ends that. */
  onReport(call: (report: TerminalReport) => void): () => void
  close(): Promise<void>
}
