import type { Cents } from '../../../contract/money.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { CategoryQuestions, ReturnRules } from '../../../contract/return-rules.ts'
import type { ApprovalFor, RefundOffer, RefundPlan, ReturnAction } from '../../../contract/return-view.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { NextPlace, Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Product } from '../mirror/mirror.ts'
import type { LookedAt } from '../returns/condition-questions.ts'
import type { OwedOfSale } from '../returns/refund-plan.ts'
import type { Found } from '../scans/found.ts'
import type { TerminalSaid } from './sale-state.ts'
import type { KnownReturner } from './too-often.ts'

/** One thing of a return: a single piece, so many plain goods of a receipt line, or something without a record. */
export interface Piece {
  readonly pieceId: string
  readonly is: 'unit' | 'goods' | 'stranger'
  readonly unitId: string | null
  /** The receipt line of plain goods. */
  readonly lineId: string | null
  /** Of what nobody has a record of: the article, and the number on it where it has one. */
  readonly productId: string | null
  readonly serial: string | null
  readonly text: string
  /** `picked` from a list, its number not read yet; `excepted`: somebody answers for it not being read. */
  readonly shown: 'scanned' | 'picked' | 'excepted'
  /** What was read in its place. */
  readonly instead: string | null
  readonly quantity: number
  /** The piece it is packed with, where both are in this return. */
  readonly ofSet?: string
  readonly reason: string | null
  readonly seen: LookedAt
  /** Where the clerk sends it; null: where the rules do. */
  readonly next: NextPlace | null
}

/**
 * One reason for which somebody has to answer, and for which piece; null: for the return as a whole. `inCash` is an amount
 * above what a till that is cut off gives back in cash, whatever the clerk's own limit is.
 */
export interface Doubt {
  readonly why: ApprovalFor
  readonly pieceId: string | null
  readonly inCash?: true
}

/**
 * Who answers for which doubts of this return, and why: for these pieces, up to this amount and paid in this way, and for
 * nothing that comes after.
 */
export interface Approval {
  readonly staffId: string
  readonly name: string
  readonly reason: string
  readonly covers: readonly Doubt[]
  readonly upTo_cents: number
}

/** A refund that waits for the card terminal, with all that is recorded when the money is gone. */
export interface PayingOut {
  readonly returnId: string
  readonly plan: RefundPlan
  readonly attemptId: string
  readonly amount_cents: Cents
  readonly by: 'line' | 'hand' | 'beside'
  readonly outcome: 'asked' | 'checking' | 'unknown'
}

/** The whole of a return at the counter; a row of `flows`. */
export interface ReturnState {
  readonly at: 'scan' | 'lines' | 'assess' | 'paying-out' | 'done' | 'handed-over'
  readonly text: string
  /** The receipt whose lines are offered. */
  readonly receipt: string | null
  readonly pieces: readonly Piece[]
  readonly inHand: string | null
  readonly payAs: 'original' | 'store-credit'
  readonly approval: Approval | null
  readonly notice: Notice | null
  readonly question: { readonly text: string; readonly unitIds: readonly string[] } | null
  /** Goods without a record that lie on the counter and could be taken by exception. */
  readonly stranger: { readonly productId: string; readonly serial: string | null; readonly text: string } | null
  readonly paying: PayingOut | null
  readonly done: {
    readonly returnId: string
    readonly returnNumber: string
    readonly documentId: string
    readonly plan: RefundPlan
    readonly credits: readonly string[]
  } | null
  readonly caseId: string | null
}

export const EMPTY_RETURN: ReturnState = {
  at: 'scan',
  text: '',
  receipt: null,
  pieces: [],
  inHand: null,
  payAs: 'original',
  approval: null,
  notice: null,
  question: null,
  stranger: null,
  paying: null,
  done: null,
  caseId: null,
}

export type ReturnInput =
  | Exclude<ReturnAction, { do: 'approve' }>
  | { readonly do: 'approved'; readonly staffId: string; readonly name: string; readonly reason: string }
  | { readonly do: 'photo-taken'; readonly photoId: string }
  | { readonly do: 'scanned'; readonly found: Found }
  | { readonly do: 'take-unit'; readonly unitId: string; readonly text: string; readonly shown: 'scanned' | 'picked' }
  | TerminalSaid

/** What is known of one piece now, read before the step in the same turn. */
export interface PieceFacts {
  readonly unit: KnownUnit | null
  readonly product: Product | null
  readonly verdict: Verdict | null
  /** What may go back for it at most; null where nothing may, such as after its window. */
  readonly worth_cents: Cents | null
  /** Why nothing may, as a notice. */
  readonly whyNot: string | null
  /** It comes after its window, and somebody with authority may take it all the same, out of goodwill. */
  readonly late: boolean
  /** Beside being late, something about it is in doubt. */
  readonly alsoInDoubt: boolean
  /** Goods without numbers that a recall means: they are kept apart, whatever they look like. */
  readonly isRecalled?: boolean
  /** How many of it may still come back. */
  readonly left: number
  /** The sale it came from, with what is left of each tender; `amount_cents` of it is not used. */
  readonly sale: { readonly saleId: string | null; readonly receiptNumber: string | null; readonly paidBy: OwedOfSale['paidBy'] }
  readonly asked: CategoryQuestions
  /** Who bought it, where the sale says and the rules count; left out: nobody is known. */
  readonly returner?: KnownReturner | null
}

export interface ReceiptLineFacts {
  readonly lineId: string
  readonly unitId: string | null
  readonly productId: string
  readonly left: number
}

export interface ReturnFacts {
  readonly now: string
  readonly newId: () => string
  readonly pieces: ReadonlyMap<string, PieceFacts>
  /** Lines of the receipt that was scanned, or that the state offers. */
  readonly linesOf: (receipt: string) => readonly ReceiptLineFacts[]
  /** What was sold with a piece as one set, and is still out; and the set a piece belongs to. */
  readonly setOf: (unitId: string) => { readonly partIds: readonly string[]; readonly whole: { readonly name: string } | null; readonly name: string }
  readonly rules: ReturnRules
  readonly acceptedConditions: readonly Condition[]
  /** The most the person at the till may give back on his own word. */
  readonly ownWordUpTo_cents: number
  readonly currency: string
  readonly cashStep: number
  readonly nextReturnNumber: string
  readonly reasons: readonly string[]
  /** How a card gets its money: over the terminal's line, on a stand-alone one, or beside the till. */
  readonly card: PayingOut['by']
  /** Whether one more return without a record is within the day's limit. */
  readonly mayTakeStranger: boolean
  /** What the drawer should hold; null or left out where nobody counted one, and so nobody can tell. */
  readonly cashInDrawer_cents?: number | null
  /** The most cash that goes back on the clerk's own word while the centre is not heard; left out: as much as ever. */
  readonly cashBackUpTo_cents?: number
}

/** One piece that comes back alone, with its money in one tender, as the kiosk takes it. */
export interface RecordOneReturn {
  readonly want: 'record-return'
  readonly returnId: string
  readonly number: string
  readonly documentId: string
  readonly unitId: string
  readonly reason: string
  readonly condition: Condition
  readonly refund: RefundOffer
  readonly approvedBy: string | null
  readonly verdict: Verdict
}

export interface RecordCase {
  readonly want: 'record-case'
  readonly caseId: string
  readonly unitId: string
  readonly text: string
  readonly verdict: Verdict
}

/** What a flow that takes one piece back wants done. */
export type ReturnIntent = RecordOneReturn | RecordCase

/** What the counter's return wants done, in the transaction of its step. */
export type CounterIntent =
  | { readonly want: 'finish'; readonly returnId: string; readonly number: string; readonly documentId: string; readonly plan: RefundPlan }
  | { readonly want: 'hand-over'; readonly caseId: string; readonly piece: Piece; readonly verdict: Verdict | null }
  | { readonly want: 'ask-refund'; readonly paying: PayingOut }
  | { readonly want: 'keep-beside'; readonly paying: PayingOut; readonly code: string | null }
  | { readonly want: 'read-refund'; readonly attemptId: string; readonly paid: boolean; readonly code: string | null }
  | { readonly want: 'ask-again' | 'cancel-refund'; readonly attemptId: string }

export interface ReturnStep {
  readonly state: ReturnState
  readonly intents: readonly CounterIntent[]
  readonly refused?: 'not-in-this-state' | 'money-first' | 'nothing-to-undo' | 'more-than-bought'
  /** With `more-than-bought`: how many of the line may still come back. */
  readonly left?: number
}
