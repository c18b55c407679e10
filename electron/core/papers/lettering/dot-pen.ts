import type { Font } from 'fontkit'
import { bytesPerRow, type Bitmap } from '../../../../native/printers/bitmap.ts'
import type { TextSize } from '../../../../native/printers/columns.ts'
import { fillOutline } from './fill-outline.ts'
import type { Weight } from './fonts.ts'
import { visualWords, type Line } from './visual-words.ts'
import { outlineOf } from './word-outline.ts'

/**
 * Dots of an em, and of the whole line. A line of the printer is 24 dots and its spacing 30; lines of double height
 * follow each other without a gap. The letters are as large as fits into that with their accents.
 */
const SIZES: Readonly<Record<TextSize, { readonly em: number; readonly line: number }>> = {
  normal: { em: 23, line: 30 },
  tall: { em: 32, line: 48 },
  large: { em: 41, line: 48 },
}

/** Letters may reach beyond where their pen starts and stops. */
const OVERHANG_DOTS = 6
/** The words of receipts come again and again; names and serials do not. A word takes some 400 bytes. */
const WORDS_MAX = 4_000

interface Word {
  readonly bitmap: Bitmap
  /** Whole dots, so that a word has the same dots wherever it stands. */
  readonly advance: number
}

export interface DotStyle {
  readonly weight: Weight
  readonly size: TextSize
}

/** Measures words and puts them into lines of dots. Keeps what it has drawn: shaping and filling are nearly all the work. */
export class DotPen {
  readonly #fonts: Readonly<Record<Weight, Font>>
  readonly #words = new Map<string, Word>()

  constructor(fonts: Readonly<Record<Weight, Font>>) {
    this.#fonts = fonts
  }

  has(character: string): boolean {
    return this.#fonts.plain.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
  }

  widthOf(line: Line, style: DotStyle): number {
    return visualWords(line).reduce((sum, word) => sum + this.#word(word, style).advance, 0)
  }

  /** White paper for a line of this size. */
  emptyLine(width: number, size: TextSize): Bitmap {
    const { line } = SIZES[size]
    return { width, height: line, dots: new Uint8Array(bytesPerRow(width) * line) }
  }

  /** Puts a line down with its left end at `x`. Lines of one size have one baseline. */
  put(line: Line, paper: Bitmap, x: number, style: DotStyle): void {
    let pen = x
    for (const text of visualWords(line)) {
      const word = this.#word(text, style)
      if (text.trim() !== '') stamp(word.bitmap, paper, pen - OVERHANG_DOTS)
      pen += word.advance
    }
  }

  #word(text: string, style: DotStyle): Word {
    const key = `${style.weight} ${style.size} ${text}`
    const known = this.#words.get(key)
    if (known !== undefined) return known
    const font = this.#fonts[style.weight]
    const { em, line } = SIZES[style.size]
    const [above, below] = [(font.ascent * em) / font.unitsPerEm, (-font.descent * em) / font.unitsPerEm]
    const baseline = Math.round((line - above - below) / 2 + above)
    const { contours, advance } = outlineOf(font, text, { size: em, left: OVERHANG_DOTS, baseline })
    const word = { bitmap: fillOutline(contours, Math.ceil(advance) + 2 * OVERHANG_DOTS, line), advance: Math.round(advance) }
    const oldest = this.#words.keys().next()
    if (this.#words.size >= WORDS_MAX && oldest.done !== true) this.#words.delete(oldest.value)
    this.#words.set(key, word)
    return word
  }
}

/** Blackens on the paper what is black in the word; what sticks out at a side is left out. */
function stamp(word: Bitmap, paper: Bitmap, left: number): void {
  const [from, to] = [bytesPerRow(word.width), bytesPerRow(paper.width)]
  const [shift, first] = [((left % 8) + 8) % 8, Math.floor(left / 8)]
  for (let y = 0; y < Math.min(word.height, paper.height); y++) {
    for (let at = 0; at < from; at++) {
      const byte = word.dots[y * from + at]!
      if (byte === 0) continue
      const column = first + at
      if (column >= 0 && column < to) paper.dots[y * to + column]! |= byte >> shift
      if (shift > 0 && column + 1 >= 0 && column + 1 < to) paper.dots[y * to + column + 1]! |= (byte << (8 - shift)) & 0xff
    }
  }
}
