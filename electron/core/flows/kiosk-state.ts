import type { Language } from '../../../contract/ids.ts'
import type { KioskAction, KioskTask, KioskTender } from '../../../contract/kiosk-view.ts'
import type { CategoryQuestions } from '../../../contract/return-rules.ts'
import type { SaleAction } from '../../../contract/sale-view.ts'
import type { Cents } from '../../../contract/money.ts'
import type { Condition } from '../../../contract/unit.ts'
import type { Intent, Verdict } from '../../../contract/verdict.ts'
import { NOTHING_LOOKED_AT, type LookedAt } from '../returns/condition-questions.ts'
import type { Found } from '../scans/found.ts'
import type { RecordOneReturn } from './return-state.ts'
import type { SaleState, TerminalSaid } from './sale-state.ts'

/** Money that goes back: how much, as what, and what missing accessories took off it. */
export interface KioskOffer {
  readonly amount_cents: number
  readonly deducted_cents: number
  readonly currency: string
  readonly receiptNumber: string
  /** What this kiosk can really do for this piece, best first; empty where it can do nothing. */
  readonly ways: readonly KioskTender[]
}

/** A customer alone at the kiosk: return, check and buy, nothing else; a row of `flows` until it is wiped. */
export interface KioskState {
  readonly at:
    | 'start' | 'choose-task' | 'scan' | 'answer' | 'questions' | 'photo' | 'confirm' | 'paying-out' | 'done' | 'colleague'
    | 'cart' | 'paying' | 'bought'
  readonly language: Language
  readonly task: KioskTask
  readonly remark: string | null
  readonly text: string
  /** Scanned off print, or read by radio: the two must name the same piece. */
  readonly by: ScannedBy
  /** The pieces of the receipt that was scanned: one of them has to be shown. */
  readonly receipt: { readonly number: string; readonly unitIds: readonly string[] } | null
  readonly unitId: string | null
  /** As it may be kept; what the screen says is judged anew. */
  readonly verdict: Verdict | null
  readonly reason: string | null
  readonly seen: LookedAt
  readonly photoSkipped: boolean
  /** A refund to the card; one whose end nobody knows stays here while a colleague comes. */
  readonly paying: { readonly attemptId: string; readonly offer: KioskOffer; readonly returnId: string; readonly outcome: 'asked' | 'checking' } | null
  readonly done: {
    readonly returnId: string
    readonly returnNumber: string
    readonly documentId: string
    readonly offer: KioskOffer
    readonly as: KioskTender
    readonly slot: string | null
    /** The number of the voucher; null for money, and until it was given out. */
    readonly voucher: string | null
  } | null
  readonly caseId: string | null
  /** The flow of the sale behind what a customer buys: the cart and its money stand there and nowhere else. */
  readonly sale: string | null
  /** The line whose piece was scanned once more. */
  readonly again: string | null
}

export const KIOSK_START: KioskState = {
  at: 'start',
  language: 'en',
  task: 'return',
  remark: null,
  text: '',
  by: 'print',
  receipt: null,
  unitId: null,
  verdict: null,
  reason: null,
  seen: NOTHING_LOOKED_AT,
  photoSkipped: false,
  paying: null,
  done: null,
  caseId: null,
  sale: null,
  again: null,
}

/** What is meant to be done with a piece that a customer shows. */
export const INTENT_OF_TASK = { return: 'return', check: 'check', buy: 'sell' } as const satisfies Record<KioskTask, Intent>

export type ScannedBy = 'print' | 'tag'

export type KioskInput =
  | KioskAction
  | { readonly do: 'scanned'; readonly found: Found; readonly by: ScannedBy }
  | { readonly do: 'photo-taken'; readonly photoId: string }
  /** Somebody outside has answered about the piece. */
  | { readonly do: 'heard' }
  /** Another till of the store has the piece in hand at this very moment. */
  | { readonly do: 'claimed-elsewhere' }
  /** The card has its money, and meanwhile the piece came back elsewhere. */
  | { readonly do: 'came-back-elsewhere' }
  /** The sale behind it has taken a step. */
  | { readonly do: 'sale-stepped' }
  | TerminalSaid

/** What was scanned to be bought, and what paying for it hangs on. */
export interface KioskCart {
  readonly sale: SaleState
  readonly due_cents: Cents
  /** A register has not answered yet about one of its pieces. */
  readonly isAsking: boolean
  /** The rules want to know who buys such goods. */
  readonly wantsCustomer: boolean
}

export interface KioskFacts {
  readonly newId: () => string
  /** `live` is what counts now; `toKeep` is the same without what may not be written down. */
  readonly verdictOn: (unitId: string, task: KioskTask) => { readonly live: Verdict; readonly toKeep: Verdict }
  /** Null where nothing was paid for the piece that anybody knows of. */
  readonly offerFor: (unitId: string, seen: LookedAt) => KioskOffer | null
  readonly asked: (unitId: string) => CategoryQuestions
  /** Packed with others: such a return is for a person. */
  readonly isOfASet: (unitId: string) => boolean
  /** Whoever bought it has brought back as much as the rules leave to nobody's word. */
  readonly isTooOften: (unitId: string) => boolean
  /** A card was to get its money for it, and nobody knows whether it did. */
  readonly isBeingRefunded: (unitId: string) => boolean
  /** Registers that have not answered about it yet. */
  readonly isAsking: (unitId: string) => boolean
  readonly refundUpTo_cents: number
  /** `must` where the piece has to be shown to the camera. */
  readonly photo: 'never' | 'ask' | 'must'
  /** Null: there are slots for such pieces, and all of them are full. */
  readonly slotFor: (unitId: string) => { readonly name: string | null } | null
  readonly acceptedConditions: readonly Condition[]
  readonly reasons: readonly string[]
  readonly nextReturnNumber: string
  /** The most that is sold to a customer alone; null where nothing is, or no card can be taken. */
  readonly buyUpTo_cents: number | null
  readonly cart: KioskCart | null
  /** As it may be kept; null for a piece that nobody knows any more. */
  readonly verdictToSell: (unitId: string) => Verdict | null
  /** False when the hour's checks are used up: a kiosk is no oracle for thieves. */
  readonly mayCheck: boolean
}

/** Why a colleague is needed, for staff alone; the customer hears the same words for all of them. */
export type HandOverWhy =
  | 'verdict' | 'limit' | 'too-many-checks' | 'tag-differs' | 'locked' | 'condition' | 'slots-full' | 'claimed-elsewhere'
  | 'card-unknown' | 'asked-for' | 'parts' | 'set' | 'too-often'
  | 'gate' | 'buy-limit' | 'number'

/** What the sale behind the kiosk is asked for; the verdicts on what was scanned are decided as it is carried out. */
export type AskedOfSale = SaleAction | { readonly do: 'scanned'; readonly found: Found }

export type KioskIntent =
  | { readonly want: 'record-return'; readonly record: RecordOneReturn; readonly as: KioskTender; readonly slot: string | null }
  | {
      readonly want: 'hand-over'
      readonly caseId: string
      readonly why: HandOverWhy
      readonly unitId: string | null
      readonly text: string
      readonly verdict: Verdict | null
      readonly quiet: boolean
    }
  | { readonly want: 'keep-check'; readonly unitId: string; readonly text: string; readonly verdict: Verdict }
  | { readonly want: 'ask-card'; readonly returnId: string; readonly amount_cents: number; readonly unitId: string }
  | { readonly want: 'cancel-card'; readonly attemptId: string }
  | { readonly want: 'begin-sale' }
  | { readonly want: 'step-sale'; readonly input: AskedOfSale }
  /** Nobody stands before this sale any more; where its money is on its way it stays until that is settled. */
  | { readonly want: 'leave-sale' }

export interface KioskStep {
  readonly state: KioskState
  readonly intents: readonly KioskIntent[]
  readonly refused?: 'not-in-this-state'
}
