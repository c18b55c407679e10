import type { Policy } from '../../../contract/policy.ts'
import type { ClaimBasis, ClaimOption, Remedy } from '../../../contract/service-view.ts'
import type { CoverLayer } from '../../../contract/unit.ts'
import { burdenOfProof } from '../papers/country-law.ts'

/** What was decided on earlier claims of the same piece: a remedy that failed opens the next one. */
export interface EarlierClaim {
  readonly basis: ClaimBasis
  readonly remedy: Remedy
}

/** Attempts to repair after which the law lets the buyer ask for the money (Directive (EU) 2019/771, art. 13 (4)). */
const REPAIRS_UNTIL_MONEY = 1

/**
 * Every promise that carries a claim on `today` (ISO day), the most generous first, and at the end the way on the
 * owner's account, which is always open. A layer that ended or is void is no option, and one that ended never takes
 * another with it.
 */
export function claimOptions(cover: readonly CoverLayer[], today: string, policy: Policy, earlier: readonly EarlierClaim[]): ClaimOption[] {
  const lasting = cover
    .filter((layer) => layer.voidWhy === null && layer.start <= today && layer.end >= today)
    .toSorted((a, b) => GENEROSITY[a.layer] - GENEROSITY[b.layer])
  return [...lasting.map((layer) => optionOf(layer, today, policy, earlier)), OWN_ACCOUNT]
}

const GENEROSITY = { repair: 0, plan: 1, maker: 2, legal: 3 } as const
const OWN_ACCOUNT: ClaimOption = {
  basis: 'none', until: null, remedies: ['paid-repair', 'return-unrepaired'], proof: null, contractNumber: null, claimsUsed: 0,
}

function optionOf(layer: CoverLayer, today: string, policy: Policy, earlier: readonly EarlierClaim[]): ClaimOption {
  return {
    basis: layer.layer,
    until: layer.end,
    remedies: remediesOf(layer, earlier),
    proof: proofOf(layer, today, policy),
    contractNumber: layer.contractNumber,
    claimsUsed: layer.claimsUsed,
  }
}

/** The law gives repair or replacement first and money after a repair that did not help; the promises give the former. */
function remediesOf(layer: CoverLayer, earlier: readonly EarlierClaim[]): Remedy[] {
  if (layer.layer === 'repair') return ['repair']
  if (layer.layer !== 'legal') return ['repair', 'replace']
  const repairs = earlier.filter(({ basis, remedy }) => basis === 'legal' && remedy === 'repair').length
  return repairs >= REPAIRS_UNTIL_MONEY ? ['repair', 'replace', 'refund', 'price-cut'] : ['repair', 'replace']
}

function proofOf(layer: CoverLayer, today: string, policy: Policy): ClaimOption['proof'] {
  const burden = burdenOfProof(layer, policy)
  if (burden === null) return null
  if (burden.who !== 'seller-then-buyer') return burden.who
  return today <= burden.sellerUntil ? 'seller' : 'buyer'
}
