import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SearchHit } from '../../../contract/search-hit.ts'
import { Ground } from '../../../electron/core/ground.ts'
import { Mirror } from '../../../electron/core/mirror/mirror.ts'
import { piecesOf, searchFor } from '../../../electron/core/search/search-desk.ts'
import { openDatabase } from '../../../electron/core/store/open-database.ts'
import { recordDocument } from '../../../electron/core/store/papers.ts'
import { demoKnowledge, NOW, type Bench } from '../../support/core/knowledge.ts'

const MIGRATIONS = join(import.meta.dirname, '../../../migrations')
let bench: Bench
let ground: Ground

beforeAll(() => {
  bench = demoKnowledge()
  const place = bench.mirror.store(bench.know.storeId)
  if (place === null) throw new Error('the demo has a store')
  const clock = { now: () => Date.parse(NOW), after: () => () => undefined }
  ground = new Ground({ store: bench.store, mirror: bench.mirror, clock, seat: 'counter', till: { id: 't', code: 'T1', name: 'T1' }, place })
})
afterAll(() => bench.remove())

const find = (text: string): SearchHit[] => searchFor(ground, text, () => [])
const named = (hits: readonly SearchHit[]): string[] => hits.map((hit) => ('brand' in hit ? `${hit.brand} ${hit.name}` : ''))
const product = () => bench.mirror.reading.prepare("SELECT * FROM products WHERE tracking = 'serial' ORDER BY id LIMIT 1").get() as {
  id: string; brand: string; name: string; sku: string
}

describe('a catalogue of 20,000 articles (P99)', () => {
  it('is found in by its words and by its codes', () => {
    const big = demoKnowledge(400)
    const { id, brand } = product()
    const db = big.mirror.reading
    db.transaction(() => {
      db.prepare(
        `INSERT INTO products (id, gtin, sku, brand, name, variant, category, picture, tracking, price_cents, tax_bp, serial_mask, maker_months, durable, active)
         SELECT 'many-' || n.value, NULL, 'MANY-' || n.value, p.brand, 'Thing ' || n.value, '', p.category, p.picture, 'none', 100, p.tax_bp, NULL, 0, 0, 1
         FROM products p, json_each('[' || (SELECT group_concat(n) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000) SELECT n FROM c)) || ']') n
         WHERE p.id = ?`,
      ).run(id)
      db.exec("INSERT INTO product_codes (code, product_id) SELECT sku, id FROM products WHERE id LIKE 'many-%'")
    })()
    big.mirror.close()
    const mirror = new Mirror(join(big.folder, 'mirror.db'), join(MIGRATIONS, 'mirror'))
    const shop = new Ground({ store: big.store, mirror, clock: ground.clock, seat: 'counter', till: ground.till, place: ground.place })
    expect(searchFor(shop, `${brand} thing 19999`, () => []).map((hit) => hit.kind === 'product' && hit.name)).toEqual(['Thing 19999'])
    expect(mirror.productsByCode('MANY-4711').map(({ name }) => name)).toEqual(['Thing 4711'])
    big.store.close()
    mirror.close()
    rmSync(big.folder, { recursive: true, force: true })
  })
})

describe('search as you type', () => {
  it('finds goods by the beginnings of their words, in any order and without accents', () => {
    const { brand, name } = product()
    const word = name.split(' ').at(-1) ?? name
    expect(named(find(`${word} ${brand.slice(0, 3)}`))).toContain(`${brand} ${name}`)
    expect(named(find(brand.toUpperCase()))).toContain(`${brand} ${name}`)
  })

  it('finds goods by the number on the shelf', () => {
    const { sku, brand, name } = product()
    expect(named(find(sku))).toContain(`${brand} ${name}`)
  })

  it('finds a piece by the beginning of its serial, also typed in small letters', () => {
    const row = bench.mirror.reading.prepare("SELECT value, unit_id FROM unit_aliases WHERE kind = 'serial' AND value GLOB '[A-Z]*' LIMIT 1").get() as {
      value: string; unit_id: string
    }
    const start = row.value.slice(0, -1).toLowerCase()
    expect(find(start).filter((hit) => hit.kind === 'unit').map((hit) => hit.unitId)).toContain(row.unit_id)
  })

  it('finds the pieces of one kind that are in a condition: a word that is no name is a feature', () => {
    const row = bench.mirror.reading.prepare(
      "SELECT u.id, p.name FROM units u JOIN products p ON p.id = u.product_id WHERE u.condition = 'refurbished' AND u.custody = 'in-stock' AND u.store_id = ? LIMIT 1",
    ).get(ground.place.id) as { id: string; name: string }
    const hits = find(`${row.name} refurb`)
    expect(hits.length).toBeGreaterThan(0)
    for (const hit of hits) expect(hit).toMatchObject({ kind: 'unit', condition: 'refurbished' })
  })

  it('says how many stand here, and names them when somebody asks which', () => {
    const hit = find(product().name).find((one) => one.kind === 'product' && one.tracking === 'serial')
    if (hit?.kind !== 'product') throw new Error('a product was searched for')
    const pieces = piecesOf(ground, hit.productId)
    expect(pieces.length).toBe(Math.min(hit.stock, 50))
    for (const piece of pieces) expect(piece).toMatchObject({ kind: 'unit', custody: 'in-stock' })
  })

  it('P65: brings a paper up by its number without letters and noughts, and by a serial on it', () => {
    const body = { kind: 'sale' as const, copy: false, demo: true, language: 'en', blocks: [] }
    bench.store.write((db) =>
      recordDocument(db, { id: 'd1', kind: 'sale', number: 'T1-R000417', at: NOW, total_cents: 100, summary: 'Ölpumpe ZX-9931', body }),
    )
    for (const text of ['417', 'T1-R000417', 'olpum', 'zx-99'])
      expect(find(text).filter((hit) => hit.kind === 'document').map((hit) => hit.number), text).toContain('T1-R000417')
  })

  it('finds the receipt of another till by the beginning of its number', () => {
    const { number } = bench.mirror.reading.prepare('SELECT receipt_number AS number FROM units WHERE receipt_number IS NOT NULL LIMIT 1').get() as { number: string }
    expect(find(number.slice(0, -1)).filter((hit) => hit.kind === 'receipt').map((hit) => hit.number)).toContain(number)
  })

  it('answers nothing to a single sign, and never falls over whatever is typed', () => {
    expect(find('a')).toEqual([])
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => Array.isArray(find(text))), { numRuns: 300 })
    for (const text of ['" OR 1', 'NEAR(a b)', '*', '%_', "'; DROP TABLE products", 'x'.repeat(10_000)]) expect(() => find(text)).not.toThrow()
  })
})

describe('the search tables come to a mirror that is in use', () => {
  let folder: string
  let db: Database.Database
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'countermark-search-'))
    const before = join(folder, 'before')
    mkdirSync(before)
    for (const file of readdirSync(join(MIGRATIONS, 'mirror'))) if (file < '0003') cpSync(join(MIGRATIONS, 'mirror', file), join(before, file))
    const file = join(folder, 'mirror.db')
    const old = openDatabase(file, before, 'disposable')
    old.exec(`INSERT INTO products (id, gtin, sku, brand, name, variant, category, picture, tracking, price_cents, tax_bp, serial_mask, maker_months, durable, active)
      VALUES ('p1', NULL, 'S-1', 'Ferrum', 'Bohrer', '18 V', 'tool', 'drill', 'none', 100, 1900, NULL, 0, 0, 1)`)
    old.close()
    db = openDatabase(file, join(MIGRATIONS, 'mirror'), 'disposable')
  })
  afterAll(() => {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ids = (match: string) => db.prepare(
    'SELECT w.product_id AS id FROM product_search s JOIN product_words w ON w.n = s.rowid WHERE product_search MATCH ?',
  ).all(match).map((row) => (row as { id: string }).id)

  it('knows what was there before, and follows every way of writing it', () => {
    expect(ids('"boh" *')).toEqual(['p1'])
    db.exec("UPDATE products SET name = 'Säge' WHERE id = 'p1'")
    expect(ids('"boh" *')).toEqual([])
    expect(ids('"sag" *')).toEqual(['p1'])
    db.exec("INSERT OR REPLACE INTO products SELECT * FROM products WHERE id = 'p1'")
    expect(ids('"sag" *')).toEqual(['p1'])
    db.exec("UPDATE products SET active = 0 WHERE id = 'p1'")
    expect(ids('"sag" *')).toEqual([])
    db.exec("INSERT INTO product_search (product_search) VALUES ('integrity-check')")
  })
})
