import { minus, times } from '../../../contract/money.ts'
import type { SaleLine } from '../../../contract/sale-view.ts'
import type { Deed } from '../flows/deed.ts'
import { staffOf } from '../people/staff.ts'
import { recordEvent } from '../store/journal.ts'
import { sql, type Writing } from '../store/store.ts'

/** Keeps how the price of every sold line came about, and tells the journal what somebody answered for. In the sale's transaction. */
export function keepPrices(deed: Deed, lines: readonly SaleLine[], receipt: string): void {
  for (const line of lines) {
    keepParts(deed.db, line)
    if (line.priceSet) keepPriceSet(deed, line, line.priceSet, receipt)
    for (const part of line.discounts ?? [])
      if (part.staffId !== null) tell(deed, line, part.staffId, part.reason, part.amount_cents, receipt)
  }
}

function keepParts(db: Writing, line: SaleLine): void {
  line.discounts?.forEach((part, n) =>
    sql(db, 'INSERT INTO sale_line_discounts VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      line.lineId, n, part.kind, part.amount_cents, part.reason, part.promotionId, part.staffId,
    ),
  )
}

function keepPriceSet(deed: Deed, line: SaleLine, set: NonNullable<SaleLine['priceSet']>, receipt: string): void {
  sql(deed.db, 'INSERT INTO sale_line_prices VALUES (?, ?, ?, ?, ?)').run(
    line.lineId, set.listPrice_cents, line.unitPrice_cents, set.reason, set.staffId,
  )
  tell(deed, line, set.staffId, set.reason, times(minus(set.listPrice_cents, line.unitPrice_cents), line.quantity), receipt)
}

function tell(deed: Deed, line: SaleLine, staffId: string, reason: string, off_cents: number, receipt: string): void {
  const { ground } = deed
  recordEvent(deed.db, {
    id: ground.newId(), kind: 'price-changed', unitId: line.unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId, who: staffOf(ground).find((row) => row.id === staffId)?.name ?? null,
    params: { reason, product: line.productId, off_cents, currency: ground.place.currency, receipt }, facts: null,
  })
}
