import type { Notice } from '../../../contract/notice.ts'
import type { SaleAction, SaleLine, Tender } from '../../../contract/sale-view.ts'
import type { Cents } from '../../../contract/money.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { Product } from '../mirror/mirror.ts'
import type { Found, UnitHit } from '../scans/found.ts'

/** One thing a person can take back, as the step that takes it back. */
export type Undoable =
  | { readonly undo: 'remove-line'; readonly lineId: string; readonly what: string }
  | { readonly undo: 'restore-line'; readonly line: SaleLine; readonly position: number; readonly what: string }
  | { readonly undo: 'set-quantity'; readonly lineId: string; readonly quantity: number; readonly what: string }

/** One of several things a scan could mean. */
export type Choice =
  | { readonly is: 'unit'; readonly choice: string; readonly hit: UnitHit; readonly verdict: Verdict }
  | { readonly is: 'product'; readonly choice: string; readonly product: Product }
  | { readonly is: 'lot'; readonly choice: string; readonly product: Product; readonly lot: string; readonly expiry: string | null }

/** The whole of a sale; a row of `flows`. */
export interface SaleState {
  readonly at: 'open' | 'tendering' | 'paid' | 'voided'
  readonly lines: readonly SaleLine[]
  readonly tenders: readonly Tender[]
  readonly notice: Notice | null
  readonly question: { readonly text: string; readonly choices: readonly Choice[] } | null
  readonly past: readonly Undoable[]
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
  | { readonly do: 'scanned'; readonly found: Found; readonly verdicts: ReadonlyMap<string, Verdict>; readonly lots: readonly Lot[] }

export interface Lot {
  readonly lot: string
  readonly expiry: string | null
  readonly quantity: number
}

/** What the step may know of the world: read before it, in the same turn. */
export interface SaleFacts {
  readonly now: string
  readonly newId: () => string
  readonly currency: string
  readonly taxInclusive: boolean
  readonly cashStep: number
  readonly nextReceiptNumber: string
  /** The verdict on every unit of the cart, decided again in this very turn. */
  readonly verdictsNow: ReadonlyMap<string, Verdict>
}

/** What the step wants done; carried out in the same transaction as the new state. */
export type SaleIntent =
  | { readonly want: 'hold'; readonly unitId: string }
  | { readonly want: 'release'; readonly unitId: string }
  | { readonly want: 'release-all' }
  | { readonly want: 'keep-verdict'; readonly unitId: string; readonly text: string; readonly verdict: Verdict; readonly asCase: string | null }
  | { readonly want: 'record-sale'; readonly saleId: string; readonly documentId: string; readonly number: string; readonly rounding_cents: Cents }
  | { readonly want: 'park'; readonly name: string }
  | { readonly want: 'drop' }
  | { readonly want: 'start-return'; readonly units: readonly string[]; readonly text: string }
