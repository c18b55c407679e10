import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillOutline } from '../../../electron/core/papers/lettering/fill-outline.ts'
import { paperLettering } from '../../../electron/core/papers/lettering/paper-lettering.ts'
import { letteringFor } from '../../../electron/core/printing/lettering-for.ts'
import { isBlack, stacked, type Bitmap } from '../../../native/printers/bitmap.ts'
import type { PrintBlock } from '../../../native/printers/columns.ts'
import type { PaperSettings } from '../../../native/printers/paper.ts'
import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import { PAPER_WIDTHS, PROFILES } from '../../../native/printers/profiles.ts'
import { readEscpos } from '../../../native/simulators/printer/escpos-reader.ts'
import { readPaper, type PaperPiece } from '../../../native/simulators/printer/read-paper.ts'
import { readStar } from '../../../native/simulators/printer/star-reader.ts'
import { keptDots } from '../../support/printer/dots-png.ts'
import { receipt } from './a-shop-of-papers.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/papers')
const settings = (profile: PaperSettings['profile'], paper: PaperSettings['paper'] = '80mm'): PaperSettings => ({ profile, paper, pictures: new Map() })
const [fromLeft, fromRight] = [await paperLettering('ltr'), await paperLettering('rtl')]

/** What lies on the counter afterwards: the bytes, read by the simulated printer of this profile. */
function printed(blocks: readonly PrintBlock[], all: PaperSettings): PaperPiece[] {
  const { bytes } = bytesForPrinter(blocks, all)
  const { dialect } = PROFILES[all.profile]
  const { commands, rest } = dialect === 'escpos' ? readEscpos(bytes) : readStar(bytes)
  expect(rest).toHaveLength(0)
  return readPaper(commands, PROFILES[all.profile], PAPER_WIDTHS[all.paper].columns)
}

const text = (words: string): PrintBlock => ({ kind: 'text', text: words, align: 'left', bold: false, size: 'normal' })
const picturesOf = (pieces: readonly PaperPiece[]): Bitmap[] => pieces.flatMap((piece) => (piece.kind === 'picture' ? [piece.bitmap] : []))
const linesOf = (pieces: readonly PaperPiece[]): string[] => pieces.flatMap((piece) => (piece.kind === 'line' ? [piece.text] : []))

/** The rows of the bitmap that hold ink, as its first and last column of ink. */
function ink(bitmap: Bitmap, from = 0, to = bitmap.height): { left: number; right: number } | null {
  let [left, right] = [bitmap.width, -1]
  for (let y = from; y < to; y++)
    for (let x = 0; x < bitmap.width; x++) if (isBlack(bitmap, x, y)) [left, right] = [Math.min(left, x), Math.max(right, x)]
  return right === -1 ? null : { left, right }
}

describe('an Arabic receipt on paper', () => {
  it.each([['80mm', 48], ['58mm', 32]] as const)('on %s has the dots that a person has read', (paper, columns) => {
    const dots = stacked(...picturesOf(printed(receipt('ar').blocks, { ...settings('epson', paper), lettering: fromRight })))
    expect(dots.width).toBe(PAPER_WIDTHS[paper].dots)
    expect(keptDots(join(FIXTURES, `receipt.ar.${columns}.png`), dots)).toEqual(dots)
  })

  it('has the same dots on a Star printer, but for the white under each picture', () => {
    const [epson, star] = (['epson', 'star'] as const).map((profile) => picturesOf(printed(receipt('ar').blocks, { ...settings(profile), lettering: fromRight })))
    const codes = (pictures: readonly Bitmap[] = []) => pictures.map((one) => ({ height: one.height, ink: ink(one) }))
    expect(codes(star).map((one) => one.ink)).toEqual(codes(epson).map((one) => one.ink))
    for (const [index, { height }] of codes(epson).entries()) expect(codes(star)[index]?.height).toBe(Math.ceil(height / 24) * 24)
  })

  it('keeps words the printer has letters for as text, in the mirror of the columns', () => {
    const lines = linesOf(printed(receipt('ar').blocks, { ...settings('epson'), lettering: fromRight }))
    expect(lines).toContain('€ 749.00               Fjord Saga 7 256 GB, grün')
    expect(lines.some((line) => line.trim() === '10435 Berlin')).toBe(true)
  })

  it('has the amount at the left margin and its word at the right one, in one line', () => {
    const [line] = picturesOf(printed([{ kind: 'pair', left: 'المجموع', right: '\u200f749.00 €', bold: false }], { ...settings('epson'), lettering: fromRight }))
    const alone = fromRight.lines('المجموع', { bold: false, size: 'normal', invert: false, align: 'start', indent_dots: 0 }, 576)[0]
    expect(line?.height).toBe(30)
    expect(ink(line!)?.left).toBeLessThan(4)
    expect(ink(line!)?.right).toBe(ink(alone!.bitmap)?.right)
  })
})

describe('a word the printer has no letters for', () => {
  it('is drawn on an old printer and printed as it is on one that has its page', async () => {
    const document = { language: 'de-DE', blocks: [text('Чайник'), text('Kettle')] }
    expect(await letteringFor(document, 'epson')).toEqual({})
    expect(linesOf(printed(document.blocks, settings('epson')))).toEqual(['Чайник', 'Kettle'])
    const old = printed(document.blocks, { ...settings('legacy'), ...(await letteringFor(document, 'legacy')) })
    expect(picturesOf(old)).toHaveLength(1)
    expect(linesOf(old)).toEqual(['Kettle'])
  })

  it('is spelled as its bearer spells it: Nguyễn, דוד, Ğül', async () => {
    for (const name of ['Nguyễn', 'דוד', 'Əli']) {
      const { remarks, rows } = bytesForPrinter([text(name)], { ...settings('generic'), lettering: fromLeft })
      expect({ name, remarks, drawn: rows.map((row) => row.kind) }).toEqual({ name, remarks: [], drawn: ['drawn', 'cut'] })
    }
  })

  it('is told as lost where no font has it either, and the rest of the line is still there', () => {
    const { remarks, rows } = bytesForPrinter([text('鍋 محمد 40 cm')], { ...settings('epson'), lettering: fromLeft })
    expect(remarks).toEqual([{ kind: 'character', character: '鍋', by: '?', lost: true }])
    expect(rows[0]).toMatchObject({ kind: 'drawn', text: '? محمد 40 cm' })
  })

  it('leaves signs with a customary spelling as text: a euro on an old printer is EUR', () => {
    expect(linesOf(printed([text('12,00 € – „Ware“')], { ...settings('legacy'), lettering: fromLeft }))).toEqual(['12,00 EUR - "Ware"'])
  })

  it('wraps as often as it takes, and neither a letter nor a line is lost or stands beyond the paper', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ابتثجحخدسشضعلمنهوي', ...'ЖЯщ', ...'12.,-€Wil'), minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.constantFrom(384, 576), fc.constantFrom(fromLeft, fromRight), (words, dots, lettering) => {
        const lines = lettering.lines(words.join(' '), { bold: false, size: 'normal', invert: false, align: 'start', indent_dots: 0 }, dots)
        expect(lines.map((line) => line.text).join('').replaceAll(' ', '')).toBe(words.join(''))
        for (const { bitmap } of lines) expect([bitmap.width, bitmap.height, ink(bitmap) === null]).toEqual([dots, 30, false])
      }),
      { numRuns: 60 },
    )
  })

  it('in white on black is one bar over the paper', () => {
    const [bar] = picturesOf(printed([{ kind: 'banner', text: 'نسخة' }], { ...settings('epson'), lettering: fromRight }))
    expect(ink(bar!, 0, 2)).toEqual({ left: 0, right: 575 })
    expect(ink(bar!, 46, 48)).toEqual({ left: 0, right: 575 })
  })
})

describe('the filling of an outline', () => {
  const square = (left: number, top: number, side: number): number[] => [left, top, left + side, top, left + side, top + side, left, top + side]
  const turned = (contour: readonly number[]): number[] => Array.from({ length: contour.length / 2 }, (_, n) => contour.slice(contour.length - 2 * n - 2, contour.length - 2 * n)).flat()
  const black = (bitmap: Bitmap): number => {
    let sum = 0
    for (let y = 0; y < bitmap.height; y++) for (let x = 0; x < bitmap.width; x++) sum += isBlack(bitmap, x, y) ? 1 : 0
    return sum
  }

  it('is exactly the square, wherever it lies on the dots', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.integer({ min: 1, max: 12 }), (left, top, side) => {
        expect(black(fillOutline([square(left, top, side)], 40, 40))).toBe(side * side)
      }),
    )
  })

  it('leaves the hole of a letter white, and a join of two letters black', () => {
    const hole = fillOutline([square(0, 0, 10), turned(square(3, 3, 4))], 10, 10)
    expect([black(hole), isBlack(hole, 5, 5)]).toEqual([100 - 16, false])
    const join_ = fillOutline([square(0, 0, 10), square(3, 3, 4)], 10, 10)
    expect(black(join_)).toBe(100)
  })

  it('leaves out what sticks out, and loses no thin stroke', () => {
    expect(black(fillOutline([square(-5, -5, 10)], 8, 8))).toBe(25)
    for (let left = 2; left < 3; left += 0.1) expect(black(fillOutline([[left, 0, left + 1.1, 0, left + 1.1, 8, left, 8]], 8, 8))).toBeGreaterThanOrEqual(8)
  })
})
