import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { ReceiptBlock } from '../../../contract/receipt.ts'
import { ReceiptDocument } from '../../../contract/receipt.ts'
import { columnsOf, wrapWords } from '../../../native/printers/column-width.ts'
import type { PaperRow, PrintBlock } from '../../../native/printers/columns.ts'
import { layColumns } from '../../../native/printers/columns.ts'
import {
  RECEIPT,
  amountArbitrary,
  blockArbitrary,
  itemArbitrary,
  serialArbitrary,
} from '../../support/printer/print-blocks.ts'

const WIDTHS = [32, 42, 48] as const
const width = fc.constantFrom(...WIDTHS)

const linesOf = (rows: readonly PaperRow[]) => rows.flatMap((row) => (row.kind === 'line' ? [row] : []))
const textsOf = (rows: readonly PaperRow[]) => linesOf(rows).map((row) => row.text)
const squeezed = (text: string) => text.replaceAll(/[ \n]/g, '')

describe('a receipt in columns', () => {
  it('takes the very blocks of the shop’s document, and no others', () => {
    expectTypeOf<ReceiptBlock>().toExtend<PrintBlock>()
    expectTypeOf<PrintBlock['kind']>().toEqualTypeOf<ReceiptBlock['kind']>()
    // The printer's blocks are read-only, so they fit the document through its own schema.
    const receipt = { kind: 'sale', copy: true, demo: false, language: 'de-CH', blocks: RECEIPT }
    expect(ReceiptDocument.parse(receipt).blocks).toEqual(RECEIPT)
  })

  it.each(WIDTHS)('reads well on %i columns', (columns) => {
    expect(textsOf(layColumns(RECEIPT, columns)).join('\n')).toMatchSnapshot()
  })

  it('puts the amount at the right margin, beside the last line of a long name', () => {
    const name = 'Cordless hammer drill with two batteries and a case'
    const rows = textsOf(layColumns([{ kind: 'item', name, details: [], quantity: null, amount: '1 249.00' }], 32))
    expect(rows).toEqual(['Cordless hammer drill', 'with two batteries and', 'a case                  1 249.00'])
  })

  it('sets a serial at the margin when it only fits there, and breaks it only when it must', () => {
    const item = (serial: string): PrintBlock => ({
      kind: 'item', name: 'E-bike', details: [serial], quantity: null, amount: '9.00',
    })
    expect(textsOf(layColumns([item('W'.repeat(30))], 32))[1]).toBe(`  ${'W'.repeat(30)}`)
    expect(textsOf(layColumns([item('W'.repeat(31))], 32))[1]).toBe('W'.repeat(31))
    expect(textsOf(layColumns([item('W'.repeat(33))], 32)).slice(1)).toEqual(['W'.repeat(32), 'W'])
  })

  it('P87: never makes a line wider than the paper', () => {
    fc.assert(
      fc.property(fc.array(blockArbitrary, { maxLength: 6 }), width, (blocks, columns) => {
        for (const line of linesOf(layColumns(blocks, columns))) {
          expect(columnsOf(line.text)).toBeLessThanOrEqual(line.size === 'large' ? columns / 2 : columns)
        }
      }),
    )
  })

  it('never loses a character of an amount or a serial, nor of anything else', () => {
    fc.assert(
      fc.property(itemArbitrary, width, (item, columns) => {
        const printed = textsOf(layColumns([item], columns)).map(squeezed).join('')
        const nameAndAmount = squeezed(item.name) + squeezed(item.amount)
        expect(printed).toBe(nameAndAmount + squeezed(item.quantity ?? '') + item.details.join(''))
      }),
    )
  })

  it('keeps an amount and a serial whole wherever they fit the paper', () => {
    fc.assert(
      fc.property(itemArbitrary, amountArbitrary, serialArbitrary, width, (item, amount, serial, columns) => {
        const rows = textsOf(layColumns([{ ...item, amount, details: [serial] }], columns))
        expect(rows.filter((row) => row.endsWith(amount)).length).toBeGreaterThan(0)
        if (serial.length <= columns) expect(rows.some((row) => row.trimStart() === serial)).toBe(true)
      }),
    )
  })
})

describe('how wide a text is', () => {
  it('counts columns, not characters', () => {
    expect(columnsOf('Straße')).toBe(6)
    expect(columnsOf('日本語')).toBe(6)
    expect(columnsOf('e\u0301te\u0301')).toBe(3)
    expect(columnsOf('👟')).toBe(2)
    expect(columnsOf('\u200e12')).toBe(2)
  })

  it('wraps Chinese by columns and keeps accents with their letter', () => {
    expect(wrapWords('日本語日本語', 5)).toEqual(['日本', '語日', '本語'])
    expect(wrapWords('e\u0301e\u0301e\u0301', 2)).toEqual(['e\u0301e\u0301', 'e\u0301'])
  })

  it('keeps blank lines and leaves right-to-left text in the order it is read', () => {
    expect(wrapWords('one\n\ntwo', 10)).toEqual(['one', '', 'two'])
    expect(wrapWords('שלום עולם', 5)).toEqual(['שלום', 'עולם'])
  })
})
