import type { UnitFacts } from '../../contract/unit.ts'
import { matchKey } from '../../contract/identity/match-key.ts'
import { LIMIT_FIELDS } from '../../contract/sensors/written-limits.ts'
import type { Flag } from '../../contract/unit.ts'
import type { ImportKind } from '../contract/office-calls.ts'
import { productsOfCodes, writeProducts } from '../catalogue/products.ts'
import { recordOf } from '../catalogue/put-record.ts'
import { writeStaff, type StaffRecord } from '../catalogue/staff.ts'
import { reportSome } from '../catalogue/stolen.ts'
import { storesOf } from '../catalogue/stores.ts'
import { saveCustomer } from '../customers/customers.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import type { Office } from '../people/office.ts'
import { hashSecret } from '../people/secret-hash.ts'
import type { Tell } from '../sync/feed.ts'
import { feedRowOf, newUnit, scopesOfChange, withFacts, writeUnits, type HubUnit } from '../sync/units.ts'
import type { Row } from './cells.ts'
import { faultOf, type RowFault, type RowReading } from './row-fault.ts'
import {
  readCustomer, readProduct, readStaff, readStolen, readUnit, type CustomerRow, type ProductRow, type StaffRow, type StolenNumberRow, type UnitRow,
} from './row-readers.ts'

export interface ReadRow {
  readonly line: number
  readonly row: Row
}

export interface LineFault extends RowFault {
  readonly line: number
}

/** What is done with some hundreds of rows in one transaction; answers what was wrong with those that were not taken. */
export type Applying = (tx: Query, tell: Tell) => Promise<LineFault[]>

/** Columns without which a list of this kind is none. */
export const NEEDED: Readonly<Record<ImportKind, readonly string[]>> = {
  products: ['sku', 'brand', 'name', 'category', 'price', 'tax_rate'], units: ['serial'], customers: ['email', 'name'], staff: ['name', 'role'], stolen: ['serial'],
}
export const KNOWN: Readonly<Record<ImportKind, readonly string[]>> = {
  products: [...NEEDED.products, 'gtin', 'variant', 'picture', 'tracking', 'maker_months', 'durable', 'serial_mask', 'supplier', ...LIMIT_FIELDS],
  units: ['gtin', 'sku', 'serial', 'kind', 'store', 'area', 'condition', 'lot', 'supplier', 'produced_on', 'price'],
  customers: ['email', 'name', 'phone', 'address', 'language'], staff: ['id', 'name', 'role', 'store', 'pin', 'badge'], stolen: ['serial', 'kind', 'reference', 'reason'],
}

const READERS: Readonly<Record<ImportKind, (row: Row) => RowReading<object>>> = {
  products: readProduct, units: readUnit, customers: readCustomer, staff: readStaff, stolen: readStolen,
}

/** What is wrong with a row by itself, without the database. */
export function troublesOf(kind: ImportKind, { line, row }: ReadRow): LineFault[] {
  const read = READERS[kind](row)
  return read.ok ? [] : read.faults.map((fault) => ({ ...fault, line }))
}

interface Good<T> {
  readonly line: number
  readonly value: T
}

/** Reads rows and prepares their writing. What takes long (hashing PINs) is done here, before any lock is held. */
export async function prepare(office: Office, kind: ImportKind, by: string, rows: readonly ReadRow[]): Promise<Applying> {
  const faults: LineFault[] = []
  const good: Good<object>[] = []
  for (const { line, row } of rows) {
    const read = READERS[kind](row)
    if (read.ok) good.push({ line, value: read.row })
    else faults.push(...read.faults.map((fault) => ({ ...fault, line })))
  }
  const apply = await applying(office, kind, by, good)
  return async (tx, tell) => [...faults, ...(await apply(tx, tell))]
}

async function applying(office: Office, kind: ImportKind, by: string, rows: readonly Good<object>[]): Promise<Applying> {
  switch (kind) {
    case 'products':
      return (tx, tell) => applyProducts(tx, tell, rows as readonly Good<ProductRow>[])
    case 'units':
      return (tx, tell) => applyUnits(tx, tell, office, by, rows as readonly Good<UnitRow>[])
    case 'customers':
      return async (tx) => {
        for (const { value } of rows as readonly Good<CustomerRow>[]) await saveCustomer(tx, office, value)
        return []
      }
    case 'staff':
      return applyStaff(office, rows as readonly Good<StaffRow>[])
    default:
      return (tx, tell) => applyStolen(tx, tell, office, by, rows as readonly Good<StolenNumberRow>[])
  }
}

async function applyProducts(tx: Query, tell: Tell, rows: readonly Good<ProductRow>[]): Promise<LineFault[]> {
  const known = await productsOfCodes(tx, rows.flatMap(({ value }) => [value.sku, value.gtin ?? value.sku]))
  const ids = new Map<string, string>()
  const products = rows.map(({ value }) => {
    const id = ids.get(value.sku) ?? known.get(value.sku) ?? newId()
    ids.set(value.sku, id)
    return { ...value, id, active: true }
  })
  const passedOver = await writeProducts(tx, tell, products)
  return [...passedOver].map((place) => ({ line: rows[place]?.line ?? 0, ...faultOf('gtin', 'not-one-of', rows[place]?.value.gtin ?? '') }))
}

/** New pieces; one that is known under this number of this product stays as it is, so the same list may come twice. */
async function applyUnits(tx: Query, tell: Tell, office: Office, by: string, rows: readonly Good<UnitRow>[]): Promise<LineFault[]> {
  const faults: LineFault[] = []
  const products = await productsOfCodes(tx, rows.map(({ value }) => value.gtin ?? value.sku))
  const stores = await storesOf(tx)
  const there = await knownPieces(tx, rows.map(({ value }) => value.serial))
  const stolen = await stolenFlags(tx, rows.map(({ value }) => value.serial), by)
  const fresh: { unit: HubUnit; supplier: string; lot: string }[] = []
  for (const { line, value } of rows) {
    const productId = products.get(value.gtin ?? value.sku)
    if (productId === undefined) faults.push({ line, ...faultOf(value.gtin === null ? 'sku' : 'gtin', 'unknown-product', value.gtin ?? value.sku) })
    if (value.store !== '' && !stores.has(value.store)) faults.push({ line, ...faultOf('store', 'unknown-store', value.store) })
    if (productId === undefined || (value.store !== '' && !stores.has(value.store))) continue
    const name = `${productId} ${value.serial}`
    if (there.has(name)) continue
    there.add(name)
    fresh.push({ unit: unitOf(value, productId, stolen.get(value.serial) ?? []), supplier: value.supplier, lot: value.lot })
  }
  await writeUnits(tx, fresh.map(({ unit }) => ({ was: 0, unit })))
  const origins = fresh.filter(({ supplier, lot }) => supplier !== '' || lot !== '').map(({ unit, supplier, lot }) => ({ unit_id: unit.id, supplier: supplier === '' ? null : supplier, lot: lot === '' ? null : lot }))
  if (origins.length > 0)
    await tx.query(
      `INSERT INTO unit_origin (unit_id, supplier, lot) SELECT n.unit_id, n.supplier, n.lot
       FROM jsonb_to_recordset($1::jsonb) AS n (unit_id text, supplier text, lot text) ON CONFLICT DO NOTHING`, [JSON.stringify(origins)],
    )
  const line = { at: instant(office.now_ms()), n: 1, kind: 'stocked', store_id: null, who: by, params: {} }
  for (const { unit } of fresh) tell(scopesOfChange(null, unit, null), feedRowOf(unit, [line]))
  return faults
}

export function unitOf(value: UnitRow, productId: string, flags: readonly Flag[]): HubUnit {
  const inStock = value.store !== ''
  const facts: UnitFacts = {
    custody: inStock ? { at: 'in-stock', storeId: value.store, area: value.area } : { at: 'unknown' },
    title: { is: inStock ? 'ours' : 'unknown' }, condition: value.condition, flags: [...flags], cover: [],
  }
  const key = matchKey(value.serial, 'loose')
  const alias = { value: value.serial, kind: value.kind, match_key: key === value.serial ? null : key, retired_why: null }
  const blank = { ...newUnit(newId(), productId, [alias], facts), more: value.lot === '' ? null : JSON.stringify({ lot: value.lot }) }
  return { ...withFacts(blank, facts), price_cents: value.price_cents, produced_on: value.producedOn }
}

async function knownPieces(tx: Query, serials: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ value: string; product_id: string }>(
    'SELECT a.value, u.product_id FROM unit_alias a JOIN unit u ON u.id = a.unit_id WHERE a.value = ANY ($1::text[])', [[...serials]],
  )
  return new Set(rows.map((row) => `${row.product_id} ${row.value}`))
}

/** Numbers that were on the list before their piece was known. */
export async function stolenFlags(tx: Query, serials: readonly string[], by: string): Promise<Map<string, Flag[]>> {
  const rows = await tx.query<{ serial: string; kind: 'stolen-own' | 'stolen-reported'; reference: string; reason: string; since: string }>(
    'SELECT serial, kind, reference, reason, since FROM stolen_number WHERE lifted_at IS NULL AND serial = ANY ($1::text[])', [[...serials]],
  )
  return new Map(rows.map(({ serial, kind, reference, reason, since }) => [serial, [{ kind, source: by, at: since, reason, reference: reference === '' ? null : reference }]]))
}

async function applyStaff(office: Office, rows: readonly Good<StaffRow>[]): Promise<Applying> {
  const hashed = await Promise.all(rows.map(async ({ line, value }) => ({ line, value, hash: value.pin === '' ? null : await hashSecret(value.pin) })))
  return async (tx, tell) => {
    const stores = await storesOf(tx)
    const faults: LineFault[] = []
    for (const { line, value, hash } of hashed) {
      if (value.store !== '' && !stores.has(value.store)) {
        faults.push({ line, ...faultOf('store', 'unknown-store', value.store) })
        continue
      }
      const id = value.id === '' ? newId() : value.id
      const before = await recordOf<StaffRecord>(tx, 'staff', { id })
      const badge = value.badge === '' ? (before?.badge ?? null) : value.badge
      const row = { id, name: value.name, role: value.role, store_id: value.store === '' ? null : value.store, pin_hash: hash ?? before?.pin_hash ?? '-', badge, demo_pin: null }
      await writeStaff(tx, tell, row, true, instant(office.now_ms()))
    }
    return faults
  }
}

async function applyStolen(tx: Query, tell: Tell, office: Office, by: string, rows: readonly Good<StolenNumberRow>[]): Promise<LineFault[]> {
  const groups = Map.groupBy(rows, ({ value }) => JSON.stringify([value.kind, value.reference, value.reason]))
  for (const group of groups.values()) {
    const [first] = group
    if (first !== undefined) await reportSome(tx, tell, office, by, { ...first.value, serials: [...new Set(group.map(({ value }) => value.serial))] })
  }
  return []
}
