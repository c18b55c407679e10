import type { Bitmap } from './bitmap.ts'
import type { TextSize } from './columns.ts'

/** How a line is drawn. `start` is left where the paper is read from the left, and right where it is not. */
export interface LetterStyle {
  readonly bold: boolean
  readonly size: TextSize
  /** White on a black bar as wide as the paper. */
  readonly invert: boolean
}

export interface DrawnLine {
  /** The words as they are read, for logs and lists. */
  readonly text: string
  /** As wide as was asked for; as tall as the printer's own line of this size, with its spacing. */
  readonly bitmap: Bitmap
}

/**
 * Draws lines for which a printer has no letters. The fonts, the joining of letters and the order of words belong to
 * whoever prints; a printer gets dots. Widths are dots of the head.
 */
export interface Lettering {
  /** The way the whole paper is read: `rtl` mirrors its columns, also of lines in the printer's own letters. */
  readonly direction: 'ltr' | 'rtl'
  /** Whether this character can be drawn. */
  has(character: string): boolean
  /** One line as it stands from left to right, without the marks that steer the order. */
  visual(line: string): string
  /** Wraps by words; nothing is lost. */
  lines(text: string, style: LetterStyle & { readonly align: 'start' | 'center' | 'end'; readonly indent_dots: number }, dots: number): DrawnLine[]
  /** A text at the start and its amount at the end of the text's last line, or under it where both do not fit. */
  pair(start: string, end: string, style: LetterStyle, dots: number): DrawnLine[]
}
