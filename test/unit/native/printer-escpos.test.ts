import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PrintBlock } from '../../../native/printers/columns.ts'
import type { PaperSettings } from '../../../native/printers/paper.ts'
import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import { PAPER_WIDTHS, PROFILES, PROFILE_IDS } from '../../../native/printers/profiles.ts'
import { readEscpos } from '../../../native/simulators/printer/escpos-reader.ts'
import type { PaperPiece } from '../../../native/simulators/printer/read-paper.ts'
import { readPaper, textOf } from '../../../native/simulators/printer/read-paper.ts'
import { readStar } from '../../../native/simulators/printer/star-reader.ts'
import { greyPng } from '../../support/printer/grey-png.ts'
import { PLAIN, RECEIPT, blockArbitrary } from '../../support/printer/print-blocks.ts'
import { readCodes } from '../../support/printer/read-code.ts'

/** Prints blocks and reads the paper with the simulator's own interpreter. */
function paperOf(blocks: readonly PrintBlock[], settings: PaperSettings = PLAIN) {
  const printed = bytesForPrinter(blocks, settings)
  const profile = PROFILES[settings.profile]
  const read = profile.dialect === 'escpos' ? readEscpos : readStar
  const { commands, rest } = read(printed.bytes)
  expect(rest).toHaveLength(0)
  const pieces = readPaper(commands, profile, PAPER_WIDTHS[settings.paper].columns)
  return { ...printed, commands, pieces, text: textOf(pieces) }
}

const settings = (profile: PaperSettings['profile'], paper: PaperSettings['paper'] = '80mm'): PaperSettings => ({
  profile,
  paper,
  pictures: new Map([['shop', LOGO]]),
})

const picturesOf = (pieces: readonly PaperPiece[]) =>
  pieces.flatMap((piece) => (piece.kind === 'picture' ? [piece.bitmap] : []))

describe('a receipt in the printer’s own language', () => {
  const PAPERS = ['58mm', '80mm-180dpi', '80mm'] as const
  it.each(PROFILE_IDS.flatMap((profile) => PAPERS.map((paper) => [profile, paper] as const)))('%s on %s paper reads as it was laid out', (profile, paper) => {
    const { pieces, rows, text, remarks } = paperOf(RECEIPT, settings(profile, paper))
    const laid = rows.flatMap((row) => (row.kind === 'line' ? [row.text] : []))
    const lines = text.split('\n').filter((line) => line !== '')
    expect(lines).toEqual(laid.filter((line) => line !== ''))
    expect(pieces.filter((piece) => piece.kind === 'line' && piece.overflowed)).toEqual([])
    expect(pieces.at(-1)?.kind).toBe('cut')
    expect(remarks.filter((remark) => remark.kind !== 'character')).toEqual([])
    expect(text).toContain('356938035643809')
    expect(text).toContain(profile === 'legacy' ? 'EUR 674.00' : '€ 674.00')
  })

  it('starts from a known state and ends with the knife', () => {
    const { bytes } = paperOf([{ kind: 'text', text: 'x', align: 'left', bold: false, size: 'normal' }])
    expect([...bytes.subarray(0, 10)]).toEqual([0x1b, 0x40, 0x1c, 0x2e, 0x1b, 0x52, 0x00, 0x1b, 0x74, 19])
    expect([...bytes.subarray(-4)]).toEqual([0x1d, 0x56, 0x42, 0x00])
  })

  it('keeps the code page after a cut: the second paper of a job reads like the first', () => {
    const line = { kind: 'text', text: 'Reçu 5 €', align: 'left', bold: false, size: 'normal' } as const
    expect(paperOf([line, { kind: 'cut' }, line]).text).toBe('Reçu 5 €\nReçu 5 €')
  })

  it('prints the title large, the total tall and bold, the banner white on black', () => {
    const { pieces } = paperOf(RECEIPT)
    const styleOf = (text: string) => {
      const line = pieces.find((piece) => piece.kind === 'line' && piece.text.includes(text))
      return line?.kind === 'line' ? [line.width, line.height, line.bold, line.invert] : null
    }
    expect(styleOf('Harbour Devices')).toEqual([2, 2, true, false])
    expect(styleOf('TOTAL')).toEqual([1, 2, true, false])
    expect(styleOf('COPY')).toEqual([1, 2, true, true])
    expect(styleOf('IMEI 2')).toEqual([1, 1, false, false])
  })

  it('keeps blank lines', () => {
    const block = { kind: 'text', text: 'a\n\nb', align: 'left', bold: false, size: 'normal' } as const
    expect(paperOf([block]).text).toBe('a\n\nb')
  })

  it('prints whatever the shop writes, on every profile, without a stray command', () => {
    const blocks = fc.array(blockArbitrary, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(blocks, fc.constantFrom(...PROFILE_IDS), (some, profile) => {
        const { commands, rows, text } = paperOf(some, settings(profile))
        const laid = rows.flatMap((row) => (row.kind === 'line' ? [row.text] : []))
        expect(text).toBe(laid.join('\n'))
        expect(commands.filter((command) => ['drawer', 'forget', 'ask-status'].includes(command.kind))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('does not let a product’s name open the drawer', () => {
    const name = 'Kettle \u001bp\u0000\u0019\u00fa\u001d(k'
    const { pieces, text } = paperOf([{ kind: 'item', name, details: [], quantity: null, amount: '1.00' }])
    expect(pieces.map((piece) => piece.kind)).toEqual(['line', 'cut'])
    expect(text).toMatch(/^Kettle p ú \(k +1\.00$/)
  })
})

describe('a receipt that broke off', () => {
  it('leaves no half line in the way of the next one: every job begins with a clean buffer', () => {
    const whole = bytesForPrinter([{ kind: 'title', text: 'SECOND' }], PLAIN).bytes
    const half = bytesForPrinter([{ kind: 'title', text: 'FIRST' }], PLAIN).bytes
    const cut = half.subarray(0, half.lastIndexOf('S'.charCodeAt(0)))
    const { commands } = readEscpos(Uint8Array.from([...cut, ...whole]))
    expect(textOf(readPaper(commands, PROFILES.epson, 42)).trim()).toBe('SECOND')
  })
})

describe('codes on paper', () => {
  const GS1 = '0109506000134352211ABC-7\u001d10LOT 1'
  const URL = 'https://harbour.example/r/8f2c?q=é€'

  it('sends a QR code in the printer’s own language with its length in bytes', () => {
    const { pieces } = paperOf([{ kind: 'qr', payload: URL, caption: null }])
    expect(pieces).toContainEqual({ kind: 'qr', payload: URL, module_dots: 6 })
  })

  it.each(['generic', 'legacy'] as const)('draws a QR code as a picture for a %s printer', async (profile) => {
    const { pieces } = paperOf([{ kind: 'qr', payload: URL, caption: null }], settings(profile, '58mm'))
    expect(await readCodes(picturesOf(pieces)[0]!)).toEqual([expect.objectContaining({ format: 'QRCode', text: URL })])
  })

  it.each(['epson', 'star'] as const)('draws a GS1 DataMatrix that a camera reads, on %s', async (profile) => {
    const { pieces } = paperOf([{ kind: 'datamatrix', payload: GS1, gs1: true, caption: null }], settings(profile))
    const [code] = await readCodes(picturesOf(pieces)[0]!)
    expect(code).toEqual({ format: 'DataMatrix', text: GS1, symbology: ']d2' })
  })

  it('draws GS1-128 with FNC1 first', async () => {
    const { pieces } = paperOf([
      { kind: 'barcode', symbology: 'gs1-128', payload: '0109506000134352211ABC', caption: null },
    ])
    const [code] = await readCodes(picturesOf(pieces)[0]!)
    expect(code).toEqual({ format: 'Code128', text: '0109506000134352211ABC', symbology: ']C1' })
  })

  it('lets the printer draw Code 128 and EAN-13 where they fit', () => {
    const { pieces } = paperOf([
      { kind: 'barcode', symbology: 'code128', payload: 'R-000123', caption: null },
      { kind: 'barcode', symbology: 'ean13', payload: '4006381333931', caption: null },
    ])
    expect(pieces.filter((piece) => piece.kind === 'bars')).toEqual([
      { kind: 'bars', type: 73, payload: '{BR-000123', module_dots: 3 },
      { kind: 'bars', type: 67, payload: '4006381333931', module_dots: 3 },
    ])
  })

  it('prints a code that does not fit, or is wrong, as text, and says so', () => {
    const long = 'X'.repeat(60)
    const { text, remarks } = paperOf(
      [
        { kind: 'barcode', symbology: 'code128', payload: long, caption: null },
        { kind: 'barcode', symbology: 'ean13', payload: '4006381333930', caption: null },
      ],
      settings('epson', '58mm'),
    )
    expect(text.replaceAll('\n', '')).toBe(`${long}4006381333930`)
    expect(remarks.map((remark) => remark.kind === 'code' && remark.payload)).toEqual([long, '4006381333930'])
    expect(remarks.every((remark) => remark.kind === 'code' && remark.why !== '')).toBe(true)
  })
})

describe('the shop’s logo', () => {
  it.each([
    ['58mm', 384],
    ['80mm-180dpi', 512],
    ['80mm', 576],
  ] as const)('is scaled to %s paper and sent in bands', (paper, dots) => {
    const { pieces, commands } = paperOf([{ kind: 'logo', name: 'shop', alt: 'Shop' }], settings('epson', paper))
    const [picture] = picturesOf(pieces)
    expect(picture).toMatchObject({ width: dots, height: Math.round((300 * dots) / 600) })
    const bands = commands.flatMap((command) => (command.kind === 'picture' ? [command.bitmap.height] : []))
    expect(Math.max(...bands)).toBeLessThanOrEqual(128)
    // The left half of the logo is black, the right half white: scaling and diffusing must not blur that.
    const rows = picture!.dots.length / picture!.height
    expect(picture!.dots[0]).toBe(0xff)
    expect(picture!.dots[rows - 1]).toBe(0x00)
  })

  it('prints the same picture on a Star printer', () => {
    const escpos = picturesOf(paperOf([{ kind: 'logo', name: 'shop', alt: '' }], settings('epson')).pieces)[0]!
    const star = picturesOf(paperOf([{ kind: 'logo', name: 'shop', alt: '' }], settings('star')).pieces)[0]!
    expect(star.dots.subarray(0, escpos.dots.length)).toEqual(escpos.dots)
  })

  it('prints the shop’s name instead where the picture is missing or broken, and says why', () => {
    const logo = { kind: 'logo', name: 'shop', alt: 'Harbour' } as const
    const missing = paperOf([logo])
    expect(missing.text.trim()).toBe('Harbour')
    expect(missing.remarks).toEqual([{ kind: 'picture', name: 'shop', why: 'there is no picture of this name' }])
    const torn = paperOf([logo], { ...PLAIN, pictures: new Map([['shop', LOGO.slice(0, 60)]]) })
    expect(torn.remarks).toEqual([{ kind: 'picture', name: 'shop', why: expect.any(String) }])
  })
})

/** 600 × 300 dots, the left half black. */
const LOGO = greyPng(600, 300, (x) => (x < 300 ? 0 : 255))
