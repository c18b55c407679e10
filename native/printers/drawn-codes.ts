import type { Bitmap } from './bitmap.ts'
import { drawSymbol, encodeSymbol, symbolDots } from './symbols.ts'
import type { CodeSymbology, PaperRow } from './columns.ts'
import { wrapWords } from './column-width.ts'
import type { PrintRemark } from './paper.ts'
import type { PaperWidth } from './profiles.ts'

/** Dots of a module, best first: hand-held readers like half a millimetre and more, and refuse less than a quarter. */
const MODULE_DOTS: Readonly<Record<CodeSymbology, readonly number[]>> = {
  qr: [6, 5, 4, 3],
  datamatrix: [6, 5, 4, 3],
  'gs1-datamatrix': [6, 5, 4, 3],
  code128: [3, 2],
  ean13: [3, 2],
  'gs1-128': [3, 2],
}

export const BAR_DOTS = 80

/** A code that fits the paper: its size, and itself as a picture for printers that do not draw codes. */
export interface FittingCode {
  readonly module_dots: number
  draw(): Bitmap
}

/** The largest size at which a code fits the paper; a sentence where it cannot be drawn at all. */
export function fitCode(symbology: CodeSymbology, payload: string, paper: PaperWidth): FittingCode | string {
  const symbol = encodeSymbol(symbology, payload)
  if (typeof symbol === 'string') return symbol
  const module_dots = MODULE_DOTS[symbology].find((dots) => symbolDots(symbol, dots) <= paper.dots)
  if (module_dots === undefined) return `too wide for paper of ${paper.dots} dots`
  return { module_dots, draw: () => drawSymbol(symbol, { module_dots, bar_dots: BAR_DOTS }) }
}

/** A code that cannot be drawn stands as text, so that it can be typed, and the remark says so. */
export function codeAsText(
  row: PaperRow & { kind: 'code' },
  why: string,
  paper: PaperWidth,
  remarks: PrintRemark[],
): PaperRow[] {
  remarks.push({ kind: 'code', symbology: row.symbology, payload: row.payload, why })
  const shown = row.payload.replaceAll('\u001d', ' ').replaceAll(/[^ -~]/gu, '?')
  return wrapWords(shown, paper.columns).map((text) => ({
    kind: 'line', text, bold: false, size: 'normal', invert: false,
  }))
}
