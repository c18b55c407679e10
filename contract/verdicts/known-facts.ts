import type { Campaign, Piece } from '../campaign.ts'
import { withCampaigns } from '../campaign-flags.ts'
import { coverLayers, type PlaceOfSale } from '../cover.ts'
import type { Policy } from '../policy.ts'
import type { UnitFacts } from '../unit.ts'

/** What the facts of a piece are worked out with, beside what was told of it. */
export interface WorkedOutWith {
  readonly product: { readonly maker_months: number; readonly durable: boolean }
  /** Whose law its cover follows: of the store that sold it. */
  readonly place: PlaceOfSale
  readonly campaigns: readonly Campaign[]
  readonly piece: Piece
}

/**
 * The facts of a piece as a verdict wants them: what was told, with the cover that follows by rule and the flags that
 * campaigns set. Worked out at every look, at a till and at the centre alike. Pure.
 */
export function knownFacts(told: UnitFacts, { product, place, campaigns, piece }: WorkedOutWith, policy: Policy): UnitFacts {
  const cover = coverLayers(told.title, { makerMonths: product.maker_months, durable: product.durable }, place, policy, told.cover)
  return { ...told, flags: withCampaigns(told.flags, campaigns, piece), cover }
}
