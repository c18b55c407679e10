import { cents } from '../../contract/money.ts'
import { productName } from '../../contract/product-name.ts'
import type { ListPrice, PricedCondition, PriceList, PriceListRow } from '../contract/price-calls.ts'
import type { Query } from '../database.ts'
import { newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { putRecords } from '../sync/records.ts'
import { arrivalOf, changesOf, followersOf, noteChange } from './arrivals.ts'
import { productNames } from './products.ts'
import { heldRecordOf, putRecord, recordOf, recordsOf } from './put-record.ts'
import { storesOf } from './stores.ts'

/** Where and when something holds, as the tills' mirrors hold it. */
export interface HoldsRecord {
  readonly id: string
  readonly name: string
  readonly store_id: string | null
  readonly from_day: string | null
  readonly until_day: string | null
  readonly rank: number
}

interface PriceRecord {
  readonly product_id: string
  readonly list_id: string
  readonly condition: PricedCondition
  readonly price_cents: number
}

export const holdsRecord = (given: Omit<PriceList, 'id'>, id: string): HoldsRecord => ({
  id, name: given.name, store_id: given.storeId, from_day: given.fromDay, until_day: given.untilDay, rank: given.rank,
})

export const holdsView = (row: HoldsRecord): PriceList => ({
  id: row.id, name: row.name, storeId: row.store_id, fromDay: row.from_day, untilDay: row.until_day, rank: row.rank,
})

/** Refuses a store nobody knows, and a last day before the first. */
export async function checkHolds(db: Query, { storeId, fromDay, untilDay }: Omit<PriceList, 'id'>): Promise<void> {
  if (fromDay !== null && untilDay !== null && untilDay < fromDay) throw new HubRefusal('wrong-days')
  if (storeId !== null && !(await storesOf(db)).has(storeId)) throw new HubRefusal('unknown-store')
}

const changedAs = (id: string): string => `price-list ${id}`

/** Writes the head of a list; its prices stay. A list without an id is new. */
export async function saveList(office: Office, who: string, given: Omit<PriceList, 'id'> & { id: string | null }): Promise<PriceListRow[]> {
  await checkHolds(office.db, given)
  const id = given.id ?? newId()
  await change(office, async (tx, tell) => {
    if (given.id !== null && (await recordOf(tx, 'price_lists', { id })) === null) throw new HubRefusal('no-such-thing')
    await putRecord(tx, tell, { kind: 'price_lists', key: { id }, row: { ...holdsRecord(given, id) } })
    await logAct(tx, office, who, 'price-list-saved', given.name)
  })
  await noteChange(office.db, changedAs(id), office.now_ms())
  return listPriceLists(office.db)
}

const PRICES_OF = "SELECT key, body FROM record WHERE kind = 'list_prices' AND NOT gone AND body::jsonb ->> 'list_id' = $1 AND key > $2 ORDER BY key LIMIT $3"
const AT_ONCE = 500

/** Takes a list away with all its prices, the prices first: no till is left with prices of a list it does not know. */
export async function dropList(office: Office, who: string, id: string): Promise<PriceListRow[]> {
  await change(office, async (tx, tell) => {
    // Held, so that nobody sets a price in it behind the last look.
    const row = await heldRecordOf<HoldsRecord>(tx, 'price_lists', { id })
    if (row === null) throw new HubRefusal('no-such-thing')
    for (let after: string | undefined = ''; after !== undefined;) {
      const prices: { key: string; body: string }[] = await tx.query(PRICES_OF, [id, after, AT_ONCE])
      await putRecords(tx, tell, prices.map(({ body }) => priceChange(JSON.parse(body) as PriceRecord, null)))
      after = prices.at(-1)?.key
    }
    await putRecord(tx, tell, { kind: 'price_lists', key: { id }, row: null })
    await logAct(tx, office, who, 'price-list-dropped', row.name)
  })
  return listPriceLists(office.db)
}

const priceChange = ({ product_id, list_id, condition }: Pick<PriceRecord, 'product_id' | 'list_id' | 'condition'>, price_cents: number | null) => {
  const key = { product_id, list_id, condition }
  return { kind: 'list_prices', key, row: price_cents === null ? null : { ...key, price_cents } }
}

export async function setListPrice(
  office: Office, who: string, given: { listId: string; productId: string; condition: PricedCondition; price_cents: number | null },
): Promise<PriceListRow[]> {
  const { listId, productId, condition, price_cents } = given
  await change(office, async (tx, tell) => {
    const list = await heldRecordOf<HoldsRecord>(tx, 'price_lists', { id: listId })
    if (list === null) throw new HubRefusal('no-such-thing')
    const product = (await productNames(tx, [productId])).get(productId)
    if (product === undefined && price_cents !== null) throw new HubRefusal('unknown-product')
    await putRecord(tx, tell, priceChange({ product_id: productId, list_id: listId, condition }, price_cents))
    await logAct(tx, office, who, 'list-price-set', `${list.name}: ${product?.sku ?? productId} ${condition} → ${price_cents ?? '–'}`)
  })
  await noteChange(office.db, changedAs(listId), office.now_ms())
  return listPriceLists(office.db)
}

export async function listPriceLists(db: Query): Promise<PriceListRow[]> {
  const lists = await recordsOf<HoldsRecord>(db, 'price_lists')
  const counts = await db.query<{ list: string; n: number }>(
    `SELECT l.id AS list, (SELECT count(*) FROM record p WHERE p.kind = 'list_prices' AND NOT p.gone AND p.body::jsonb ->> 'list_id' = l.id) AS n
     FROM unnest($1::text[]) AS l (id)`, [lists.map(({ id }) => id)],
  )
  const countOf = new Map(counts.map(({ list, n }) => [list, n]))
  const followers = await followersOf(db)
  const changeOf = await changesOf(db, 'price-list ')
  return lists
    .map((row) => ({ ...holdsView(row), prices: countOf.get(row.id) ?? 0, arrival: arrivalOf(followers, changeOf(changedAs(row.id))) }))
    .sort((a, b) => b.rank - a.rank || a.name.localeCompare(b.name))
}

/** A page of the prices of a list; `after` is the `next` of the page before. */
export async function pricesOfList(db: Query, listId: string, after: string | null, limit: number): Promise<{ rows: ListPrice[]; next: string | null }> {
  const found = await db.query<{ key: string; body: string }>(PRICES_OF, [listId, after ?? '', limit + 1])
  const page = found.slice(0, limit)
  const prices = page.map(({ body }) => JSON.parse(body) as PriceRecord)
  const products = await productNames(db, prices.map(({ product_id }) => product_id))
  return {
    rows: prices.map(({ product_id, condition, price_cents }) => {
      const product = products.get(product_id)
      return {
        productId: product_id, productName: product === undefined ? product_id : productName(product), condition,
        price_cents: cents(price_cents), usual_cents: cents(product?.price_cents ?? 0),
      }
    }),
    next: found.length > limit ? (page.at(-1)?.key ?? null) : null,
  }
}
