import { cents } from '../../contract/money.ts'
import { productName } from '../../contract/product-name.ts'
import type { ArticleSet, ArticleSetRow } from '../contract/price-calls.ts'
import type { Query } from '../database.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { putRecords } from '../sync/records.ts'
import { arrivalOf, changesOf, followersOf, noteChange } from './arrivals.ts'
import { productNames } from './products.ts'
import { recordsOf } from './put-record.ts'

interface PartRecord {
  readonly kit_product_id: string
  readonly part_product_id: string
  readonly count: number
}

const changedAs = (productId: string): string => `set ${productId}`
const partChange = ({ kit_product_id, part_product_id, count }: PartRecord, stays: boolean) => {
  const key = { kit_product_id, part_product_id }
  return { kind: 'kit_parts', key, row: stays ? { ...key, count } : null }
}

/** Says what belongs to a set: these parts and no others. What the set costs is the price of its own article. */
export async function saveSet(office: Office, who: string, { productId, parts }: ArticleSet): Promise<ArticleSetRow[]> {
  const ids = parts.map((part) => part.productId)
  await change(office, async (tx, tell) => {
    const known = await productNames(tx, [productId, ...ids])
    if (known.size !== new Set([productId, ...ids]).size) throw new HubRefusal('unknown-product')
    const before = await recordsOf<PartRecord>(tx, 'kit_parts')
    const isNested = before.some((row) => ids.includes(row.kit_product_id) || row.part_product_id === productId)
    if (isNested || ids.includes(productId) || new Set(ids).size !== ids.length) throw new HubRefusal('no-set')
    const gone = before.filter((row) => row.kit_product_id === productId && !ids.includes(row.part_product_id))
    await putRecords(tx, tell, [
      ...gone.map((row) => partChange(row, false)),
      ...parts.map((part) => partChange({ kit_product_id: productId, part_product_id: part.productId, count: part.count }, true)),
    ])
    await logAct(tx, office, who, 'set-saved', known.get(productId)?.sku ?? productId)
  })
  await noteChange(office.db, changedAs(productId), office.now_ms())
  return listSets(office.db)
}

export async function dropSet(office: Office, who: string, productId: string): Promise<ArticleSetRow[]> {
  await change(office, async (tx, tell) => {
    const parts = (await recordsOf<PartRecord>(tx, 'kit_parts')).filter((row) => row.kit_product_id === productId)
    if (parts.length === 0) throw new HubRefusal('no-such-thing')
    await putRecords(tx, tell, parts.map((row) => partChange(row, false)))
    await logAct(tx, office, who, 'set-dropped', productId)
  })
  return listSets(office.db)
}

export async function listSets(db: Query): Promise<ArticleSetRow[]> {
  const rows = await recordsOf<PartRecord>(db, 'kit_parts')
  const products = await productNames(db, rows.flatMap((row) => [row.kit_product_id, row.part_product_id]))
  const nameOf = (id: string): string => {
    const product = products.get(id)
    return product === undefined ? id : productName(product)
  }
  const followers = await followersOf(db)
  const changeOf = await changesOf(db, 'set ')
  return [...new Set(rows.map((row) => row.kit_product_id))].map((productId) => ({
    productId, productName: nameOf(productId), price_cents: cents(products.get(productId)?.price_cents ?? 0),
    arrival: arrivalOf(followers, changeOf(changedAs(productId))),
    parts: rows.filter((row) => row.kit_product_id === productId)
      .map((row) => ({ productId: row.part_product_id, productName: nameOf(row.part_product_id), count: row.count })),
  }))
}
