import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../electron/core/store/open-database.ts'
import { listPrice, promotionsOf, storeTax } from '../../../electron/core/prices/price-tags.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
const BERLIN = { storeId: 'berlin', day: '2026-03-14' }
let folder: string
let mirror: Database.Database

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countermark-prices-'))
  mirror = openDatabase(join(folder, 'mirror.db'), join(MIGRATIONS, 'mirror'), 'disposable')
})
afterEach(() => {
  mirror.close()
  rmSync(folder, { recursive: true, force: true })
})

const list = (id: string, store: string | null, from: string | null, until: string | null, rank = 0) =>
  mirror.prepare('INSERT INTO price_lists VALUES (?, ?, ?, ?, ?, ?)').run(id, id, store, from, until, rank)
const price = (id: string, cents: number, condition = '*') => mirror.prepare('INSERT INTO list_prices VALUES (?, ?, ?, ?)').run('phone', id, condition, cents)

describe('what a thing costs', () => {
  it('is the price of its product where no list names it', () => expect(listPrice(mirror, 'phone', 'new', BERLIN)).toBeNull())

  it('holds from the first day of a list through its last', () => {
    list('spring', null, '2026-03-01', '2026-03-14')
    price('spring', 900)
    expect(listPrice(mirror, 'phone', 'new', BERLIN)).toBe(900)
    expect(listPrice(mirror, 'phone', 'new', { ...BERLIN, day: '2026-03-15' })).toBeNull()
    expect(listPrice(mirror, 'phone', 'new', { ...BERLIN, day: '2026-02-28' })).toBeNull()
  })

  it('is that of the store before that of all stores, then of the higher rank, then of the condition', () => {
    list('all', null, null, null, 99)
    list('berlin', 'berlin', null, null, 1)
    list('better', 'berlin', null, null, 2)
    list('zurich', 'zurich', null, null, 5)
    for (const [id, cents] of [['all', 100], ['berlin', 200], ['better', 300], ['zurich', 400]] as const) price(id, cents)
    price('better', 250, 'open-box')
    expect(listPrice(mirror, 'phone', 'new', BERLIN)).toBe(300)
    expect(listPrice(mirror, 'phone', 'open-box', BERLIN)).toBe(250)
    expect(listPrice(mirror, 'phone', 'new', { ...BERLIN, storeId: 'lyon' })).toBe(100)
  })

  it('carries the tax that its store takes for its class of goods', () => {
    mirror.prepare('INSERT INTO store_taxes VALUES (?, ?, ?)').run('zurich', 1_900, 810)
    expect([storeTax(mirror, 1_900, 'zurich'), storeTax(mirror, 700, 'zurich'), storeTax(mirror, 1_900, 'berlin')]).toEqual([810, 700, 1_900])
  })

  it('passes over a promotion nobody can read, and one that does not hold, and sells on', () => {
    const insert = mirror.prepare('INSERT INTO promotions VALUES (?, ?, ?, ?, ?, ?, ?)')
    const rule = JSON.stringify({ is: 'percent', of: { products: ['phone'] }, off_bp: 1_000 })
    insert.run('good', 'Ten', null, null, null, 1, rule)
    insert.run('first', 'Ten first', 'berlin', '2026-03-14', '2026-03-14', 9, rule)
    insert.run('broken', 'Broken', null, null, null, 8, '{"is":"percent"')
    insert.run('odd', 'Odd', null, null, null, 8, '{"is":"free-for-all"}')
    insert.run('over', 'Over', null, null, '2026-03-13', 8, rule)
    insert.run('elsewhere', 'Elsewhere', 'zurich', null, null, 8, rule)
    expect(promotionsOf(mirror, BERLIN).map(({ id }) => id)).toEqual(['first', 'good'])
  })

  it('is found by the index of its product', () => {
    const plan = mirror.prepare("EXPLAIN QUERY PLAN SELECT p.price_cents FROM list_prices p JOIN price_lists l ON l.id = p.list_id WHERE p.product_id = 'x'").all() as
      { detail: string }[]
    expect(plan.map(({ detail }) => detail).join('; ')).toMatch(/SEARCH p USING PRIMARY KEY \(product_id=\?\).*SEARCH l USING PRIMARY KEY/)
  })
})

describe('how a price came about', () => {
  let shop: Database.Database
  beforeEach(() => {
    shop = openDatabase(join(folder, 'shop.db'), join(MIGRATIONS, 'shop'), 'precious')
    shop.exec(`INSERT INTO sales (id, number, flow_id, store_id, till_id, staff_id, sold_at, currency, gross_cents, discount_cents, rounding_cents, demo)
        VALUES ('s', 'R1', 'f', 'b', 't', 'm', '2026-03-14', 'EUR', 900, 100, 0, 0);
      INSERT INTO sale_lines (id, sale_id, position, tracking, product_id, name, quantity, unit_price_cents, discount_cents, total_cents, tax_bp)
        VALUES ('l', 's', 0, 'plain', 'p', 'Cable', 1, 1000, 100, 900, 1900);
      INSERT INTO sale_line_discounts VALUES ('l', 0, 'line', 100, 'goodwill', NULL, 'ines');
      INSERT INTO sale_line_prices VALUES ('l', 1200, 1000, 'shelf', 'ines');`)
  })
  afterEach(() => shop.close())

  it.each([
    'UPDATE sale_line_discounts SET amount_cents = 1', 'DELETE FROM sale_line_discounts', 'UPDATE sale_line_prices SET price_cents = 1',
    'DELETE FROM sale_line_prices',
  ])('is kept as it was: %s is refused', (rewriting) => expect(() => shop.exec(rewriting)).toThrow(/never (changed|deleted)/))

  it('takes no discount of nothing, none by nobody, and no promotion without its name', () => {
    for (const row of ["('l', 1, 'line', 0, 'x', NULL, 'ines')", "('l', 1, 'cart', 5, 'x', NULL, NULL)", "('l', 1, 'promotion', 5, 'x', NULL, NULL)"])
      expect(() => shop.exec(`INSERT INTO sale_line_discounts VALUES ${row}`)).toThrow(/CHECK/)
  })

  it('is found by the promotion that gave it', () => {
    const plan = shop.prepare("EXPLAIN QUERY PLAN SELECT * FROM sale_line_discounts WHERE promotion_id = 'x'").all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join()).toContain('discounts_of_promotion')
  })
})
