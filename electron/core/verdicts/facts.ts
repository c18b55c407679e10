import type { Seat } from '../../../contract/roles.ts'
import type { AliasKind, Tracking, UnitFacts } from '../../../contract/unit.ts'

/**
 * Everything a verdict is decided on, and nothing else: no clock, no database, no policy hidden in it. Stored with
 * the verdict as evidence.
 */
export interface VerdictFacts {
  readonly here: {
    readonly seat: Seat
    readonly storeId: string
    readonly tillId: string
    /** The flow that asks: its own hold on the unit is not "another cart". */
    readonly flowId: string | null
  }
  readonly identity:
    | { readonly is: 'unit'; readonly matchedBy: AliasKind | null; readonly retiredLabel: string | null }
    | { readonly is: 'product' }
    | { readonly is: 'ambiguous'; readonly candidates: number }
    | { readonly is: 'impossible'; readonly why: 'bad-check-digit' | 'wrong-format' }
    | { readonly is: 'unknown' }
  readonly product: { readonly category: string; readonly tracking: Tracking; readonly durable: boolean } | null
  readonly unit: UnitFacts | null
  /** Where somebody else's cart holds it, and under which name the screen may call that cart. */
  readonly heldBy: { readonly flowId: string; readonly till: string } | null
  /** Rules of plausibility that the unit's history breaks; empty when it is consistent. */
  readonly contradictions: readonly string[]
  /** How old what we know is; null when we have no such list at all. */
  readonly asOf: { readonly mirror: string | null; readonly stolen: string | null; readonly recall: string | null }
  /** `till` when local events lie over the mirror. */
  readonly source: 'till' | 'mirror'
  readonly storeNames: Readonly<Record<string, string>>
}
