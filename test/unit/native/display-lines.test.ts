import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAedex } from '../../../native/displays/aedex.ts'
import { readCd5220 } from '../../../native/displays/cd5220.ts'
import { DISPLAY_DIALECTS, showLines, startDisplay } from '../../../native/displays/customer-display.ts'
import { DISPLAY_COLUMNS, displayLine, displayPair } from '../../../native/displays/display-text.ts'
import { readEpsonDisplay } from '../../../native/displays/epson-display.ts'

const ascii = (bytes: Uint8Array) => String.fromCharCode(...bytes)

describe('what the customer reads', () => {
  it('fills a line exactly, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(displayLine(text)).toMatch(/^[ -~]{20}$/)
      }),
    )
  })

  it('prints the currency, since no display has the sign', () => {
    expect(displayPair('Total', '€ 53.15')).toBe('Total      EUR 53.15')
    expect(displayPair('Summe', '53,15\u00a0€')).toBe('Summe      53,15 EUR')
  })

  it('lets the name give way, never the amount', () => {
    const worded = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
    const amount = fc.nat(99_999_999).map(worded)
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), amount, (name, price) => {
        const line = displayPair(name, price)
        expect(line).toHaveLength(DISPLAY_COLUMNS)
        expect(line.endsWith(` ${price}`)).toBe(true)
      }),
    )
    expect(displayPair('Cordless hammer drill', '1249.00')).toBe('Cordless ham 1249.00')
  })

  it('shows both lines on a CD5220 display, overwriting what stood there', () => {
    const bytes = showLines('cd5220', 'Crème brûlée', 'EUR 3.20')
    const upper = readCd5220(bytes.subarray(0, 24))
    const lower = readCd5220(bytes.subarray(24))
    expect(upper).toEqual({ kind: 'line', row: 'upper', text: 'Creme brulee        ' })
    expect(lower).toEqual({ kind: 'line', row: 'lower', text: 'EUR 3.20            ' })
  })

  it('shows both lines on an Epson display by position', () => {
    const bytes = showLines('epson', 'TOTAL', '12.50')
    expect(readEpsonDisplay(bytes.subarray(0, 4))).toEqual({ kind: 'position', column: 1, row: 1 })
    expect(ascii(bytes.subarray(4, 24))).toBe('TOTAL               ')
    expect(readEpsonDisplay(bytes.subarray(24, 28))).toEqual({ kind: 'position', column: 1, row: 2 })
    expect(ascii(bytes.subarray(28))).toBe('12.50               ')
  })

  it('gives the printer its line back when the display hangs behind it', () => {
    for (const bytes of [startDisplay('epson-through-printer'), showLines('epson-through-printer', 'a', 'b')]) {
      expect([...bytes.subarray(0, 3)]).toEqual([0x1b, 0x3d, 0x02])
      expect([...bytes.subarray(-3)]).toEqual([0x1b, 0x3d, 0x01])
    }
  })

  it('shows both lines on an Aedex display', () => {
    const bytes = showLines('aedex', 'TOTAL', '12.50')
    expect(readAedex(bytes.subarray(0, 24))).toMatchObject({ row: 'upper', text: 'TOTAL               ' })
    expect(readAedex(bytes.subarray(24))).toMatchObject({ row: 'lower', text: '12.50               ' })
  })

  it.each(DISPLAY_DIALECTS)('no name of a product sends a command to a %s display', (dialect) => {
    const hostile = '\u001b@\u000c!#8xx\r'
    const [tame, wild] = [showLines(dialect, 'tame', ''), showLines(dialect, hostile, '')]
    expect(wild).toHaveLength(tame.length)
    const controls = (bytes: Uint8Array) => bytes.filter((byte) => byte < 0x20)
    expect(controls(wild)).toEqual(controls(tame))
  })
})
