import { columnsOf } from '../printers/column-width.ts'
import { legibleText } from '../printers/code-pages.ts'

/** Customer displays of the trade: two lines of twenty characters. */
export const DISPLAY_COLUMNS = 20

/**
 * Exactly one line of a display: characters beyond ASCII are transliterated (their ROMs differ, and hardly one has a
 * euro sign), control characters become blanks, the rest is cut or filled with blanks.
 */
export function displayLine(text: string): string {
  return fitted(plainAscii(text))
}

/** A word at the left and an amount at the right. The amount is never cut: the word gives way. */
export function displayPair(left: string, right: string): string {
  const amount = plainAscii(right)
  const room = DISPLAY_COLUMNS - columnsOf(amount) - 1
  if (room < 1) return fitted(amount.padStart(DISPLAY_COLUMNS))
  return `${plainAscii(left).slice(0, room).padEnd(room)} ${amount}`
}

function plainAscii(text: string): string {
  return legibleText(text.replaceAll('\n', ' '), []).text
}

function fitted(text: string): string {
  return text.slice(0, DISPLAY_COLUMNS).padEnd(DISPLAY_COLUMNS)
}
