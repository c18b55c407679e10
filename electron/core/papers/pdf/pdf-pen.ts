import { createRequire } from 'node:module'
import type PDFDocument from 'pdfkit'
import { paragraphOf, partOf, visualWords, type Direction, type Line } from './visual-words.ts'

export type Pdf = InstanceType<typeof PDFDocument>
export type Weight = 'plain' | 'bold'

/**
 * DejaVu Sans Condensed 2.37: Latin, Greek, Cyrillic and Arabic with its joining forms in one file; its licence
 * (Bitstream Vera) allows to embed and to pass it on. Only the signs a document uses are put into it.
 */
const files = createRequire(import.meta.url)
export const FONT_FILES: Readonly<Record<Weight, () => string>> = {
  plain: () => files.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: () => files.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
}

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

  /** Wraps by words. A word wider than the line is broken inside and loses nothing; line feeds break too. */
  wrap(text: string, width: number, style: Style): Line[] {
    return text.split('\n').flatMap((paragraph) => this.#wrapParagraph(paragraph.trim().replaceAll(/ {2,}/g, ' '), width, style))
  }

  #wrapParagraph(text: string, width: number, style: Style): Line[] {
    const paragraph = paragraphOf(text, this.direction)
    const fits = (start: number, end: number): boolean => this.#lineWidth(partOf(paragraph, start, end), style) <= width
    const lines: Line[] = []
    let start = 0
    while (start < text.length) {
      let end = start
      for (let stop = nextStop(text, end); stop > end && fits(start, stop); stop = nextStop(text, end)) end = stop
      if (end === start) {
        const word = nextStop(text, start)
        end = start + 1
        while (end < word && fits(start, end + 1)) end++
      }
      lines.push(partOf(paragraph, start, end))
      start = text[end] === ' ' ? end + 1 : end
    }
    return lines.length === 0 ? [paragraph] : lines
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

/** The end of the word that begins or goes on after a place; the place itself at the end of the text. */
function nextStop(text: string, from: number): number {
  const blank = text.indexOf(' ', from + 1)
  return blank === -1 ? text.length : blank
}
