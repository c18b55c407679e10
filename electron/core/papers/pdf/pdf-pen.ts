import type PDFDocument from 'pdfkit'
import type { Weight } from '../lettering/fonts.ts'
import { paragraphOf, visualWords, type Direction, type Line } from '../lettering/visual-words.ts'
import { wrapLines } from '../lettering/wrap-line.ts'

export type Pdf = InstanceType<typeof PDFDocument>

export interface Style {
  readonly weight: Weight
  readonly size_pt: number
}

/** `start` is left where the language runs left to right, and right where it does not. */
export type Align = 'start' | 'center' | 'end'

/** Measures, wraps and draws text on a PDF; all lengths in points of 1/72 inch, y grows downwards. */
export class PdfPen {
  readonly #pdf: Pdf
  readonly direction: Direction
  /** Width of a word at one point, by weight: shaping is most of the work, and wrapping asks for a word many times. */
  readonly #widths = new Map<string, number>()

  constructor(pdf: Pdf, direction: Direction) {
    this.#pdf = pdf
    this.direction = direction
  }

  widthOf(text: string, style: Style): number {
    return this.#lineWidth(paragraphOf(text, this.direction), style)
  }

  wrap(text: string, width: number, style: Style): Line[] {
    return wrapLines(text, this.direction, (line) => this.#lineWidth(line, style) <= width)
  }

  /** One line into a box; what does not fit sticks out, so wrap before. */
  draw(what: Line | string, box: { x: number; y: number; width: number }, style: Style, align: Align, colour = '#000000'): void {
    const line = typeof what === 'string' ? paragraphOf(what, this.direction) : what
    const free = box.width - this.#lineWidth(line, style)
    const atRight = (align === 'end') === (this.direction === 'ltr')
    let x = box.x + (align === 'center' ? free / 2 : atRight ? free : 0)
    for (const word of visualWords(line)) {
      if (word.trim() !== '') this.#choose(style).fillColor(colour).text(word, x, box.y, { lineBreak: false })
      x += this.#wordWidth(word, style)
    }
  }

  #lineWidth(line: Line, style: Style): number {
    return visualWords(line).reduce((sum, word) => sum + this.#wordWidth(word, style), 0)
  }

  #wordWidth(word: string, style: Style): number {
    const key = `${style.weight} ${word}`
    let width = this.#widths.get(key)
    if (width === undefined) {
      width = this.#choose({ ...style, size_pt: 100 }).widthOfString(word) / 100
      this.#widths.set(key, width)
    }
    return width * style.size_pt
  }

  #choose(style: Style): Pdf {
    return this.#pdf.font(style.weight).fontSize(style.size_pt)
  }
}
