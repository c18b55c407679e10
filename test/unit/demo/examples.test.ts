import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readImei } from '../../../contract/identity/imei.ts'
import { readMask } from '../../../contract/identity/mask.ts'
import type { Mask } from '../../../contract/identity/mask.ts'
import { UNIT_STORIES } from '../../../electron/core/demo/example-stories.ts'
import { DEMO_STORES } from '../../../electron/core/demo/demo-shop.ts'
import { demoExamples } from '../../../electron/core/demo/examples.ts'
import type { DemoExample } from '../../../electron/core/demo/examples.ts'
import { NOW, demoMirror, historiesOf } from './demo-fixture.ts'
import type { DemoMirror, UnitRow } from './demo-fixture.ts'

const STORIES = [
  ...UNIT_STORIES.map(({ story }) => story),
  'plain-article', 'lot', 'expired-lot', 'service', 'unknown-serial', 'impossible-serial',
  'wrong-check-digit',
]

const STORE_IDS = DEMO_STORES.map(({ id }) => id)
const GS = '\u001d'

describe('things to scan in the demo shop', () => {
  let mirror: DemoMirror
  beforeAll(() => {
    mirror = demoMirror('countermark', 5_000)
  })
  afterAll(() => mirror.remove())

  const textOf = (story: string, examples: readonly DemoExample[] = demoExamples(mirror.db)): string => {
    const found = examples.find((example) => example.story === story)
    if (found === undefined) throw new Error(`no example for ${story}`)
    return found.text
  }
  const unitsNumbered = (value: string): UnitRow[] =>
    mirror.db.prepare<[string], UnitRow>('SELECT u.* FROM units u JOIN unit_aliases a ON a.unit_id = u.id WHERE a.value = ?').all(value)
  const unitOf = (story: string): UnitRow => {
    const [unit, ...others] = unitsNumbered(textOf(story))
    if (unit === undefined || others.length > 0) throw new Error(`${story} does not find one unit`)
    return unit
  }

  it('has one for every story, in every store, each with words to be found by', () => {
    for (const storeId of STORE_IDS)
      expect(demoExamples(mirror.db, { storeId }).map(({ story }) => story)).toEqual(STORIES)
    for (const story of STORIES) expect(story).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  })

  it('has them all in the smallest shop as well, from whatever seed', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const small = demoMirror(seed, 400)
      try {
        for (const storeId of STORE_IDS)
          expect(demoExamples(small.db, { storeId }).map(({ story }) => story), `${seed} ${storeId}`).toEqual(STORIES)
      } finally {
        small.remove()
      }
    }
  })

  it('says the same when asked again', () => {
    expect(demoExamples(mirror.db)).toEqual(demoExamples(mirror.db))
  })

  it('tells a fresh telephone by its serial number, or by an IMEI', () => {
    expect(unitOf('fresh-phone')).toMatchObject({ custody: 'in-stock', store_id: 'store-berlin', title: 'ours', condition: 'new', more: null })
    expect(unitOf('by-imei')).toMatchObject({ custody: 'in-stock', store_id: 'store-berlin', title: 'ours' })
    expect(unitOf('by-imei').id).not.toBe(unitOf('fresh-phone').id)
  })

  it('writes a GS1 code as a scanner sends it, with a separator behind the serial', () => {
    const [before, after] = textOf('gs1-code').split(GS)
    const [, gtin, serial] = /^\]d201(\d{14})21(.+)$/.exec(before ?? '') ?? []
    expect(after).toMatch(/^11\d{6}$/)
    const [unit] = unitsNumbered(serial ?? '')
    expect(unit).toMatchObject({ custody: 'in-stock', store_id: 'store-berlin' })
    expect(mirror.db.prepare('SELECT gtin FROM products WHERE id = ?').pluck().get(unit?.product_id)).toBe(gtin)
  })

  it('tells what was sold and may come back, and what may not any more', () => {
    const daysSince = (soldAt: string | null): number => (Date.parse(NOW) - Date.parse(soldAt ?? '')) / 86_400_000
    expect(daysSince(unitOf('may-be-returned').sold_at)).toBeLessThan(14)
    expect(daysSince(unitOf('window-over').sold_at)).toBeGreaterThan(60)
    expect(daysSince(unitOf('already-sold').sold_at)).toBeGreaterThan(13)
    expect(unitOf('already-returned')).toMatchObject({ title: 'returned', custody: 'in-stock' })
  })

  it('tells trouble by its flag', () => {
    expect(unitOf('stolen').more).toContain('stolen-reported')
    expect(unitOf('recalled').more).toContain('RC-')
    expect(unitOf('in-other-cart')).toMatchObject({ custody: 'in-cart' })
    expect(unitOf('in-other-store').store_id).not.toBe('store-berlin')
  })

  it('tells of two makers with one number', () => {
    expect(unitsNumbered(textOf('two-makers'))).toHaveLength(2)
  })

  it('tells of a contradiction: sold twice and never brought back', () => {
    const history = historiesOf(mirror.db).get(unitOf('sold-twice').id) ?? []
    expect(history.map(({ kind }) => kind).filter((kind) => kind === 'sold' || kind === 'returned')).toEqual(['sold', 'sold'])
  })

  it('has numbers that are nobody’s: one that could be, one that cannot, one with a slip', () => {
    const coded = (story: string): readonly [string, string] => {
      const [, gtin = '', serial = ''] = /^\]d201(\d{14})21(.+)$/.exec(textOf(story)) ?? []
      expect(unitsNumbered(serial)).toEqual([])
      return [gtin, serial]
    }
    const readable = ([gtin, serial]: readonly [string, string]): boolean => {
      const row = mirror.db.prepare<[string], { serial_mask: string }>('SELECT serial_mask FROM products WHERE gtin = ?').get(gtin)
      const mask: Mask = JSON.parse(row?.serial_mask ?? '{}')
      return readMask(mask, serial, 2026).ok
    }
    expect(readable(coded('unknown-serial'))).toBe(true)
    expect(readable(coded('impossible-serial'))).toBe(false)
    expect(readImei(textOf('wrong-check-digit'))).toMatchObject({ ok: false, code: 'CHECK_DIGIT' })
  })

  it('passes over pieces that this till has already done something to', () => {
    const first = unitOf('fresh-phone')
    const next = demoExamples(mirror.db, { isTouched: (id) => id === first.id })
    expect(unitsNumbered(textOf('fresh-phone', next))[0]?.id).not.toBe(first.id)
    expect(demoExamples(mirror.db, { isTouched: () => true }).map(({ story }) => story)).toEqual(['plain-article', 'lot', 'expired-lot', 'service'])
  })

  it('has nothing to show where there is no demo', () => {
    const other = demoMirror('x', 400)
    try {
      other.db.exec("UPDATE about SET value = '0' WHERE key = 'demo'")
      expect(demoExamples(other.db)).toEqual([])
    } finally {
      other.remove()
    }
  })
})
