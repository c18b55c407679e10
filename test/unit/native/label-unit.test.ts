import { describe, expect, it } from 'vitest'
import { paperLettering } from '../../../electron/core/papers/lettering/paper-lettering.ts'
import { escposLabel } from '../../../native/labels/escpos-label.ts'
import type { LabelSize, UnitLabel } from '../../../native/labels/unit-label.ts'
import { isInFont, zplLabel } from '../../../native/labels/zpl-label.ts'
import { PROFILES } from '../../../native/printers/profiles.ts'
import { readEscpos } from '../../../native/simulators/printer/escpos-reader.ts'
import { readPaper, textOf } from '../../../native/simulators/printer/read-paper.ts'
import { PLAIN } from '../../support/printer/print-blocks.ts'
import { readCodes } from '../../support/printer/read-code.ts'

const PIECE: UnitLabel = {
  title: 'Câmera Ámbar ^XA',
  lines: ['S/N C_42~7', '€ 649.00'],
  code: { gs1: true, payload: '0109506000134352' + '21C_42^7\u001d' + '10LOT' },
}
const SMALL: LabelSize = { width_mm: 50, height_mm: 25, dots_per_mm: 8 }

/** The fields of a label as the printer takes them apart: position, data, its hexadecimal undone. */
function fieldsOf(zpl: Uint8Array): { at: string; data: string; code: boolean }[] {
  const text = new TextDecoder().decode(zpl)
  return [...text.matchAll(/\^FO(\d+,\d+)(.*?)\^FH\\\^FD(.*?)\^FS/g)].map(([, at = '', style = '', data = '']) => ({
    at,
    data: data.replaceAll(/\\([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    code: style.startsWith('^BX'),
  }))
}

describe('the label of one piece', () => {
  it('holds the code, the title and the lines in ZPL', () => {
    const zpl = zplLabel(PIECE, SMALL)
    if (typeof zpl === 'string') throw new Error(zpl)
    expect(fieldsOf(zpl).map((field) => field.data)).toEqual([
      '_1010950600013435221C_d09542^7_110LOT',
      PIECE.title,
      ...PIECE.lines,
    ])
    expect(new TextDecoder().decode(zpl)).toMatch(/^\^XA\n\^CI28\n\^PW400\n\^LL200\n[^]*\^PQ1\n\^XZ\n$/)
  })

  it('lets no text begin a command', () => {
    const zpl = zplLabel({ ...PIECE, title: '^XZ~JA\n^XA', lines: [] }, SMALL)
    if (typeof zpl === 'string') throw new Error(zpl)
    const text = new TextDecoder().decode(zpl)
    expect(text.match(/\^XA/g)).toHaveLength(1)
    expect(text.match(/\^XZ/g)).toHaveLength(1)
    expect(text).not.toContain('~')
  })

  it('draws the letters that the printer’s font lacks, and those alone', async () => {
    const arabic = { ...PIECE, title: 'هاتف ٥', lines: ['S/N C_42~7'] }
    const [told, drawn] = [zplLabel(arabic, SMALL), zplLabel(arabic, SMALL, await paperLettering('ltr'))]
    if (typeof told === 'string' || typeof drawn === 'string') throw new Error('no label')
    expect(fieldsOf(told).map((field) => field.data)).toContain(arabic.title)
    expect(fieldsOf(drawn).map((field) => field.data)).toEqual([expect.stringMatching(/^_1/), ...arabic.lines])
    expect(new TextDecoder().decode(drawn).match(/\^FO\d+,16\^GFA,/g)).toHaveLength(1)
    expect(isInFont(arabic)).toBe(false)
    expect(isInFont(PIECE)).toBe(true)
  })

  it('says when the code does not fit, or is none', () => {
    expect(zplLabel(PIECE, { width_mm: 30, height_mm: 6, dots_per_mm: 8 })).toBe('the code does not fit this label')
    expect(zplLabel({ ...PIECE, code: { gs1: true, payload: '21' + 'X'.repeat(4000) } }, SMALL)).toMatch(/bwipp/)
  })

  it('comes out of a receipt printer with a code that a camera reads', async () => {
    const { bytes, remarks } = escposLabel(PIECE, { ...PLAIN, paper: '58mm' })
    expect(remarks).toEqual([])
    const pieces = readPaper(readEscpos(bytes).commands, PROFILES.epson, 32)
    expect(textOf(pieces).split('\n').map((line) => line.trim())).toEqual([PIECE.title, ...PIECE.lines])
    const picture = pieces.find((piece) => piece.kind === 'picture')
    const [code] = picture?.kind === 'picture' ? await readCodes(picture.bitmap) : []
    expect(code).toEqual({ format: 'DataMatrix', text: PIECE.code.payload, symbology: ']d2' })
  })
})
