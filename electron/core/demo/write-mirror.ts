import type { Database } from 'better-sqlite3'
import { matchKey } from '../../../contract/identity/match-key.ts'
import { calendarOf, instantOf } from './calendar.ts'
import { CATALOGUE, LOTS, gtinOf, productId, skuOf } from './catalogue.ts'
import { DEMO_POLICY } from './demo-policy.ts'
import { DEMO_SHOP_NAME, DEMO_STAFF, DEMO_STORES } from './demo-shop.ts'
import type { Life } from './life.ts'
import { maskOf } from './numbering.ts'
import { randomFrom } from './random.ts'

const INSERT_ABOUT = 'INSERT INTO about (key, value) VALUES (?, ?)'
const INSERT_STORE = `INSERT INTO stores
  (id, name, address, country, currency, tax_number, tax_inclusive, cash_step, time_zone)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
const INSERT_STAFF =
  'INSERT INTO staff (id, name, role, store_id, pin_hash, badge, demo_pin) VALUES (?, ?, ?, NULL, ?, ?, ?)'
const INSERT_POLICY = 'INSERT INTO policies (version, in_force_from, document) VALUES (?, ?, ?)'
const INSERT_LIST = 'INSERT INTO lists (name, as_of) VALUES (?, ?)'
const INSERT_PRODUCT = `INSERT INTO products (id, gtin, sku, brand, name, variant, category, picture, tracking,
  price_cents, tax_bp, serial_mask, maker_months, durable, active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`
const INSERT_CODE = 'INSERT INTO product_codes (code, product_id) VALUES (?, ?)'
const INSERT_LOT = 'INSERT INTO lots (product_id, lot, store_id, expiry, quantity) VALUES (?, ?, ?, ?, ?)'
const INSERT_UNIT = `INSERT INTO units (id, product_id, custody, store_id, area, title, sale_id, receipt_number, sold_at,
  sold_store_id, channel, paid_cents, currency, tender, condition, price_cents, produced_on, more, ver)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`
const INSERT_ALIAS = 'INSERT INTO unit_aliases (value, unit_id, kind, match_key, retired_why) VALUES (?, ?, ?, ?, ?)'
const INSERT_EVENT =
  'INSERT INTO unit_events (unit_id, at, n, kind, store_id, who, params) VALUES (?, ?, ?, ?, ?, ?, ?)'

/** Everything of the demo shop but its units. Services and goods without a number carry their codes all the same. */
export function writeShop(db: Database, seed: string, now: string): void {
  const about = db.prepare(INSERT_ABOUT)
  const facts = { demo: '1', seed, as_of: now, shop: DEMO_SHOP_NAME, home_store: DEMO_STORES[0].id }
  for (const [key, value] of Object.entries(facts)) about.run(key, value)

  const store = db.prepare(INSERT_STORE)
  for (const { id, name, address, country, currency, taxNumber, taxInclusive, cashStep, timeZone } of DEMO_STORES)
    store.run(id, name, address, country, currency, taxNumber, taxInclusive ? 1 : 0, cashStep, timeZone)

  const person = db.prepare(INSERT_STAFF)
  for (const { id, name, role, pinHash, badge, pin } of DEMO_STAFF) person.run(id, name, role, pinHash, badge, pin)

  db.prepare(INSERT_POLICY).run(DEMO_POLICY.version, now, JSON.stringify(DEMO_POLICY))
  const list = db.prepare(INSERT_LIST)
  for (const name of ['stolen', 'recall']) list.run(name, now)

  writeProducts(db)
  writeLots(db, now)
}

function writeProducts(db: Database): void {
  const insert = db.prepare(INSERT_PRODUCT)
  const code = db.prepare(INSERT_CODE)
  for (const product of CATALOGUE) {
    const id = productId(product.item)
    const gtin = product.tracking === 'service' ? null : gtinOf(product.item)
    const mask = product.numbering === null ? null : maskOf(product.numbering)
    insert.run(
      id, gtin, skuOf(product.item), product.brand, product.name, product.variant, product.category, product.picture,
      product.tracking, product.price_cents, product.tax_bp, mask, product.makerMonths, product.durable ? 1 : 0,
    )
    if (gtin !== null) code.run(gtin, id)
    code.run(skuOf(product.item), id)
  }
}

function writeLots(db: Database, now: string): void {
  const calendar = calendarOf(now, randomFrom('lots'))
  const insert = db.prepare(INSERT_LOT)
  for (const { item, lot, expiresInDays, quantity } of LOTS)
    for (const { id } of DEMO_STORES)
      insert.run(productId(item), lot, id, expiresInDays === null ? null : calendar.day(expiresInDays), quantity)
}

export interface LivedUnit {
  readonly id: string
  readonly productId: string
  readonly producedOn: string
  readonly life: Life
}

/** Makes the function that writes one unit with its numbers and its history. Use it inside a transaction. */
export function unitWriter(db: Database): (unit: LivedUnit) => void {
  const insertUnit = db.prepare(INSERT_UNIT)
  const insertAlias = db.prepare(INSERT_ALIAS)
  const insertEvent = db.prepare(INSERT_EVENT)
  return ({ id, productId, producedOn, life }) => {
    const { sale } = life
    insertUnit.run(
      id, productId, life.custody, life.storeId, life.area, life.title,
      sale?.id ?? null, sale?.receipt ?? null, sale === null ? null : instantOf(sale.at_ms), sale?.store.id ?? null,
      sale?.channel ?? null, life.paid_cents, sale?.store.currency ?? null, sale?.tender ?? null,
      life.condition, life.price_cents, producedOn, moreOf(life),
    )
    for (const { kind, value, retiredWhy } of life.aliases) {
      const key = matchKey(value, 'loose')
      insertAlias.run(value, id, kind, key === value ? null : key, retiredWhy)
    }
    life.events.forEach((event, n) => {
      insertEvent.run(id, event.at, n, event.kind, event.storeId, event.who, JSON.stringify(event.params))
    })
  }
}

/** What is rare about a unit, as JSON, or null for the nearly all about whom nothing is. */
function moreOf({ flags, cover, custodyMore, titleMore }: Life): string | null {
  if (flags.length === 0 && cover.length === 0 && custodyMore === null && titleMore === null) return null
  return JSON.stringify({
    ...(flags.length === 0 ? {} : { flags }),
    ...(cover.length === 0 ? {} : { cover }),
    ...(custodyMore === null ? {} : { custody: custodyMore }),
    ...(titleMore === null ? {} : { title: titleMore }),
  })
}
