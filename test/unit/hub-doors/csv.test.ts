import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvForm, manyRowCells, rowCells } from '../../../hub/imports/csv-head.ts'
import { csvLines, type CsvLine, type CsvPlace } from '../../../hub/imports/csv-lines.ts'
import { readCustomer, readProduct, readStaff, readUnit } from '../../../hub/imports/row-readers.ts'

async function linesOf(pieces: readonly Buffer[], from?: CsvPlace): Promise<CsvLine[]> {
  const lines: CsvLine[] = []
  for await (const line of csvLines(pieces, from)) lines.push(line)
  return lines
}

function cutInto(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = []
  let at = 0
  for (const size of sizes) {
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return [...pieces, bytes.subarray(at)]
}

describe('a list that comes as a file', () => {
  const cell = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('"', 'a"b', '"a\nb"', 'ü', ''))
  const file = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(';')), { maxLength: 12 })

  it('gives the same rows however its bytes are cut, and throws for nothing', async () => {
    await fc.assert(fc.asyncProperty(file, fc.array(fc.nat(9), { maxLength: 20 }), async (rows, sizes) => {
      const bytes = Buffer.from(rows.join('\n'))
      const whole = await linesOf([bytes])
      expect(await linesOf(cutInto(bytes, sizes))).toEqual(whole)
    }))
  })

  it('goes on at any row as if it had never stopped', async () => {
    await fc.assert(fc.asyncProperty(file, fc.nat(20), async (rows, n) => {
      const bytes = Buffer.from(rows.join('\n'))
      const whole = await linesOf([bytes])
      const stop = whole[n]
      const after = whole[n + 1]
      if (stop === undefined || after === undefined) return
      const rest = await linesOf([bytes.subarray(stop.next)], { byte: stop.next, line: after.line })
      expect(rest.map((line) => line.bytes.toString())).toEqual(whole.slice(n + 1).map((line) => line.bytes.toString()))
    }))
  })

  it('loses one line and not the rest of the file to a quote that nobody closed', async () => {
    const lines = await linesOf([Buffer.from(`a;b\n"x;1\n${'y;2\n'.repeat(20)}`)])
    expect(lines.map((line) => line.isBroken).filter(Boolean)).toHaveLength(1)
    expect(lines).toHaveLength(22)
    expect(lines.at(-1)?.line).toBe(22)
  })

  it('is read as a spreadsheet of Western Europe wrote it, and as everybody else does', () => {
    const latin = Buffer.from('SKU;Brand;Größe\nA;M\xfcller;1', 'latin1')
    const form = csvForm(Buffer.from('SKU;Brand;Gr\xf6\xdfe', 'latin1'), latin)
    expect(form).toEqual({ delimiter: ';', encoding: 'windows-1252', columns: ['sku', 'brand', 'größe'] })
    expect(rowCells(Buffer.from('A;M\xfcller;1', 'latin1'), form)).toEqual(['A', 'Müller', '1'])
    const utf8 = csvForm(Buffer.from('\uFEFFsku,serial no'), Buffer.from('\uFEFFsku,serial no\nA,ü'))
    expect(utf8).toEqual({ delimiter: ',', encoding: 'utf-8', columns: ['sku', 'serial_no'] })
    expect(manyRowCells([Buffer.from('a,"b, c"'), Buffer.from('"d\ne",f')], utf8)).toEqual([['a', 'b, c'], ['d\ne', 'f']])
    expect(manyRowCells([Buffer.from('a,"b" c'), Buffer.from('d,f')], utf8)).toBeNull()
    expect(rowCells(Buffer.from('a,"b" c'), utf8)).toBeNull()
  })
})

describe('a row of a list', () => {
  it('says all that is wrong with it at once', () => {
    const read = readProduct({ sku: '', brand: 'B', name: 'N', category: 'c', price: '1.234,50', gtin: '4006381333932', tax_rate: '19' })
    expect(read).toEqual({
      ok: false,
      faults: [
        { column: 'sku', code: 'missing', value: '' },
        { column: 'gtin', code: 'not-a-gtin', value: '4006381333932' },
        { column: 'price', code: 'not-an-amount', value: '1.234,50' },
      ],
    })
  })

  it('holds money in whole cents and rates in hundredths of a percent, with comma or point', () => {
    const row = { sku: 'A', brand: 'B', name: 'N', category: 'c', gtin: '4006381333931', tax_rate: '5,5' }
    for (const [price, price_cents] of [['12', 1200], ['12.5', 1250], ['12,50', 1250]] as const)
      expect(readProduct({ ...row, price })).toMatchObject({ ok: true, row: { price_cents, tax_bp: 550, gtin: '04006381333931' } })
  })

  it('keeps a serial byte for byte, and takes none with control characters', () => {
    expect(readUnit({ sku: 'A', serial: ' ab-Ö01 ' })).toMatchObject({ ok: true, row: { serial: 'ab-Ö01', area: 'back-room' } })
    expect(readUnit({ sku: 'A', serial: 'a\u0000b' })).toMatchObject({ ok: false, faults: [{ code: 'control-characters' }] })
    expect(readUnit({ serial: 'x', produced_on: '2026-02-30' })).toMatchObject({ ok: false, faults: [{ column: 'sku' }, { code: 'not-a-day' }] })
  })

  it('is not taken with the number of a payment card in it, of which the fault tells no more than one may show', () => {
    for (const number of ['4111 1111 1111 1111', '5500-0055-5555-5559'])
      expect(readCustomer({ email: 'a@example.org', name: 'A', address: `pays with ${number}` })).toMatchObject({
        ok: false, faults: [{ column: 'address', code: 'card-number', value: expect.stringMatching(/^\d{6}\*{6}\d{4}$/u) as string }],
      })
    expect(readUnit({ sku: 'A', serial: '4111111111111111' })).toMatchObject({ ok: true, row: { serial: '4111111111111111' } })
  })

  it('repeats no PIN in a fault', () => {
    expect(readStaff({ name: 'A', role: 'cashier', pin: '12a4' })).toEqual({ ok: false, faults: [{ column: 'pin', code: 'bad-pin', value: '' }] })
    expect(readCustomer({ email: 'nobody', name: 'A' })).toMatchObject({ ok: false, faults: [{ code: 'not-a-mail-address' }] })
  })
})
