import type { Store } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'

/** A store as the tills' mirrors hold it. */
export interface StoreRecord {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly country: string
  readonly currency: string
  readonly tax_number: string
  readonly tax_inclusive: number
  readonly cash_step: number
  readonly time_zone: string
}

/** Every store by its id. */
export async function storesOf(db: Query): Promise<Map<string, StoreRecord>> {
  const rows = await db.query<{ body: string }>("SELECT body FROM record WHERE kind = 'stores' AND NOT gone ORDER BY key")
  const stores = rows.map((row) => JSON.parse(row.body) as StoreRecord)
  return new Map(stores.map((store) => [store.id, store]))
}

export const storeView = (row: StoreRecord): Store => ({
  id: row.id, name: row.name, address: row.address, country: row.country, currency: row.currency, taxNumber: row.tax_number,
  taxInclusive: row.tax_inclusive === 1, cashStep: row.cash_step, timeZone: row.time_zone,
})

export const storeRecord = (store: Store): StoreRecord => ({
  id: store.id, name: store.name, address: store.address, country: store.country, currency: store.currency, tax_number: store.taxNumber,
  tax_inclusive: store.taxInclusive ? 1 : 0, cash_step: store.cashStep, time_zone: store.timeZone,
})
