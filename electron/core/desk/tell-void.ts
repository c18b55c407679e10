import type { SaleAction } from '../../../contract/sale-view.ts'
import type { Params } from '../../../contract/ids.ts'
import type { Deed } from '../flows/deed.ts'
import type { SaleState } from '../flows/sale-state.ts'
import { totalsOf } from '../flows/totals.ts'
import { NOBODY } from '../payments/nobody.ts'
import type { Authority } from '../people/authority.ts'
import { recordEvent } from '../store/journal.ts'

/** A sale or a line that was taken away before anybody paid: what it was worth and who answers for it stays. */
export function tellVoid(deed: Deed, state: SaleState, input: SaleAction, authority: Authority): void {
  const { ground } = deed
  const told = (kind: 'cart-voided' | 'line-voided', unitId: string | null, params: Params) =>
    recordEvent(deed.db, {
      id: ground.newId(), kind, unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
      staffId: authority.staffId === NOBODY ? null : authority.staffId, who: authority.name,
      params: { ...params, currency: ground.place.currency, ...(authority.reason === null ? {} : { reason: authority.reason }) }, facts: null,
    })
  if (input.do === 'void' && state.lines.length > 0) {
    const { gross_cents, pieces } = totalsOf(state.lines, { currency: ground.place.currency, taxInclusive: ground.place.tax_inclusive === 1 })
    told('cart-voided', null, { pieces, total_cents: gross_cents })
  }
  if (input.do === 'remove-line') {
    const line = state.lines.find(({ lineId }) => lineId === input.lineId)
    if (line) told('line-voided', line.unitId, { product: line.productId, pieces: line.quantity, total_cents: line.total_cents })
  }
}
