import type { CreditView } from '../../../contract/credit.ts'
import type { Notice } from '../../../contract/notice.ts'
import type { Gate, HandDiscount, ProductGate, SaleAction, SaleLine, StrangerWhy, Tender } from '../../../contract/sale-view.ts'
import type { Cents } from '../../../contract/money.ts'
import type { Promotion } from '../../../contract/promotion.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Product } from '../mirror/mirror.ts'
import type { Authority } from '../people/authority.ts'
import type { KitPart, Plan } from '../prices/sets-and-plans.ts'
import type { Found, UnitHit } from '../scans/found.ts'
import { unitIdsOf } from './line-pieces.ts'

/** One thing a person can take back, as the step that takes it back. */
export type Undoable =
  | { readonly undo: 'remove-line'; readonly lineId: string; readonly what: string }
  | { readonly undo: 'restore-line'; readonly line: SaleLine; readonly position: number; readonly what: string }
  | { readonly undo: 'set-quantity'; readonly lineId: string; readonly quantity: number; readonly what: string }
  | { readonly undo: 'line-price'; readonly line: SaleLine; readonly what: string }
  | { readonly undo: 'kit'; readonly kits: readonly Kit[]; readonly lineIds: readonly string[]; readonly what: string }
  | { readonly undo: 'cart-discount'; readonly cartDiscount: HandDiscount | null; readonly what: string }

/** One of several things a scan could mean. */
export type Choice =
  | { readonly is: 'unit'; readonly choice: string; readonly hit: UnitHit; readonly verdict: Verdict }
  | { readonly is: 'plan'; readonly choice: string; readonly product: Product; readonly plan: Plan; readonly piece: { readonly unitId: string; readonly name: string; readonly serial: string; readonly earlier: boolean } }
  | { readonly is: 'product'; readonly choice: string; readonly product: Product; readonly serial?: string }
  | { readonly is: 'lot'; readonly choice: string; readonly product: Product; readonly lot: string; readonly expiry: string | null }

/** A card payment that the sale waits for; its row is there, and stays when the till goes down. */
export interface Asking {
  readonly attemptId: string
  readonly amount_cents: Cents
  /** Over the terminal's line, or by a clerk who reads a stand-alone terminal. */
  readonly by: 'line' | 'hand'
  /** `checking`: the terminal is asked what became of it; `unknown`: it cannot say, and the clerk must. */
  readonly outcome: 'asked' | 'checking' | 'unknown'
  /** Money that goes back: the deposit on these goods, and who answers for giving it back. */
  readonly deposit?: { readonly number: string; readonly authority: Authority }
}

/** What became of an attempt, as the one who asked the terminal tells it. */
export interface TerminalSaid {
  readonly do: 'terminal-said'
  readonly attemptId: string
  readonly said:
    | { readonly is: 'paid' }
    | { readonly is: 'not-paid'; readonly why: string; readonly words: string }
    | { readonly is: 'checking' | 'unknown' }
}

/** What the sale lets the terminal know at once; it is no row, and nothing is lost with it. */
export type TerminalSignal =
  | { readonly kind: 'cancel' }
  | { readonly kind: 'read'; readonly paid: boolean; readonly code: string | null }

/** A set: one code and one price for several articles. */
export interface Kit {
  readonly kitId: string
  readonly productId: string
  readonly name: string
  readonly price_cents: Cents
  readonly parts: readonly { readonly productId: string; readonly name: string; readonly count: number }[]
}

/** The whole of a sale; a row of `flows`. */
export interface SaleState {
  readonly at: 'open' | 'gating' | 'tendering' | 'asking-terminal' | 'paid' | 'voided'
  readonly lines: readonly SaleLine[]
  /** What was looked at for this sale and was in order, by the id of the gate. */
  readonly passed?: readonly string[]
  /** Taken off the whole cart by hand. */
  readonly cartDiscount?: HandDiscount | null
  readonly tenders: readonly Tender[]
  readonly notice: Notice | null
  readonly question: { readonly text: string; readonly choices: readonly Choice[] } | null
  readonly past: readonly Undoable[]
  /** Sets that were scanned; their parts are lines like any other. */
  readonly kits?: readonly Kit[]
  /** A plan that was scanned before the piece it is for. */
  readonly planWaiting?: { readonly product: Product; readonly plan: Plan } | null
  /** A serial beside a product we know that no piece of ours carries. */
  readonly stranger?: { readonly text: string; readonly product: Product } | null
  /** The product, by its id, whose code was scanned and whose serial comes next. */
  readonly asksSerial?: string | null
  /** A piece that was scanned alone and is packed with another. */
  readonly partOfSet?: { readonly text: string; readonly hit: UnitHit; readonly whole: { readonly unitId: string; readonly name: string; readonly serial: string | null } } | null
  /** The last piece that was not taken because a colleague must decide. */
  readonly undecided?: { readonly text: string; readonly hit: UnitHit } | null
  /** The card payment that is going on. */
  readonly asking?: Asking | null
  readonly paid: {
    readonly saleId: string
    readonly receiptNumber: string
    readonly documentId: string
    readonly change_cents: Cents
    readonly rounding_cents: Cents
  } | null
}

export const EMPTY_SALE: SaleState = {
  at: 'open',
  lines: [],
  tenders: [],
  notice: null,
  question: null,
  past: [],
  paid: null,
}

/** What a person did, or what was scanned, with the verdict on each unit it could mean. */
export type SaleInput =
  | SaleAction
  | TerminalSaid
  | {
      readonly do: 'scanned'
      readonly found: Found
      readonly verdicts: ReadonlyMap<string, Verdict>
      readonly lots: readonly Lot[]
      /** Where the product is a plan, or a set. */
      readonly plan?: Plan | null
      readonly kit?: readonly KitPart[]
      /** The verdict on a number that no piece of ours carries, where the number is reported stolen. */
      readonly stolen?: Verdict
    }

export interface Lot {
  readonly lot: string
  readonly expiry: string | null
  readonly quantity: number
}

/** Units of the cart, of the question on the screen, and of the line that undo would bring back. */
export function unitsConcerned(state: SaleState): readonly string[] {
  const last = state.past.at(-1)
  const lines = last?.undo === 'restore-line' ? [...state.lines, last.line] : state.lines
  const asked = (state.question?.choices ?? []).flatMap((choice) => (choice.is === 'unit' ? [choice.hit.unit.id] : []))
  if (state.undecided) asked.push(state.undecided.hit.unit.id)
  if (state.partOfSet) asked.push(state.partOfSet.hit.unit.id)
  return [...new Set([...lines.flatMap(unitIdsOf), ...asked])]
}

/** Pieces that are asked about as if they stood alone: they are sold with their set, or are about to be taken out of it. */
export const askedAlone = ({ lines, past, partOfSet }: SaleState): ReadonlySet<string> => {
  const last = past.at(-1)
  const all = last?.undo === 'restore-line' ? [...lines, last.line] : lines
  return new Set([...all.flatMap(({ parts = [] }) => parts.map(({ unitId }) => unitId)), ...(partOfSet ? [partOfSet.hit.unit.id] : [])])
}

/** What the step may know of the world: read before it, in the same turn. */
export interface SaleFacts {
  readonly now: string
  readonly newId: () => string
  readonly currency: string
  readonly taxInclusive: boolean
  readonly cashStep: number
  readonly nextReceiptNumber: string
  /** How card payments are asked for here; null: cards are taken beside the till. */
  readonly terminal: Asking['by'] | null
  /** The verdict on every unit that is in the cart or could come into it by this step, decided again in this very turn. */
  readonly verdictsNow: ReadonlyMap<string, Verdict>
  /** The pieces packed with a piece, by its id; left out for what is no set. */
  readonly sets?: ReadonlyMap<string, readonly { readonly unit: KnownUnit; readonly verdict: Verdict }[]>
  /** The recall that means goods without numbers, by the article and the lot; left out where nobody can say. */
  readonly recallOf?: (productId: string, lot: string | null) => string | null
  /** The piece that a piece is packed with, by the id of the part. */
  readonly wholes?: ReadonlyMap<string, KnownUnit>
  /** The shop only tries its rules: what they say is told and kept, and stops nothing. */
  readonly shadow?: boolean
  /** The promotions that hold here today. */
  readonly promotions?: readonly Promotion[]
  /** What must be looked at before these products are sold, by their id. */
  readonly gates?: ReadonlyMap<string, readonly ProductGate[]>
  /** Whether the readings of a piece answer that it was never warmer than so many °C; left out where nobody can say. */
  readonly wasNeverWarmer?: (unitId: string, celsius: number) => boolean
  /** The day in the store. */
  readonly today?: string
  /** Who answers for a price that is changed by hand. */
  readonly answering?: string
  /** Vouchers and store credit on the table or held out, by the number they came with. */
  readonly credits?: ReadonlyMap<string, CreditView>
  /** What was paid on these goods before. */
  readonly deposits?: readonly CreditView[]
}

/** What the step wants done; carried out in the same transaction as the new state. */
export type SaleIntent =
  | { readonly want: 'hold'; readonly unitId: string }
  | { readonly want: 'release'; readonly unitId: string }
  | { readonly want: 'release-all' }
  | { readonly want: 'keep-verdict'; readonly unitId: string | null; readonly text: string; readonly verdict: Verdict; readonly asCase: string | null }
  | { readonly want: 'record-sale'; readonly saleId: string; readonly documentId: string; readonly number: string; readonly rounding_cents: Cents }
  | { readonly want: 'ask-terminal'; readonly attemptId: string; readonly amount_cents: Cents }
  | { readonly want: 'keep-by-hand'; readonly attemptId: string; readonly amount_cents: Cents; readonly code: string | null; readonly taken: boolean }
  | { readonly want: 'step-attempt'; readonly attemptId: string; readonly to: 'checking' | 'approved' | 'declined' | 'reversing'; readonly code: string | null }
  | { readonly want: 'tell-terminal'; readonly signal: TerminalSignal }
  | { readonly want: 'take-deposit'; readonly name: string; readonly tenders: readonly Tender[] }
  | { readonly want: 'deposit-went-back'; readonly number: string; readonly authority: Authority }
  | { readonly want: 'take-out-of-set'; readonly unitId: string; readonly reason: string }
  | { readonly want: 'keep-stranger'; readonly text: string; readonly product: Product; readonly why: StrangerWhy }
  | { readonly want: 'tell-gate'; readonly gate: Gate; readonly unitId: string | null; readonly passed: boolean; readonly entry: string }
  | { readonly want: 'park'; readonly name: string }
  | { readonly want: 'drop' }
  | { readonly want: 'start-return'; readonly units: readonly string[]; readonly text: string }
