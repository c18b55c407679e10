import type { CodePage } from './code-page-tables.ts'
import { legibleText, type Replacement } from './code-pages.ts'
import { columnsOf } from './column-width.ts'
import { columnSetter, type LineSetter, type PaperRow, type PrintBlock } from './columns.ts'
import type { DrawnLine, Lettering } from './lettering.ts'
import type { PaperWidth } from './profiles.ts'

/** Dots of one column of font A; details are indented by two. */
const COLUMN_DOTS = 12

/** A text as it goes onto the paper: in the printer's own letters, or as the characters to be drawn. */
interface Fitted {
  readonly how: 'printed' | 'drawn'
  readonly text: string
}

/**
 * Sets words in the printer's own letters wherever one of its pages has them, for these are quick and sharp, and has
 * them drawn where not. Without lettering, and for signs that even the fonts lack, the documented transliteration
 * stands in their place. `remark` hears of each sign that stands otherwise than written.
 */
export function letterSetter(
  pages: ReadonlyMap<CodePage, number>,
  paper: PaperWidth,
  lettering: Lettering | null,
  remark: (replacement: Replacement) => void,
): LineSetter {
  const columns = columnSetter(paper.columns, lettering?.direction ?? 'ltr')
  const fit = (text: string, columns_max: number): Fitted => fitText(text, columns_max, [...pages.keys()], lettering, remark)
  const drawn = (lines: DrawnLine[]): PaperRow[] => lines.map((line) => ({ kind: 'drawn', ...line }))
  return {
    lines(text, style) {
      const fitted = fit(text, style.size === 'large' ? Math.floor(paper.columns / 2) : paper.columns)
      if (lettering === null || fitted.how === 'printed') return columns.lines(fitted.text, style)
      return drawn(lettering.lines(fitted.text, { ...style, align: ALIGNED[style.align], indent_dots: 0 }, paper.dots))
    },
    pair(left, right, style) {
      const [start, end] = [fit(left, paper.columns), fit(right, paper.columns)]
      if (lettering === null || (start.how === 'printed' && end.how === 'printed')) return columns.pair(start.text, end.text, style)
      return drawn(lettering.pair(start.text, end.text, { ...style, invert: false }, paper.dots))
    },
    detail(text) {
      const fitted = fit(text, paper.columns - 2)
      if (lettering === null || fitted.how === 'printed') return columns.detail(fitted.text)
      const style = { bold: false, size: 'normal', invert: false, align: 'start', indent_dots: 2 * COLUMN_DOTS } as const
      return drawn(lettering.lines(fitted.text, style, paper.dots))
    },
    rule: (weight) => columns.rule(weight),
  }
}

const ALIGNED = { left: 'start', center: 'center', right: 'end' } as const

function fitText(
  text: string, columns_max: number, pages: readonly CodePage[], lettering: Lettering | null, remark: (replacement: Replacement) => void,
): Fitted {
  const legible = legibleText(text, pages)
  const missing = lettering !== null && legible.replaced.some((one) => lettering.has(one.character) && isMissed(one))
  // A printer goes from left to right. What turns round on the way, as amounts in an Arabic paper do, is turned before;
  // it can be wrapped only in the order in which it is read, so what is longer than a line is drawn.
  const turned = lettering !== null && TURNS.test(text) ? text.split('\n').map((line) => lettering.visual(line)) : null
  if (lettering === null || (!missing && (turned === null || turned.every((line) => columnsOf(line) <= columns_max)))) {
    const printed = turned === null ? legible : legibleText(turned.join('\n'), pages)
    for (const replacement of printed.replaced) remark(replacement)
    return { how: 'printed', text: printed.text }
  }
  return { how: 'drawn', text: drawable(text, pages, lettering, remark) }
}

/** Each character that the fonts have, and of the others what the printer would have printed for them. */
function drawable(text: string, pages: readonly CodePage[], lettering: Lettering, remark: (replacement: Replacement) => void): string {
  let written = ''
  for (const character of text.normalize('NFC')) {
    if (character === '\n' || STEERING.test(character) || (lettering.has(character) && !/\p{Cc}/u.test(character))) written += character
    else {
      const legible = legibleText(character, pages)
      for (const replacement of legible.replaced) remark(replacement)
      written += legible.text
    }
  }
  return written
}

/** Letters that are read from the right, and the marks that turn others round (Unicode Standard Annex 9). */
const TURNS = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/
/** Marks that order or join letters and are not seen themselves. */
const STEERING = /[\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069]/
const LETTER = /^[\p{L}\p{M}]$/u
/** Letters that stand for the same ones in another form: nobody's name is spelled wrongly by the exchange. */
const SAME_LETTER = /^[ȘșȚțĲĳĿŀŉſﬁﬂʻʼ]$/u

/** Whether a paper is poorer for the exchange: a name is spelled otherwise, or a question mark stands there. */
const isMissed = ({ character, lost }: Replacement): boolean => lost || (LETTER.test(character) && !SAME_LETTER.test(character))

/** Whether this paper has words that the printer cannot print as they are, and lettering is worth its while. */
export function wantsLettering(blocks: readonly PrintBlock[], pages: ReadonlyMap<CodePage, number>): boolean {
  const known = [...pages.keys()]
  return wordsOf(blocks).some((text) => TURNS.test(text) || legibleText(text, known).replaced.some(isMissed))
}

function wordsOf(blocks: readonly PrintBlock[]): string[] {
  return blocks.flatMap((block): (string | null)[] => {
    switch (block.kind) {
      case 'logo':
        return [block.alt]
      case 'title':
      case 'text':
      case 'banner':
        return [block.text]
      case 'pair':
      case 'total':
        return [block.left, block.right]
      case 'item':
        return [block.name, block.amount, block.quantity, ...block.details]
      case 'qr':
      case 'datamatrix':
      case 'barcode':
        return [block.caption]
      case 'rule':
      case 'space':
      case 'cut':
        return []
      default:
        return block satisfies never
    }
  }).filter((text) => text !== null)
}
