import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mod10CheckDigit } from '../../../contract/identity/check-digits.ts'
import { putLabel } from '../../../electron/core/own-numbers/unit-labels.ts'
import type { Aside, Found } from '../../../electron/core/scans/found.ts'
import type { Scan } from '../../../electron/core/scans/knowledge.ts'
import { resolve } from '../../../electron/core/scans/resolve.ts'
import { demoKnowledge, NOW, type Bench } from '../../support/core/knowledge.ts'

let till: Bench
beforeAll(() => {
  till = demoKnowledge()
})
afterAll(() => till.remove())

const GS = '\u001d'
const scan = (text: string, more: Partial<Scan> = {}): Found | Aside => resolve({ text, aim: null, ...more }, till.know).found

function unit(found: Found | Aside) {
  if (found.is !== 'unit') throw new Error(`it is ${found.is}${found.is === 'nothing' ? ` (${found.why})` : ''}`)
  return found.hit
}

/** The fresh phone of the demo: its serial, its GTIN and its EPC-free label text. */
function freshPhone() {
  const serial = till.story('fresh-phone').text
  const hit = unit(scan(serial))
  return { serial, gtin: hit.unit.product.gtin ?? '', id: hit.unit.id, imeis: hit.unit.aliases.filter((alias) => alias.kind === 'imei') }
}

describe('one piece, whatever of it is scanned', () => {
  it('P23: is found by its serial, by either IMEI in any writing, and by every label with its GTIN', () => {
    const { serial, gtin, id, imeis } = freshPhone()
    expect(imeis).toHaveLength(2)
    const imei = imeis[1]?.value ?? ''
    const texts: Partial<Scan>[] = [
      { text: serial },
      { text: `${serial}\r\n` },
      { text: imei },
      { text: `${imei.slice(0, 2)}-${imei.slice(2, 8)}-${imei.slice(8, 14)}-${imei.slice(14)}` },
      { text: `01${gtin}21${serial}`, aim: ']d2' },
      { text: `01${gtin}21${serial}${GS}8040${imei}`, aim: ']C1' },
      { text: `(01)${gtin}(21)${serial}` },
      { text: `https://id.gs1.org/01/${gtin}/21/${serial}`, aim: ']Q1' },
      { text: `https://maker.example/de/01/${gtin}/21/${serial}?17=301231&linkType=all` },
      { text: `01${gtin}21${serial}` },
    ]
    for (const more of texts) expect(unit(scan(more.text ?? '', more)).unit.id, more.text).toBe(id)
  })

  it('P22: is found by a MEID, which is no IMEI and has no fifteen digits', () => {
    const { id } = freshPhone()
    till.store.write((db) => putLabel(db, { value: 'AF0123450ABCDE', unitId: id, kind: 'meid', retiredWhy: null }, NOW))
    for (const text of ['AF0123450ABCDE', 'af0123450abcde', 'AF 01 23 45 0A BC DE', 'AF0123450ABCDEC', '293608736500703710'])
      expect(unit(scan(text)).unit.id, text).toBe(id)
  })

  it('is byte for byte: a serial in another case, or with a zero in front, is another piece and is asked about', () => {
    const { serial, gtin, id } = freshPhone()
    const lower = scan(`01${gtin}21${serial.toLowerCase()}`, { aim: ']d2' })
    if (lower.is !== 'many') throw new Error(`it is ${lower.is}`)
    expect(lower.hits.map((hit) => hit.unit.id)).toEqual([id])
    expect(scan(`01${gtin}210${serial}`, { aim: ']d2' })).toMatchObject({ is: 'nothing', why: 'wrong-format' })
  })

  it('is not found under the GTIN of another product', () => {
    const { serial } = freshPhone()
    const other = till.mirror.product('product-0104')?.gtin ?? ''
    expect(scan(`01${other}21${serial}`, { aim: ']d2' }).is).not.toBe('unit')
  })

  it('is found by the number that this till put on it, and by the one it took off, which says so', () => {
    const { serial, id } = freshPhone()
    till.store.write((db) => {
      putLabel(db, { value: 'CM2601000042', unitId: id, kind: 'own', retiredWhy: null }, NOW)
      putLabel(db, { value: serial, unitId: id, kind: 'serial', retiredWhy: 'label torn' }, NOW)
    })
    const own = unit(scan('CM2601000042'))
    expect([own.unit.id, own.matchedBy, own.retiredLabel]).toEqual([id, 'own', null])
    expect(unit(scan(serial)).retiredLabel).toBe(serial)
    expect(own.unit.aliases.find((alias) => alias.value === serial)?.retiredWhy).toBe('label torn')
    till.store.write((db) => putLabel(db, { value: serial, unitId: id, kind: 'serial', retiredWhy: null }, NOW))
  })
})

describe('two meanings are asked about, and a look-alike is a question', () => {
  it('asks which, where two makers use one number', () => {
    const found = scan(till.story('two-makers').text)
    if (found.is !== 'many') throw new Error(`it is ${found.is}`)
    expect(new Set(found.hits.map((hit) => hit.unit.product.id)).size).toBe(2)
  })

  it('knows which of the two when the label says whose number it is', () => {
    const { text } = till.story('two-makers')
    const found = scan(text)
    if (found.is !== 'many') throw new Error(`it is ${found.is}`)
    for (const { unit: piece } of found.hits)
      expect(unit(scan(`01${piece.product.gtin}21${text}`, { aim: ']d2' })).unit.id).toBe(piece.id)
  })

  it.each([
    ['letters O for zeros', (serial: string) => serial.replaceAll('0', 'O')],
    ['a carton letter in front', (serial: string) => `S${serial}`],
  ])('asks about %s even where only one piece looks like it', (_, change) => {
    const { serial, id } = freshPhone()
    const found = scan(change(serial))
    if (found.is !== 'many') throw new Error(`it is ${found.is}`)
    expect(found.hits.map((hit) => hit.unit.id)).toEqual([id])
  })

  it('asks where a label of ours reads like an article of ours', () => {
    const gtin13 = till.story('plain-article').text
    const { id } = freshPhone()
    till.store.write((db) => putLabel(db, { value: gtin13, unitId: id, kind: 'other', retiredWhy: null }, NOW))
    const found = scan(gtin13)
    till.store.write((db) => db.prepare('DELETE FROM unit_labels WHERE value = ?').run(gtin13))
    if (found.is !== 'many') throw new Error(`it is ${found.is}`)
    expect([found.hits.length, found.products.length]).toEqual([1, 1])
  })
})

describe('a number that no piece of ours carries', () => {
  it('is a piece we have not seen, where its maker may have given it out', () => {
    const found = scan(till.story('unknown-serial').text, till.story('unknown-serial'))
    expect(found).toMatchObject({ is: 'product', strangeSerial: till.story('unknown-serial').text.slice(18) })
    // Typed alone, the letters still tell the maker.
    expect(scan('VM26999999')).toMatchObject({ is: 'product', strangeSerial: 'VM26999999' })
  })

  it('is impossible, where its maker gives out none like it', () => {
    const impossible = till.story('impossible-serial')
    expect(scan(impossible.text, impossible)).toMatchObject({ is: 'nothing', why: 'wrong-format', part: impossible.text.slice(18) })
  })

  it('has a wrong check digit, where that is all that is wrong', () => {
    const saw = till.mirror.product('product-0161')
    const known = '25421234567'
    const wrong = known.slice(0, 10) + String((Number(mod10CheckDigit(known.slice(0, 10))) + 1) % 10)
    expect(scan(`01${saw?.gtin}21${wrong}`, { aim: ']d2' })).toMatchObject({ is: 'nothing', why: 'bad-check-digit' })
    expect(scan(wrong)).toMatchObject({ is: 'nothing', why: 'bad-check-digit' })
    for (const text of ['4012345678902', '9520000002016', '(01)09520000002016(21)X', till.story('wrong-check-digit').text])
      expect(scan(text), text).toMatchObject({ is: 'nothing', why: 'bad-check-digit' })
  })

  it('is never made whole by guessing a lost separator', () => {
    const { serial, gtin } = freshPhone()
    const found = scan(`01${gtin}21${serial}11251101`, { aim: ']d2' })
    expect(found).toMatchObject({ is: 'nothing', why: 'separator-lost', part: `${serial}11251101` })
    // With the separator it is the piece.
    expect(scan(`01${gtin}21${serial}${GS}11251101`, { aim: ']d2' }).is).toBe('unit')
  })

  it('is told as a broken label, where the code promises GS1 data and does not hold it', () => {
    expect(scan('99', { aim: ']d2' })).toMatchObject({ is: 'nothing', why: 'broken-label' })
    expect(scan('https://user@id.gs1.org/01/09520000002015')).toMatchObject({ is: 'nothing', why: 'broken-label' })
  })

  it('is not even repeated where it is a payment card, unless a piece of ours carries it', () => {
    expect(scan('4111 1111 1111 1111')).toEqual({ is: 'nothing', text: '', why: 'card-number' })
    expect(scan('%B4111111111111111^DOE/J^30')).toEqual({ is: 'nothing', text: '', why: 'card-number' })
  })
})

describe('what is no piece', () => {
  it('is an article by any writing of its number, and by the code of the shop', () => {
    const ean = till.story('plain-article').text
    const product = till.mirror.productsByCode(`0${ean}`)[0]
    for (const [text, aim] of [[ean, null], [ean, ']E0'], [`0${ean}`, ']I0'], [product?.sku ?? '', null], [`010${ean}`, ']d2']] as const)
      expect(scan(text, { aim }), text).toMatchObject({ is: 'product', product: { id: product?.id }, strangeSerial: null })
  })

  it('knows the end of a lot from the label, and without it from what is on hand', () => {
    const lot = till.story('expired-lot')
    const found = scan(lot.text, lot)
    if (found.is !== 'product') throw new Error(`it is ${found.is}`)
    expect(found.expiry).toMatch(/^2026-/)
    const bare = scan(`01${found.product.gtin}10${found.lot}`, { aim: ']d2' })
    expect(bare).toMatchObject({ is: 'product', lot: found.lot, expiry: found.expiry })
  })

  it('tells receipts, badges, cards, vouchers and plans apart', () => {
    const receipt = till.story('receipt').text
    expect(scan(receipt)).toMatchObject({ is: 'receipt', number: receipt })
    expect(scan(`countermark:receipt:${receipt}`)).toMatchObject({ is: 'receipt', number: receipt })
    expect(scan('countermark:receipt:NONE')).toMatchObject({ is: 'nothing', why: 'unknown-code' })
    expect(scan('BADGE-0001')).toMatchObject({ is: 'badge' })
    expect(scan('countermark:customer:C-17')).toMatchObject({ is: 'customer-card', number: 'C-17' })
    expect(scan('countermark:voucher:V-17')).toMatchObject({ is: 'voucher', number: 'V-17' })
    const member = `9520000${'0'.repeat(10)}`
    expect(scan(`8018${member}${mod10CheckDigit(member)}`, { aim: ']C1' })).toMatchObject({ is: 'customer-card' })
    const coupon = '990000000001'
    expect(scan(coupon + mod10CheckDigit(coupon), { aim: ']E0' })).toMatchObject({ is: 'voucher' })
    expect(unit(scan(till.story('plan').text)).matchedBy).toBe('contract')
  })
})
