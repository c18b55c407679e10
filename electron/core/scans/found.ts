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

/** Why a scan is about nothing that we know. */
export type WhyNothing =
  | 'unknown-code'
  | 'bad-check-digit'
  /** The product is known and its maker gives out no such number. */
  | 'wrong-format'
  | 'card-number'
  /** The end of the serial reads like further fields: the scanner swallowed a separator, which nobody guesses back. */
  | 'separator-lost'
  /** The code promises GS1 data or a product address and does not keep its rules. */
  | 'broken-label'
  /** An article that is not on sale any more; `part` is its name. */
  | 'withdrawn'

/** What a scan is about. Nothing is guessed: two meanings are two candidates, and the screen asks. */
export type Found =
  | { readonly is: 'unit'; readonly text: string; readonly hit: UnitHit }
  | {
      readonly is: 'product'
      readonly text: string
      readonly product: Product
      readonly lot: string | null
      readonly expiry: string | null
      /** A serial read beside the product that no unit of ours carries, although its maker may have given it out. */
      readonly strangeSerial: string | null
    }
  | {
      readonly is: 'many'
      readonly text: string
      readonly hits: readonly UnitHit[]
      readonly products: readonly Product[]
      /** The pieces only look like what was scanned: none of them carries it. */
      readonly alike: boolean
      /** What it is where none of these is meant: a piece of this product that nobody has seen. */
      readonly strange?: { readonly product: Product; readonly serial: string } | null
    }
  | { readonly is: 'receipt'; readonly text: string; readonly number: string; readonly units: readonly UnitHit[] }
  | {
      readonly is: 'nothing'
      readonly text: string
      readonly why: WhyNothing
      /** The part of the scan that is wrong, where it is not all of it. */
      readonly part?: string
    }

/** What is no goods and no paper, and belongs to no flow: a person or a promise. */
export type Aside =
  | { readonly is: 'badge'; readonly text: string; readonly staffId: string; readonly name: string }
  | { readonly is: 'customer-card'; readonly text: string; readonly number: string }
  | { readonly is: 'voucher'; readonly text: string; readonly number: string }

export const isAside = (found: Found | Aside): found is Aside =>
  found.is === 'badge' || found.is === 'customer-card' || found.is === 'voucher'

/** The pieces a scan could mean. */
export const hitsIn = (found: Found): readonly UnitHit[] =>
  found.is === 'unit' ? [found.hit] : found.is === 'many' ? found.hits : []
