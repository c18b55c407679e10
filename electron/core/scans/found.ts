import type { AliasKind } from '../../../contract/unit.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Product } from '../mirror/mirror.ts'

/** A unit that answers to what was scanned, and by which of its numbers. */
export interface UnitHit {
  readonly unit: KnownUnit
  readonly matchedBy: AliasKind | null
  /** The old number that was scanned, when its label has been retired. */
  readonly retiredLabel: string | null
}

/** What a scan is about. Nothing is guessed: two meanings are two candidates, and the screen asks. */
export type Found =
  | { readonly is: 'unit'; readonly text: string; readonly hit: UnitHit }
  | {
      readonly is: 'product'
      readonly text: string
      readonly product: Product
      readonly lot: string | null
      readonly expiry: string | null
      /** A serial read beside the product that no unit of ours carries. */
      readonly strangeSerial: string | null
    }
  | { readonly is: 'many'; readonly text: string; readonly hits: readonly UnitHit[]; readonly products: readonly Product[] }
  | { readonly is: 'receipt'; readonly text: string; readonly number: string; readonly units: readonly UnitHit[] }
  | {
      readonly is: 'nothing'
      readonly text: string
      readonly why: 'unknown-code' | 'bad-check-digit' | 'wrong-format' | 'card-number'
    }
