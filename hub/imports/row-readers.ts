import { Language } from '../../contract/ids.ts'
import { ZERO, type Cents } from '../../contract/money.ts'
import { maskIn } from '../../contract/identity/mask-schema.ts'
import { isPin, PIN_DIGITS_MAX } from '../../contract/pin.ts'
import type { ProductLimits } from '../../contract/sensors/product-limits.ts'
import { LIMIT_FIELDS, readWrittenLimits, writtenLimits } from '../../contract/sensors/written-limits.ts'
import { Picture } from '../../contract/unit.ts'
import { Cells, type Row } from './cells.ts'
import type { RowReading } from './row-fault.ts'

export interface ProductRow {
  readonly sku: string
  readonly gtin: string | null
  readonly brand: string
  readonly name: string
  readonly variant: string
  readonly category: string
  readonly picture: Picture
  readonly tracking: 'serial' | 'lot' | 'none' | 'service'
  readonly price_cents: Cents
  readonly tax_bp: number
  readonly makerMonths: number
  readonly durable: boolean
  readonly serialMask: string | null
  readonly supplier: string
  /** Left out by a list without columns for limits: they stay as they are. */
  readonly limits?: ProductLimits | null
}

export interface UnitRow {
  /** By what the product is named: a GTIN with 14 digits, else the SKU. */
  readonly gtin: string | null
  readonly sku: string
  readonly serial: string
  readonly kind: 'serial' | 'imei' | 'vin' | 'mac' | 'own'
  readonly store: string
  readonly area: string
  readonly condition: 'new' | 'open-box' | 'refurbished' | 'damaged' | 'parts-missing' | 'to-inspect'
  readonly lot: string
  readonly supplier: string
  readonly producedOn: string | null
  readonly price_cents: Cents | null
}

export interface CustomerRow {
  readonly email: string
  readonly name: string
  readonly phone: string
  readonly address: string
  /** Null where the list does not say. */
  readonly language: Language | null
}

export interface StaffRow {
  readonly id: string
  readonly name: string
  readonly role: 'cashier' | 'supervisor' | 'manager' | 'service' | 'auditor'
  readonly store: string
  readonly pin: string
  readonly badge: string
}

/** Columns: `sku`*, `gtin`, `brand`*, `name`*, `variant`, `category`*, `tracking`, `price`*, `tax_rate` (percent)*, … */
export function readProduct(row: Row): RowReading<ProductRow> {
  const cells = new Cells(row)
  const tracking = cells.oneOf('tracking', ['serial', 'lot', 'none', 'service'], 'none')
  const mask = cells.text('serial_mask', 2_000)
  if (mask !== '' && maskIn(mask) === null) cells.fault('serial_mask', 'bad-mask', mask)
  return cells.reading({
    sku: cells.text('sku', 64, 'must'),
    gtin: cells.gtin('gtin'),
    brand: cells.text('brand', 80, 'must'),
    name: cells.text('name', 160, 'must'),
    variant: cells.text('variant', 80),
    category: cells.text('category', 64, 'must'),
    picture: cells.oneOf('picture', Picture.options, tracking === 'service' ? 'service' : 'other'),
    tracking,
    price_cents: cells.amount('price', 'must') ?? ZERO,
    tax_bp: cells.amount('tax_rate', 'must') ?? 0,
    makerMonths: cells.whole('maker_months', 600, 0),
    durable: cells.oneOf('durable', ['yes', 'no'], 'no') === 'yes',
    serialMask: mask === '' ? null : mask,
    supplier: cells.text('supplier', 80),
    ...limitsOf(row, cells),
  })
}

/** The limits of a product where the list has any column for them; cells that are all empty take them away. */
function limitsOf(row: Row, cells: Cells): Pick<ProductRow, 'limits'> {
  const named = LIMIT_FIELDS.filter((field) => row[field] !== undefined)
  if (named.length === 0) return {}
  const written = { ...writtenLimits(null), ...Object.fromEntries(named.map((field) => [field, cells.text(field, 16)])) }
  const { limits, faults } = readWrittenLimits(written)
  for (const { field, code } of faults) cells.fault(field, code, written[field])
  return { limits }
}

/** Columns: `gtin` or `sku`*, `serial`*, `kind`, `store`, `area`, `condition`, `lot`, `supplier`, `produced_on`, `price`. */
export function readUnit(row: Row): RowReading<UnitRow> {
  const cells = new Cells(row)
  const gtin = cells.gtin('gtin')
  const hasGtin = (row['gtin'] ?? '').trim() !== ''
  return cells.reading({
    gtin,
    sku: cells.text('sku', 64, hasGtin ? 'may' : 'must'),
    serial: cells.text('serial', 64, 'must'),
    kind: cells.oneOf('kind', ['serial', 'imei', 'vin', 'mac', 'own'], 'serial'),
    store: cells.text('store', 64),
    area: cells.text('area', 32) || 'back-room',
    condition: cells.oneOf('condition', ['new', 'open-box', 'refurbished', 'damaged', 'parts-missing', 'to-inspect'], 'new'),
    lot: cells.text('lot', 32),
    supplier: cells.text('supplier', 80),
    producedOn: cells.day('produced_on'),
    price_cents: cells.amount('price'),
  })
}

/** Columns: `email`*, `name`*, `phone`, `address`, `language`. */
export function readCustomer(row: Row): RowReading<CustomerRow> {
  const cells = new Cells(row)
  const email = cells.text('email', 254, 'must')
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email)) cells.fault('email', 'not-a-mail-address', email)
  return cells.reading({
    email,
    name: cells.text('name', 160, 'must'),
    phone: cells.text('phone', 40),
    address: cells.text('address', 400),
    language: cells.text('language', 32) === '' ? null : cells.oneOf('language', Language.options, 'en'),
  })
}

/** Columns: `id`, `name`*, `role`*, `store`, `pin`, `badge`. */
export function readStaff(row: Row): RowReading<StaffRow> {
  const cells = new Cells(row)
  const pin = cells.text('pin', PIN_DIGITS_MAX)
  if (pin !== '' && !isPin(pin)) cells.fault('pin', 'bad-pin', '')
  if ((row['role'] ?? '').trim() === '') cells.fault('role', 'missing', '')
  return cells.reading({
    id: cells.text('id', 64),
    name: cells.text('name', 120, 'must'),
    role: cells.oneOf('role', ['cashier', 'supervisor', 'manager', 'service', 'auditor'], 'cashier'),
    store: cells.text('store', 64),
    pin,
    badge: cells.text('badge', 64),
  })
}

export interface StolenNumberRow {
  readonly serial: string
  readonly kind: 'stolen-own' | 'stolen-reported'
  readonly reference: string
  readonly reason: string
}

/** Columns: `serial`*, `kind` (stolen-reported unless said), `reference`, `reason`. */
export function readStolen(row: Row): RowReading<StolenNumberRow> {
  const cells = new Cells(row)
  return cells.reading({
    serial: cells.text('serial', 128, 'must'),
    kind: cells.oneOf('kind', ['stolen-own', 'stolen-reported'], 'stolen-reported'),
    reference: cells.text('reference', 64),
    reason: cells.text('reason', 512),
  })
}
