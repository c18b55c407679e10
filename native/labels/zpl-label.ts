import { bytesPerRow, stacked } from '../printers/bitmap.ts'
import type { DrawnLine, Lettering } from '../printers/lettering.ts'
import { encodeSymbol } from '../printers/symbols.ts'
import type { LabelCode, LabelSize, UnitLabel } from './unit-label.ts'

const GS = '\u001d'
const MARGIN_MM = 2
/** Readers at a counter like half a millimetre a module; a quarter is the least that GS1 allows for trade items. */
const MODULE_MM = 0.5
const MODULE_MM_MIN = 0.25
const TITLE_MM = 4
const LINE_MM = 3

/**
 * A label in ZPL II: the DataMatrix at the left, the title and the lines beside it. Text is sent as UTF-8 (`^CI28`),
 * with ZPL's own characters written in hexadecimal, so no text can become a command; letters that the printer's font
 * lacks are drawn where there is lettering. Returns a sentence where the payload cannot be encoded, or where the symbol
 * does not fit the label at the least module size.
 */
export function zplLabel(label: UnitLabel, size: LabelSize, lettering: Lettering | null = null): Uint8Array | string {
  const symbol = encodeSymbol(label.code.gs1 ? 'gs1-datamatrix' : 'datamatrix', label.code.payload)
  if (typeof symbol === 'string') return symbol
  if (symbol.kind !== 'matrix') return 'a label needs a matrix symbol'
  const dots = (mm: number) => Math.round(mm * size.dots_per_mm)
  const room = dots(Math.min(size.height_mm, size.width_mm) - 2 * MARGIN_MM)
  const module_dots = Math.min(dots(MODULE_MM), Math.floor(room / symbol.across))
  if (module_dots < dots(MODULE_MM_MIN)) return 'the code does not fit this label'
  const beside = dots(MARGIN_MM) + symbol.across * module_dots + dots(MARGIN_MM)
  const across = dots(size.width_mm - MARGIN_MM) - beside
  const put = (top: number, height: number, lines: number, text: string, bold: boolean): string =>
    lettering !== null && !IN_FONT.test(text)
      ? drawn(beside, top, across, lettering.lines(text, { bold, size: 'normal', invert: false, align: 'start', indent_dots: 0 }, across).slice(0, lines))
      : field(beside, top, height, across, lines, text)
  const rows = [
    put(dots(MARGIN_MM), dots(TITLE_MM), 2, label.title, true),
    ...label.lines.map((line, index) => {
      const top = dots(MARGIN_MM + 2 * TITLE_MM + 1 + index * (LINE_MM + 1))
      return put(top, dots(LINE_MM), 1, line, false)
    }),
  ]
  const commands = [
    '^XA',
    '^CI28',
    `^PW${dots(size.width_mm)}`,
    `^LL${dots(size.height_mm)}`,
    '^LH0,0',
    `^FO${dots(MARGIN_MM)},${dots(MARGIN_MM)}^BXN,${module_dots},200,,,,_^FH\\^FD${symbolData(label.code)}^FS`,
    ...rows,
    '^PQ1',
    '^XZ',
  ]
  return new TextEncoder().encode(`${commands.join('\n')}\n`)
}

/** A block of text of at most so many lines in the printer's scalable font; ZPL cuts what is longer. */
function field(x: number, y: number, height: number, width: number, lines: number, text: string): string {
  return `^FO${x},${y}^A0N,${height},${height}^FB${Math.max(1, width)},${lines},0,L,0^FH\\^FD${literal(text)}^FS`
}

/** Letters of the printer's scalable font that every firmware has: Latin with its accents, and the signs of a text. */
const IN_FONT = /^[\u0020-\u024f\u2010-\u2044\u20ac\u2122\u2212]*$/

/** Whether the printer's own font has every letter of a label. */
export const isInFont = ({ title, lines }: UnitLabel): boolean => [title, ...lines].every((line) => IN_FONT.test(line))

/** A line as a picture (`^GFA`): rows of whole bytes in hexadecimal, as wide as the room beside the code. */
function drawn(x: number, y: number, width: number, lines: readonly DrawnLine[]): string {
  const [first] = lines
  if (first === undefined || width < 8) return ''
  const { height, dots } = stacked(...lines.map(({ bitmap }) => bitmap))
  const across = bytesPerRow(first.bitmap.width)
  return `^FO${x},${y}^GFA,${across * height},${across * height},${across},${Buffer.from(dots).toString('hex').toUpperCase()}^FS`
}

/** In the symbol `_1` is FNC1, first and between fields, and `_d095` the underscore itself. */
function symbolData({ gs1, payload }: LabelCode): string {
  const escaped = payload.replaceAll('_', '_d095')
  return literal(gs1 ? `_1${escaped.replaceAll(GS, '_1')}` : escaped)
}

/** Circumflex and tilde begin commands, and the backslash begins the hexadecimal that stands for them. */
function literal(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/[\\^~]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
