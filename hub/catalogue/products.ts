import { maskIn } from '../../contract/identity/mask-schema.ts'
import { readGtin } from '../../contract/identity/keys.ts'
import { cents } from '../../contract/money.ts'
import { columnOfLimits, limitsIn } from '../../contract/sensors/product-limits.ts'
import { Picture, Tracking } from '../../contract/unit.ts'
import type { Product, ProductOrder } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'
import { newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { noteLimitsChanged } from '../sensors/limits-changed.ts'
import { change, type Tell } from '../sync/feed.ts'
import { keyText, putRecords, type RecordChange } from '../sync/records.ts'
import { sortedPage } from './sorted-page.ts'

/** A product as the tills' mirrors hold it. */
export interface ProductRecord {
  readonly id: string
  readonly gtin: string | null
  readonly sku: string
  readonly brand: string
  readonly name: string
  readonly variant: string
  readonly category: string
  readonly picture: string
  readonly tracking: string
  readonly price_cents: number
  readonly tax_bp: number
  readonly serial_mask: string | null
  readonly maker_months: number
  readonly durable: number
  readonly active: number
  /** `ProductLimits` as JSON; left out of rows that were written before there were any. */
  readonly limits?: string | null
}

const productView = (row: ProductRecord, supplier: string): Product => ({
  id: row.id, gtin: row.gtin, sku: row.sku, brand: row.brand, name: row.name, variant: row.variant, category: row.category,
  picture: Picture.catch('other').parse(row.picture), tracking: Tracking.parse(row.tracking), price_cents: cents(row.price_cents),
  tax_bp: row.tax_bp, serialMask: row.serial_mask, makerMonths: row.maker_months, durable: row.durable === 1, active: row.active === 1, supplier, limits: limitsIn(row.limits),
})

const LISTED = "FROM record WHERE kind = 'products' AND NOT gone AND lower(body) LIKE ALL ($2::text[])"
const BY_KEY = `SELECT key, body ${LISTED} AND key > $1 ORDER BY key LIMIT $3`
const SORT_BY: Readonly<Record<ProductOrder, string>> = {
  name: "lower((body::jsonb ->> 'brand') || ' ' || (body::jsonb ->> 'name') || ' ' || (body::jsonb ->> 'variant'))",
  sku: "body::jsonb ->> 'sku'",
  gtin: "coalesce(body::jsonb ->> 'gtin', '')",
  tracking: "body::jsonb ->> 'tracking'",
  supplier: "coalesce((SELECT lower(supplier) FROM product_origin WHERE product_id = body::jsonb ->> 'id'), '')",
  price: "lpad(body::jsonb ->> 'price_cents', 16, '0')",
  state: "CASE body::jsonb ->> 'active' WHEN '1' THEN '1' ELSE '2' END",
}

/** A page of products whose words hold every word of `text`; `after` is the `next` of the page before. */
export async function listProducts(
  db: Query, { text, after, limit, order, isDown }: { text: string; after: string | null; limit: number; order: ProductOrder | null; isDown: boolean },
): Promise<{ rows: Product[]; next: string | null }> {
  const words = text.toLowerCase().split(/\s+/u).filter((word) => word !== '').slice(0, 6).map((word) => `%${likeText(word)}%`)
  const rows = await db.query<{ key: string; body: string }>(
    order === null ? BY_KEY : sortedPage(`SELECT key, body, ${SORT_BY[order]} AS sort_by ${LISTED}`, isDown), [after ?? '', words, limit + 1],
  )
  const page = rows.slice(0, limit)
  const records = page.map((row) => JSON.parse(row.body) as ProductRecord)
  const suppliers = await suppliersOf(db, records.map((row) => row.id))
  return {
    rows: records.map((row) => productView(row, suppliers.get(row.id) ?? '')),
    next: rows.length > limit ? (page.at(-1)?.key ?? null) : null,
  }
}

/** A word as it is meant: per cent and underscore are letters to a person. */
export const likeText = (word: string): string => word.replace(/[\\%_]/gu, (sign) => `\\${sign}`)

async function suppliersOf(db: Query, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ product_id: string; supplier: string }>('SELECT product_id, supplier FROM product_origin WHERE product_id = ANY ($1::text[])', [[...ids]])
  return new Map(rows.map((row) => [row.product_id, row.supplier]))
}

/**
 * Writes a product and the codes it is scanned by, and tells the tills. Refuses `bad-number` for a wrong check digit,
 * `no-rule` for a serial mask that no till could read, `already-there` for a code that another product has.
 */
export async function saveProduct(office: Office, who: string, given: Omit<Product, 'id'> & { id: string | null }): Promise<Product> {
  if (given.gtin !== null && !readGtin(given.gtin).ok) throw new HubRefusal('bad-number', { number: given.gtin })
  if (given.serialMask !== null && maskIn(given.serialMask) === null) throw new HubRefusal('no-rule')
  const id = given.id ?? newId()
  await change(office, async (tx, tell) => {
    if ((await writeProducts(tx, tell, [{ ...given, id }])).size > 0) throw new HubRefusal('already-there', { name: given.gtin ?? given.sku })
    await logAct(tx, office, who, 'product-saved', `${given.sku} ${given.brand} ${given.name}`)
  })
  return { ...given, id }
}

/**
 * The write itself, of some hundreds at a time inside of `change`. Answers the places of products that were passed over
 * because another product has their code.
 */
export async function writeProducts(tx: Query, tell: Tell, products: readonly Product[]): Promise<Set<number>> {
  const owners = await productsOfCodes(tx, products.flatMap(codesOf))
  const before = await productNames(tx, products.map((product) => product.id))
  const passedOver = new Set<number>()
  const records: RecordChange[] = []
  for (const [place, product] of products.entries()) {
    const codes = codesOf(product)
    if (codes.some((code) => (owners.get(code) ?? product.id) !== product.id)) {
      passedOver.add(place)
      continue
    }
    for (const code of codes) owners.set(code, product.id)
    records.push(...recordsOfProduct(product, codes, before.get(product.id)))
  }
  await putRecords(tx, tell, records)
  await noteLimitsChanged(tx, [...before.values()].filter((old) => records.some(({ kind, row }) => kind === 'products' && row?.['id'] === old.id && row['limits'] !== (old.limits ?? null))).map(({ id }) => id))
  const made = products.filter((product, place) => product.supplier !== '' && !passedOver.has(place))
  if (made.length > 0)
    await tx.query(
      `INSERT INTO product_origin (product_id, supplier) SELECT DISTINCT ON (n.id) n.id, n.supplier FROM jsonb_to_recordset($1::jsonb) AS n (id text, supplier text)
       ON CONFLICT (product_id) DO UPDATE SET supplier = excluded.supplier`, [JSON.stringify(made.map(({ id, supplier }) => ({ id, supplier })))],
    )
  return passedOver
}

const codesOf = ({ gtin, sku }: Product): string[] => [gtin, sku].filter((code) => code !== null)

function recordsOfProduct(product: Product, codes: readonly string[], before: ProductRecord | undefined): RecordChange[] {
  const row: ProductRecord = {
    id: product.id, gtin: product.gtin, sku: product.sku, brand: product.brand, name: product.name, variant: product.variant,
    category: product.category, picture: product.picture, tracking: product.tracking, price_cents: product.price_cents, tax_bp: product.tax_bp,
    serial_mask: product.serialMask, maker_months: product.makerMonths, durable: product.durable ? 1 : 0, active: product.active ? 1 : 0,
    limits: product.limits === undefined ? (before?.limits ?? null) : columnOfLimits(product.limits),
  }
  const old = before === undefined ? [] : [before.gtin, before.sku].filter((code) => code !== null && !codes.includes(code))
  const product_id = product.id
  return [
    { kind: 'products', key: { id: product_id }, row: { ...row } },
    ...old.map((code) => ({ kind: 'product_codes', key: { code, product_id }, row: null })),
    ...codes.map((code) => ({ kind: 'product_codes', key: { code, product_id }, row: { code, product_id } })),
  ]
}

/** The product that is scanned by this code (a GTIN with 14 digits, or a SKU); null if none, or more than one. */
export const productOfCode = async (db: Query, code: string): Promise<string | null> => (await productsOfCodes(db, [code])).get(code) ?? null

/** The same for many codes at once; those that no product or several products have are left out. */
export async function productsOfCodes(db: Query, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ code: string; product: string; others: number }>(
    `SELECT body::jsonb ->> 'code' AS code, min(body::jsonb ->> 'product_id') AS product, count(*) AS others FROM record
     WHERE kind = 'product_codes' AND NOT gone AND body::jsonb ->> 'code' = ANY ($1::text[]) GROUP BY 1`, [[...new Set(codes)]],
  )
  return new Map(rows.filter((row) => row.others === 1).map((row) => [row.code, row.product]))
}

/** Names of products by id, for lists that show a product beside something else. */
export async function productNames(db: Query, ids: Iterable<string>): Promise<Map<string, ProductRecord>> {
  const keys = [...new Set(ids)].map((id) => keyText({ id }))
  const rows = await db.query<{ body: string }>("SELECT body FROM record WHERE kind = 'products' AND key = ANY ($1::text[])", [keys])
  return new Map(rows.map((row) => JSON.parse(row.body) as ProductRecord).map((row) => [row.id, row]))
}
