import type { CoverLayer } from '../../../contract/unit.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import { addMonths } from '../../../contract/days.ts'
import { toldFacts } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { contractNumber } from '../flows/sale-plans.ts'
import { recordEvent } from '../store/journal.ts'

/** Every plan that was sold becomes a layer of cover of its piece, with its own contract. After the pieces are sold. */
export function keepPlans(deed: Deed, lines: readonly SaleLine[], receipt: string): void {
  const { ground, db, staff } = deed
  for (const line of lines) {
    const before = line.plan === undefined ? null : toldFacts(ground.mirror, db, line.plan.unitId)
    if (line.plan === undefined || before === null) continue
    const start = ground.priceAsked().day
    const layer: CoverLayer = {
      layer: 'plan', start, end: addMonths(start, line.plan.months), basis: 'sale', country: null,
      contractNumber: contractNumber(receipt, lines, line), claimsUsed: 0, voidWhy: null,
    }
    recordEvent(db, {
      id: ground.newId(), kind: 'cover-added', unitId: line.plan.unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
      staffId: staff?.staffId ?? null, who: staff?.name ?? null,
      params: { layer: 'plan', contract: layer.contractNumber ?? '', product: line.productId, until: layer.end },
      facts: { ...before, cover: [...before.cover, layer] },
    })
  }
}
