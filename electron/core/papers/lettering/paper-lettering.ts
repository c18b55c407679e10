import type { Bitmap } from '../../../../native/printers/bitmap.ts'
import type { DrawnLine, Lettering, LetterStyle } from '../../../../native/printers/lettering.ts'
import { DotPen, type DotStyle } from './dot-pen.ts'
import { FONT_FILES } from './fonts.ts'
import { paragraphOf, visualWords, type Direction, type Line } from './visual-words.ts'
import { wrapLines } from './wrap-line.ts'

/** Under this share of the paper beside an amount a text reads badly; the amount then gets a line of its own. */
const BESIDE_MIN = 0.3
const GAP_DOTS = 12

let pen: Promise<DotPen> | null = null

/** The lettering of papers that are read one way. The fonts are read once, when the first paper wants them. */
export async function paperLettering(direction: Direction): Promise<Lettering> {
  pen ??= import('fontkit').then(({ openSync }) => new DotPen({ plain: openSync(FONT_FILES.plain()), bold: openSync(FONT_FILES.bold()) }))
  return new PaperLettering(await pen, direction)
}

class PaperLettering implements Lettering {
  readonly direction: Direction
  readonly #pen: DotPen

  constructor(dotPen: DotPen, direction: Direction) {
    this.#pen = dotPen
    this.direction = direction
  }

  has(character: string): boolean {
    return this.#pen.has(character)
  }

  visual(line: string): string {
    return visualWords(paragraphOf(line, this.direction)).join('')
  }

  lines(
    text: string, style: LetterStyle & { readonly align: 'start' | 'center' | 'end'; readonly indent_dots: number }, dots: number,
  ): DrawnLine[] {
    return this.#wrap(text, style, dots - style.indent_dots).map((line) => this.#drawn([{ line, align: style.align, indent_dots: style.indent_dots }], style, dots))
  }

  pair(start: string, end: string, style: LetterStyle, dots: number): DrawnLine[] {
    const amount = this.#wrap(end, style, dots)
    const beside = dots - Math.max(...amount.map((line) => this.#pen.widthOf(line, dotStyle(style)))) - GAP_DOTS
    const ends = amount.map((line) => ({ line, align: 'end', indent_dots: 0 }) as const)
    const under = end !== '' && (amount.length > 1 || beside < dots * BESIDE_MIN)
    const starts = start === '' && under ? [] : this.#wrap(start, style, end === '' || under ? dots : beside)
    const rows: Placed[][] = starts.map((line) => [{ line, align: 'start', indent_dots: 0 }])
    if (under) rows.push(...ends.map((one) => [one]))
    else if (end !== '') rows.at(-1)?.push(...ends)
    return rows.map((row) => this.#drawn(row, style, dots))
  }

  #wrap(text: string, style: LetterStyle, dots: number): Line[] {
    return wrapLines(text, this.direction, (line) => this.#pen.widthOf(line, dotStyle(style)) <= dots)
  }

  #drawn(parts: readonly Placed[], style: LetterStyle, dots: number): DrawnLine {
    const bitmap = this.#pen.emptyLine(dots, style.size)
    for (const { line, align, indent_dots } of parts) {
      const free = dots - indent_dots - this.#pen.widthOf(line, dotStyle(style))
      const atRight = (align === 'end') === (this.direction === 'ltr')
      const before = align === 'center' ? Math.floor(free / 2) : atRight ? free : 0
      this.#pen.put(line, bitmap, before + (this.direction === 'ltr' ? indent_dots : 0), dotStyle(style))
    }
    return { text: parts.map(({ line }) => line.text.trim()).join('  '), bitmap: style.invert ? inverted(bitmap) : bitmap }
  }
}

interface Placed {
  readonly line: Line
  readonly align: 'start' | 'center' | 'end'
  readonly indent_dots: number
}

const dotStyle = ({ bold, size }: LetterStyle): DotStyle => ({ weight: bold ? 'bold' : 'plain', size })

/** The heads of this trade are whole bytes wide, so no dot beyond the paper turns black. */
const inverted = ({ width, height, dots }: Bitmap): Bitmap => ({ width, height, dots: dots.map((byte) => byte ^ 0xff) })
