import type { Database } from 'better-sqlite3'
import { cents, minus, taxWithin, type Cents } from '../../../contract/money.ts'
import type { GateKind } from '../../../contract/sale-view.ts'
import type { PromotionRule } from '../../../contract/promotion.ts'
import { calendarOf } from './calendar.ts'
import { CATALOGUE, productId } from './catalogue.ts'
import { DEMO_STORES } from './demo-shop.ts'
import { randomFrom } from './random.ts'

const INSERT_LIST = 'INSERT INTO price_lists (id, name, store_id, from_day, until_day, rank) VALUES (?, ?, ?, ?, ?, ?)'
const INSERT_PRICE = "INSERT INTO list_prices (product_id, list_id, condition, price_cents) VALUES (?, ?, '*', ?)"
const INSERT_PROMOTION = 'INSERT INTO promotions (id, name, store_id, from_day, until_day, rank, rule) VALUES (?, ?, NULL, ?, ?, ?, ?)'
const INSERT_TAX = 'INSERT INTO store_taxes (store_id, catalogue_bp, tax_bp) VALUES (?, ?, ?)'
const INSERT_GATE = 'INSERT INTO product_gates (product_id, gate, value) VALUES (?, ?, ?)'

const INSERT_PLAN = 'INSERT INTO product_plans (product_id, months, categories) VALUES (?, ?, ?)'
const INSERT_PART = 'INSERT INTO kit_parts (kit_product_id, part_product_id, count) VALUES (?, ?, ?)'

const products = (...items: number[]) => ({ products: items.map(productId) })

interface DemoPromotion {
  readonly id: string
  readonly name: string
  /** Days from the demo's today; null has no end. */
  readonly from: number
  readonly until: number | null
  readonly rule: PromotionRule
}

/** One of each kind, and two that do not hold today: one is over, one has not begun. */
const PROMOTIONS: readonly DemoPromotion[] = [
  { id: 'promo-cells', name: '3 for 2', from: -30, until: 60, rule: { is: 'n-for-m', of: products(221, 222), take: 3, pay: 2 } },
  { id: 'promo-balm', name: 'Balm days', from: -5, until: 20, rule: { is: 'percent', of: products(233), off_bp: 2_000 } },
  { id: 'promo-strings', name: 'Strings week', from: -60, until: null, rule: { is: 'amount', of: products(208), off_cents: cents(200) } },
  {
    id: 'promo-night', name: 'Night set: book and strap', from: -10, until: 30,
    rule: { is: 'bundle', parts: [{ of: products(211), count: 1 }, { of: products(207), count: 1 }], price_cents: cents(3_990) },
  },
  { id: 'promo-over', name: 'Summer of straps', from: -120, until: -40, rule: { is: 'percent', of: products(206, 207), off_bp: 5_000 } },
  { id: 'promo-soon', name: 'Winter of straps', from: 25, until: 70, rule: { is: 'percent', of: products(206, 207), off_bp: 3_000 } },
]

/** Rates of the catalogue's classes elsewhere: Switzerland since 2024 (art. 25 MWSTG), France (art. 278, 278-0 bis CGI). */
const TAXES = [
  ['store-zurich', 1_900, 810], ['store-zurich', 700, 260], ['store-lyon', 1_900, 2_000], ['store-lyon', 700, 550],
] as const

const GATES: readonly (readonly [number, GateKind, string])[] = [
  [212, 'age', '18'], [212, 'register', 'animal defence sprays'], [234, 'cold-chain', '8'],
]

/** Two years for what can be dropped; a camera with what it needs on its first day. */
const PLANS = [[244, 24, ['phone', 'tablet', 'laptop', 'camera']]] as const
const KITS = [[213, [[142, 1], [207, 1], [211, 1]]]] as const

/** Price lists, promotions, taxes and gates of the demo shop: one of everything the counter can meet. */
export function writePrices(db: Database, now: string): void {
  const calendar = calendarOf(now, randomFrom('prices'))
  const list = db.prepare(INSERT_LIST)
  const price = db.prepare(INSERT_PRICE)
  list.run('list-zurich', 'Zürich', 'store-zurich', null, null, 0)
  for (const { item, price_cents } of CATALOGUE) price.run(productId(item), 'list-zurich', inFrancs(price_cents))
  list.run('list-hamburg', 'Net', 'store-hamburg', null, null, 0)
  for (const { item, price_cents, tax_bp } of CATALOGUE) price.run(productId(item), 'list-hamburg', netOf(cents(price_cents), tax_bp))
  list.run('list-season', 'Season', DEMO_STORES[0].id, calendar.day(-10), calendar.day(60), 10)
  price.run(productId(205), 'list-season', 2_999)
  const promotion = db.prepare(INSERT_PROMOTION)
  for (const { id, name, from, until, rule } of PROMOTIONS)
    promotion.run(id, name, calendar.day(from), until === null ? null : calendar.day(until), 0, JSON.stringify(rule))
  const tax = db.prepare(INSERT_TAX)
  for (const row of TAXES) tax.run(...row)
  const plan = db.prepare(INSERT_PLAN)
  for (const [item, months, categories] of PLANS) plan.run(productId(item), months, JSON.stringify(categories))
  const part = db.prepare(INSERT_PART)
  for (const [item, parts] of KITS) for (const [of, count] of parts) part.run(productId(item), productId(of), count)
  const gate = db.prepare(INSERT_GATE)
  for (const [item, kind, value] of GATES) gate.run(productId(item), kind, value)
}

/** The same thing costs the same in the end, whether the tax stands in the price or comes on top of it. */
const netOf = (price_cents: Cents, tax_bp: number): Cents => minus(price_cents, taxWithin(price_cents, tax_bp))

/** A tenth more, to the five rappen that Swiss coins end with. */
const inFrancs = (price_cents: number): number => Math.round((price_cents * 11) / 50) * 5
