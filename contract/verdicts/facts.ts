import type { Seat } from '../roles.ts'
import type { ProductLimits } from '../sensors/product-limits.ts'
import type { AliasKind, Tracking, UnitFacts } from '../unit.ts'

/**
 * Everything a verdict is decided on, and nothing else: no clock, no database, no policy hidden in it. Stored with
 * the verdict as evidence.
 */
export interface VerdictFacts {
  readonly here: {
    readonly seat: Seat
    readonly storeId: string
    readonly tillId: string
    /** IANA name: return windows and covers are counted in calendar days of the store, not of Greenwich. */
    readonly timeZone: string
    /** The flow that asks: its own hold on the unit is not "another cart". */
    readonly flowId: string | null
  }
  readonly identity:
    | { readonly is: 'unit'; readonly matchedBy: AliasKind | null; readonly retiredLabel: string | null }
    | { readonly is: 'product' }
    | { readonly is: 'ambiguous'; readonly candidates: number }
    | { readonly is: 'impossible'; readonly why: 'bad-check-digit' | 'wrong-format' }
    | { readonly is: 'unknown' }
  /** `limits`: what its pieces are kept within; left out where the maker asks for nothing. */
  readonly product: { readonly category: string; readonly tracking: Tracking; readonly durable: boolean; readonly limits?: ProductLimits } | null
  readonly unit: UnitFacts | null
  /** What the shop asks for it; left out where nobody has said. */
  readonly price_cents?: number
  /** The name of the set it is packed with; left out where it stands alone. */
  readonly set?: string
  /** Where somebody else's cart holds it, and under which name the screen may call that cart. */
  readonly heldBy: { readonly flowId: string; readonly till: string } | null
  /** Rules of plausibility that the unit's history breaks; empty when it is consistent. */
  readonly contradictions: readonly string[]
  /** How old what we know is; null when we have no such list at all. */
  readonly asOf: { readonly mirror: string | null; readonly stolen: string | null; readonly recall: string | null }
  /** What others said when they were asked about this very piece; nobody was asked where it is left out. */
  readonly outside?: readonly OutsideAnswer[]
  /**
   * `suspect` where this till's clock cannot be right: a day that is counted with it decides nothing. Left out where
   * nothing speaks against the clock.
   */
  readonly clock?: 'suspect'
  /** `over` where the centre's leave to sell without it has ended or was taken back. Left out for a till without a centre. */
  readonly lease?: 'over'
  /** `till` when local events lie over the mirror. */
  readonly source: 'till' | 'mirror'
  readonly storeNames: Readonly<Record<string, string>>
}

/**
 * One answer from outside the shop's own records: a register of stolen goods, the maker, the proof a tag or a signed
 * label carries, the centre's whole list of sales. Whoever did not answer is told as unreachable, never left out; an
 * answer that its terms forbid to keep is kept as the fact that there was one.
 */
export type OutsideAnswer = {
  /** The name of who answered, as it may stand on the screen. */
  readonly register: string
  readonly at: string
  readonly reference: string | null
} & (
  | { readonly asks: 'stolen'; readonly said: 'listed' | 'not-listed' | 'unreachable' | 'not-kept' }
  | { readonly asks: 'authenticity'; readonly said: 'genuine' | 'fake' | 'unreachable' | 'not-kept' }
  | { readonly asks: 'purchase'; readonly said: 'another-merchant' | 'none-of-ours' | 'unreachable' }
)
