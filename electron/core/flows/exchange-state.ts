import type { ApprovalFor } from '../../../contract/return-view.ts'
import type { ExchangeAction, ExchangeKind, Settlement } from '../../../contract/exchange-view.ts'
import type { Cents } from '../../../contract/money.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { Condition, TenderKind } from '../../../contract/unit.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Found } from '../scans/found.ts'
import type { TerminalSaid } from './sale-state.ts'

/** The whole of an exchange; a row of `flows`. One document: a piece comes, another goes. */
export interface ExchangeState {
  readonly at: 'old' | 'new' | 'settle' | 'paying' | 'done'
  readonly kind: ExchangeKind
  readonly oldId: string | null
  readonly newId: string | null
  readonly oldText: string
  readonly newText: string
  readonly reason: string | null
  readonly condition: Condition | null
  readonly approval: { readonly staffId: string; readonly name: string; readonly reason: string; readonly covers: readonly ApprovalFor[] } | null
  readonly notice: Notice | null
  readonly question: { readonly text: string; readonly unitIds: readonly string[] } | null
  readonly paying: ExchangePaying | null
  readonly done: {
    readonly number: string
    readonly documentId: string
    readonly settlement: Settlement
    readonly tender: TenderKind | null
    readonly credits: readonly string[]
  } | null
}

export const EMPTY_EXCHANGE: ExchangeState = {
  at: 'old', kind: 'exchange', oldId: null, newId: null, oldText: '', newText: '', reason: null, condition: null, approval: null, notice: null,
  question: null, paying: null, done: null,
}

export type ExchangeInput =
  | Exclude<ExchangeAction, { do: 'approve' }>
  | { readonly do: 'approved'; readonly staffId: string; readonly name: string; readonly reason: string }
  | { readonly do: 'scanned'; readonly found: Found }
  | { readonly do: 'take-unit'; readonly unitId: string; readonly text: string }
  | TerminalSaid

export interface ExchangeFacts {
  readonly newId: () => string
  readonly old: KnownUnit | null
  readonly new: KnownUnit | null
  /** On the old piece: `return` for an exchange, `claim` for a swap; on the new one `sell`. */
  readonly oldVerdict: Verdict | null
  readonly newVerdict: Verdict | null
  /** Only its window refuses the old piece, and goodwill may still take it; `alsoInDoubt`: it has another doubt beside. */
  readonly late: boolean
  readonly alsoInDoubt: boolean
  /** Null where the old piece was not bought here, or may not come back. */
  readonly settlement: Settlement | null
  readonly reasons: readonly string[]
  readonly acceptedConditions: readonly Condition[]
  readonly ownWordUpTo_cents: number
  /** How a card pays and is paid: over the terminal's line, on a stand-alone one, or beside the till. */
  readonly card: ExchangePaying['by'] | 'beside'
}

/** An exchange as it is settled: what is written when all its money has moved. */
export interface SettleExchange {
  readonly returnId: string
  readonly settlement: Settlement
  /** How a difference is paid that is to pay; null where none is. */
  readonly tender: TenderKind | null
}

/** A difference that waits for the card terminal, with all that is written once the money has moved. */
export interface ExchangePaying {
  readonly attemptId: string
  /** `charge`: the customer pays the difference; `refund`: he gets it back. */
  readonly way: 'charge' | 'refund'
  readonly amount_cents: Cents
  readonly settle: SettleExchange
  readonly by: 'line' | 'hand'
  readonly outcome: 'asked' | 'checking' | 'unknown'
}

/** What an exchange wants done in the transaction of its step. */
export type ExchangeIntent =
  /** `beside`: a card has moved its money beside the till, with the code it printed; null: no card has, or the terminal did. */
  | { readonly want: 'finish'; readonly settle: SettleExchange; readonly beside: { readonly code: string | null } | null }
  | { readonly want: 'ask'; readonly paying: ExchangePaying }
  | { readonly want: 'read'; readonly attemptId: string; readonly paid: boolean; readonly code: string | null }
  | { readonly want: 'ask-again' | 'cancel' | 'take-back'; readonly attemptId: string }

export interface ExchangeStep {
  readonly state: ExchangeState
  readonly intents: readonly ExchangeIntent[]
  readonly refused?: 'not-in-this-state' | 'money-first' | 'nothing-to-undo'
}
