import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchKey } from '../../../contract/identity/match-key.ts'
import { putLabel } from '../../../electron/core/own-numbers/unit-labels.ts'
import { IN_MIRROR, INSIDE_MAX, ON_THIS_TILL, unitIdsInside } from '../../../electron/core/scans/inside.ts'
import type { Scan } from '../../../electron/core/scans/knowledge.ts'
import { resolve } from '../../../electron/core/scans/resolve.ts'
import { demoKnowledge, NOW, type Bench } from '../../support/core/knowledge.ts'

let till: Bench
let phone: { readonly id: string; readonly serial: string; readonly gtin: string; readonly sku: string }
let serials: readonly string[]
beforeAll(() => {
  till = demoKnowledge()
  const serial = till.story('fresh-phone').text
  const found = scan(serial)
  if (found.is !== 'unit') throw new Error(`it is ${found.is}`)
  const { id, product } = found.hit.unit
  phone = { id, serial, gtin: product.gtin ?? '', sku: product.sku }
  serials = till.mirror.reading.prepare("SELECT value FROM unit_aliases WHERE kind = 'serial' AND retired_why IS NULL").pluck().all() as string[]
})
afterAll(() => till.remove())

const scan = (text: string, more: Partial<Scan> = {}) => resolve({ text, aim: null, ...more }, till.know).found
/** The pieces that are asked about; null where nothing is asked. */
const asked = (text: string, more: Partial<Scan> = {}): string[] | null => {
  const found = scan(text, more)
  return found.is === 'many' ? found.hits.map(({ unit }) => unit.id) : null
}

describe('P16: what a carton prints around the serial', () => {
  it.each([
    ['a letter in front', (serial: string) => `S${serial}`],
    ['the mark of a serial by ANSI MH10', (serial: string) => `1S${serial}`],
    ['a mark in words', (serial: string) => `Serial No.: ${serial}`],
    ['a mark that people write', (serial: string) => `SN:${serial}`],
    ['a colour', (serial: string) => `BLK ${serial}`],
    ['a check letter behind', (serial: string) => `${serial}K`],
    ['a revision behind', (serial: string) => `${serial}-R2`],
    ['both', (serial: string) => `S/N ${serial}/B`],
    ['another way of writing beside', (serial: string) => `sn ${serial.toLowerCase()}`],
    ['the code of the article, glued on', (serial: string) => `${phone.gtin}${serial}`],
    ['the code as scanners of articles say it', (serial: string) => `${phone.gtin.slice(1)}${serial}`],
    ['the number of the shop for the article', (serial: string) => `${phone.sku}-${serial}`],
  ])('%s: asks whether it is this piece, and takes it by no means by itself', (_, print) => {
    expect(asked(print(phone.serial))).toEqual([phone.id])
  })

  it('numbers of digits alone: a mark or the own article in front is cut off, a digit never', () => {
    const value = '480017'
    till.store.write((db) => putLabel(db, { value, unitId: phone.id, kind: 'own', retiredWhy: null }, NOW))
    for (const text of [`S${value}`, `SN${value}`, `${value}A`, `${phone.gtin}${value}`]) expect(asked(text), text).toEqual([phone.id])
    for (const text of [`1${value}`, `${value}1`, `09520000002213${value}`]) expect(asked(text), text).toBeNull()
  })

  it('beside the code of another article nothing is asked, and under the own one no digit is cut off', () => {
    const other = till.mirror.product('product-0104')?.gtin ?? ''
    expect(asked(`01${other}21S${phone.serial}`, { aim: ']d2' })).toBeNull()
    expect(asked(`01${phone.gtin}21S${phone.serial}`, { aim: ']d2' })).toEqual([phone.id])
    expect(asked(`01${phone.gtin}210${phone.serial}`, { aim: ']d2' })).toBeNull()
  })

  it('more pieces than can be chosen from are no question', () => {
    const texts = Array.from({ length: INSIDE_MAX + 1 }, (_, place) => `LAMP-77${'ABCDEFGH'.slice(0, place + 1)}`)
    const ids = till.mirror.reading.prepare('SELECT id FROM units ORDER BY id LIMIT ?').pluck().all(texts.length) as string[]
    till.store.write((db) => texts.forEach((value, place) => putLabel(db, { value, unitId: ids[place] ?? '', kind: 'other', retiredWhy: null }, NOW)))
    expect(asked('SN LAMP-77ABCDEF')).toEqual(ids.slice(0, INSIDE_MAX).toReversed())
    expect(asked('SN LAMP-77ABCDEFG')).toBeNull()
  })

  it('a tag is no carton', () => expect(asked(`S1-${phone.serial}`, { channel: 'rfid' })).toBeNull())

  it('any print around any serial is at most a short question, about pieces whose number is in it; a number we know is that piece', () => {
    const print = fc.string({ unit: fc.constantFrom(...'0123456789ABSXsn:/- .'), maxLength: 12 })
    const keysOf = (unitId: string) => till.know.unit(unitId)?.aliases.map(({ value }) => matchKey(value, 'loose')) ?? []
    fc.assert(
      fc.property(print, fc.constantFrom(...serials), print, (before, serial, behind) => {
        const text = (before + serial + behind).trim()
        const key = matchKey(text, 'loose')
        const inside = unitIdsInside(text, null, till.know)
        expect(inside.length).toBeLessThanOrEqual(INSIDE_MAX)
        for (const id of inside) expect(keysOf(id).some((number) => key.includes(number)), text).toBe(true)
        const found = scan(text)
        if (found.is === 'unit') expect(keysOf(found.hit.unit.id), text).toContain(key)
        if (till.mirror.lookUp(text).units.length > 0) expect(found.is === 'many' && found.alike, text).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('is looked up by the keys of both tables, never by reading them through', () => {
    const plan = (db: { prepare(text: string): { all(values: object): unknown[] } }, look: string) =>
      (db.prepare(`EXPLAIN QUERY PLAN ${look}`).all({ given: '[]' }) as { detail: string }[]).map(({ detail }) => detail).join(' / ')
    expect(plan(till.mirror.reading, IN_MIRROR)).not.toMatch(/SCAN unit_aliases/)
    expect(plan(till.store.reading, ON_THIS_TILL)).not.toMatch(/SCAN unit_labels/)
    expect(plan(till.mirror.reading, IN_MIRROR)).toMatch(/SEARCH unit_aliases USING .*match_key/)
  })
})
