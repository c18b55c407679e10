import type { Store } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { oneByOne } from '../sync/devices.ts'
import { change } from '../sync/feed.ts'
import { heldRecordOf, putRecord } from './put-record.ts'

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

const storeRecord = (store: Store): StoreRecord => ({
  id: store.id, name: store.name, address: store.address, country: store.country, currency: store.currency, tax_number: store.taxNumber,
  tax_inclusive: store.taxInclusive ? 1 : 0, cash_step: store.cashStep, time_zone: store.timeZone,
})

/** Tells every till of a store, a new one or one as it is from now on. What was sold stays in the money it was sold in. */
export function saveStore(office: Office, who: string, store: Store, isNew: boolean): Promise<void> {
  return change(office, async (tx, tell) => {
    if (isNew) await oneByOne(tx)
    const key = { id: store.id }
    const before = await heldRecordOf<StoreRecord>(tx, 'stores', key)
    if (before !== null && isNew) throw new HubRefusal('already-there', { name: store.id })
    if (before !== null && before.currency !== store.currency) throw new HubRefusal('currency-stays', { currency: before.currency })
    await putRecord(tx, tell, { kind: 'stores', key, row: { ...storeRecord(store) } })
    await logAct(tx, office, who, 'store-saved', store.name)
  })
}
