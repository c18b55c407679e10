import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mod10Holds } from '../../../contract/identity/check-digits.ts'
import { readImei } from '../../../contract/identity/imei.ts'
import { readMask } from '../../../contract/identity/mask.ts'
import type { Mask } from '../../../contract/identity/mask.ts'
import { matchKey } from '../../../contract/identity/match-key.ts'
import { readVin } from '../../../contract/identity/vin.ts'
import { Picture, Tracking } from '../../../contract/unit.ts'
import { DEMO_STORES } from '../../../electron/core/demo/demo-shop.ts'
import { aliasRows, demoMirror, unitRows } from './demo-fixture.ts'
import type { DemoMirror } from './demo-fixture.ts'

interface ProductRow {
  readonly id: string
  readonly gtin: string | null
  readonly category: string
  readonly picture: string
  readonly tracking: string
  readonly price_cents: number
  readonly serial_mask: string | null
}

describe('the goods of the demo shop', () => {
  let mirror: DemoMirror
  let products: ReadonlyMap<string, ProductRow>
  beforeAll(() => {
    mirror = demoMirror('goods', 5_000)
    products = new Map(mirror.db.prepare<[], ProductRow>('SELECT * FROM products').all().map((row) => [row.id, row]))
  })
  afterAll(() => mirror.remove())

  it('are more than forty, of every way of tracking, with a drawing and a whole price each', () => {
    const all = [...products.values()]
    expect(all.length).toBeGreaterThan(40)
    expect(new Set(all.map(({ tracking }) => tracking))).toEqual(new Set(Tracking.options))
    for (const product of all) {
      expect(Picture.safeParse(product.picture).success, product.id).toBe(true)
      expect(Number.isInteger(product.price_cents) && product.price_cents > 0, product.id).toBe(true)
    }
  })

  it('have GTINs that hold, are their own, and belong to the prefix for demonstrations', () => {
    const gtins = [...products.values()].flatMap(({ gtin }) => gtin ?? [])
    expect(new Set(gtins).size).toBe(gtins.length)
    for (const gtin of gtins) {
      expect(gtin).toMatch(/^0952\d{10}$/)
      expect(mod10Holds(gtin), gtin).toBe(true)
    }
    const codes = mirror.db.prepare<[], { code: string }>('SELECT code FROM product_codes').all().map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const gtin of gtins) expect(codes).toContain(gtin)
  })

  it('have serial numbers that fit their masks, and none but engraved, cased and framed goods go without', () => {
    const product = new Map(unitRows(mirror.db).map((unit) => [unit.id, products.get(unit.product_id)]))
    let masked = 0
    for (const { kind, value, unit_id } of aliasRows(mirror.db)) {
      const mask = product.get(unit_id)?.serial_mask ?? null
      if (kind !== 'serial' || mask === null) continue
      const parsed: Mask = JSON.parse(mask)
      const read = readMask(parsed, value, 2026)
      expect(read, value).toMatchObject({ ok: true, canonical: value })
      masked++
    }
    expect(masked).toBeGreaterThan(3_000)
  })

  it('have telephones with two true IMEIs of the test range', () => {
    const imeis = aliasRows(mirror.db).filter(({ kind }) => kind === 'imei')
    const phones = unitRows(mirror.db).filter(({ product_id }) => products.get(product_id)?.category === 'phone')
    expect(imeis).toHaveLength(phones.length * 2)
    for (const { value } of imeis) expect(readImei(value), value).toMatchObject({ ok: true, type: 'IMEI', imei: value })
    for (const { value } of imeis) expect(value.startsWith('001')).toBe(true)
  })

  it('have bicycles with frame numbers whose check digit holds', () => {
    const frames = aliasRows(mirror.db).filter(({ kind }) => kind === 'vin')
    expect(frames.length).toBeGreaterThan(100)
    for (const { value } of frames) expect(readVin(value), value).toMatchObject({ ok: true, checkDigit: 'ok' })
  })

  it('carry no number twice, except where two makers came upon the same one', () => {
    const byValue = Map.groupBy(aliasRows(mirror.db), ({ value }) => value)
    const shared = [...byValue].filter(([, aliases]) => aliases.length > 1)
    expect(shared.map(([value, aliases]) => [value, aliases.length])).toEqual([['20417', 2], ['20533', 2]])
    const product = new Map(unitRows(mirror.db).map((unit) => [unit.id, unit.product_id]))
    for (const [, aliases] of shared) expect(new Set(aliases.map(({ unit_id }) => product.get(unit_id))).size).toBe(2)
  })

  it('keep a match key only where it says something else than the number', () => {
    for (const { value, match_key } of aliasRows(mirror.db)) {
      const key = matchKey(value, 'loose')
      expect(match_key).toBe(key === value ? null : key)
    }
  })

  it('have, of each thing sold by the lot, one lot that is over and two that are not, in every store', () => {
    const lots = mirror.db
      .prepare<[], { place: string; expiry: string }>("SELECT product_id || store_id AS place, expiry FROM lots").all()
    const places = Map.groupBy(lots, ({ place }) => place)
    expect(places.size).toBe(7 * DEMO_STORES.length)
    for (const [place, found] of places) {
      expect(found.filter(({ expiry }) => expiry < '2026-11-22'), place).toHaveLength(1)
      expect(found.filter(({ expiry }) => expiry >= '2026-11-22'), place).toHaveLength(2)
    }
  })

  it('are called back by ranges: of a campaign the first pieces made, and no others', () => {
    const recalled = unitRows(mirror.db).filter(({ more }) => more?.includes('RC-') === true)
    const items = Map.groupBy(recalled, ({ product_id }) => product_id)
    expect([...items.keys()].sort()).toEqual(['product-0161', 'product-0171'])
    for (const [product_id, pieces] of items) {
      const first = unitRows(mirror.db).filter((unit) => unit.product_id === product_id).slice(0, pieces.length)
      expect(pieces.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
    }
  })
})
