import type { JournalQuery } from '../../../contract/day-journal.ts'
import type { PurchasesElsewhere } from '../../../contract/purchases-elsewhere.ts'
import { PurchaseQuestion, type PurchasesFound } from '../../../contract/sync/receipt-wire.ts'
import type { Ground } from '../ground.ts'
import { daysFrom } from '../money/store-day.ts'
import { saleByNumber } from '../store/sales.ts'

/** What the centre is asked where the journal is narrowed to days and amounts like these; null where they are too wide for it. */
export function purchaseQuestion({ from, to, least_cents, most_cents }: JournalQuery, timeZone: string): PurchaseQuestion | null {
  return PurchaseQuestion.safeParse({ ...daysFrom(from, to, timeZone), least_cents, most_cents }).data ?? null
}

/**
 * What the centre found, as the screen shows it beside this till's own journal: without what stands there already, and
 * narrowed by the same text as it.
 */
export function purchasesToShow(ground: Ground, { purchases, isMore }: PurchasesFound, text: string): PurchasesElsewhere {
  const wanted = text.trim().toLowerCase()
  const others = purchases.filter(({ number, pieces }) => saleByNumber(ground.store.reading, number) === null && [number, ...pieces].some((said) => said.toLowerCase().includes(wanted)))
  return { is: 'found', purchases: others.map((purchase) => ({ ...purchase, store: ground.storeNames[purchase.storeId] ?? purchase.storeId })), isMore }
}
