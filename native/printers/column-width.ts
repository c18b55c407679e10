/**
 * How many columns of a fixed-width printer a text takes: two for East Asian wide characters and pictographs, none
 * for combining marks and format characters, one for all others (Unicode Standard Annex 11, in broad strokes).
 */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += columnsOfOne(character)
  return columns
}

const NO_COLUMN = /^[\p{M}\p{Cf}\p{Cc}\p{Variation_Selector}]$/u

/** First and last code point of the blocks that are drawn two columns wide. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], [0x2e80, 0x303e], [0x3041, 0x33ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xa000, 0xa4cf],
  [0xa960, 0xa97f], [0xac00, 0xd7a3], [0xf900, 0xfaff], [0xfe30, 0xfe6f], [0xff00, 0xff60], [0xffe0, 0xffe6],
  [0x1f300, 0x1faff], [0x20000, 0x3fffd],
]

function columnsOfOne(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return code < 0x20 || code === 0xad || (code >= 0x7f && code < 0xa0) ? 0 : 1
  if (NO_COLUMN.test(character)) return 0
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}

/**
 * Wraps a text by words to lines of at most `columns` columns. A line feed starts a new line, blank lines stay. A word
 * wider than a line is broken inside; nothing but blanks at a break is ever left out. Combining marks stay with their
 * letter.
 *
 * Right-to-left text is kept in its logical order: the printers of this trade draw in the order of the bytes and
 * have no bidirectional algorithm, so Hebrew would need a visual reordering that this does not do.
 */
export function wrapWords(text: string, columns: number): string[] {
  if (columns < 2) throw new Error(`a line needs two columns at least: ${columns}`)
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, columns))
}

function wrapParagraph(paragraph: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/ +/).filter((word) => word !== '')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (columnsOf(joined) <= columns) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = breakWord(word, columns)
    line = pieces.pop() ?? ''
    lines.push(...pieces)
  }
  return [...lines, line]
}

function breakWord(word: string, columns: number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (columnsOf(piece + character) > columns) {
      pieces.push(piece)
      piece = character
    } else piece += character
  }
  return [...pieces, piece]
}
