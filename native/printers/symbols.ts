// The default export on purpose: the named `raw` of this package is a symbology of that name, not the raw encoder.
import bwip from 'bwip-js/node'
import type { Bitmap } from './bitmap.ts'
import { paintBitmap } from './bitmap.ts'
import type { CodeSymbology } from './columns.ts'

/** A code before it has a size: squares of a matrix, or bars and spaces in modules, the first one a bar. */
export type CodeSymbol =
  | { readonly kind: 'matrix'; readonly across: number; readonly down: number; readonly black: readonly boolean[] }
  | { readonly kind: 'bars'; readonly modules: number; readonly widths: readonly number[] }

const GS = '\u001d'

/**
 * Encodes a payload as a code. GS1 payloads are element strings without brackets; FNC1 is set first and between fields.
 * Returns a sentence where the payload does not fit the symbology (a wrong check digit, too long, no such character).
 */
export function encodeSymbol(symbology: CodeSymbology, payload: string): CodeSymbol | string {
  try {
    const drawn = bwip.raw(optionsOf(symbology, payload))[0]
    if (drawn === undefined) return `nothing to draw for ${symbology}`
    if ('pixs' in drawn) {
      return { kind: 'matrix', across: drawn.pixx, down: drawn.pixy, black: drawn.pixs.map((pixel) => pixel === 1) }
    }
    return { kind: 'bars', modules: drawn.sbs.reduce((sum, width) => sum + width, 0), widths: drawn.sbs }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

interface EncoderOptions {
  readonly bcid: string
  readonly text: string
  /** `^FNC1` in the text is the function character, and `^^` a circumflex. */
  readonly parsefnc?: boolean
  /** Error correction of QR: M survives the 15 % that creases and fading take. */
  readonly eclevel?: 'M'
}

/** The encoder's name of the symbology and the text in its notation. */
function optionsOf(symbology: CodeSymbology, payload: string): EncoderOptions {
  const literal = payload.replaceAll('^', '^^')
  const elements = `^FNC1${literal.replaceAll(GS, '^FNC1')}`
  switch (symbology) {
    case 'qr':
      return { bcid: 'qrcode', text: payload, eclevel: 'M' }
    case 'datamatrix':
      return { bcid: 'datamatrix', text: payload }
    case 'gs1-datamatrix':
      return { bcid: 'datamatrix', text: elements, parsefnc: true }
    case 'code128':
      return { bcid: 'code128', text: payload }
    case 'gs1-128':
      return { bcid: 'code128', text: elements, parsefnc: true }
    case 'ean13':
      return { bcid: 'ean13', text: payload }
    default:
      return symbology satisfies never
  }
}

/** Light squares around a matrix, by the standards (ISO/IEC 16022 asks 1, 18004 asks 4; bars ask 10 at each side). */
const QUIET_MATRIX = 4
const QUIET_BARS = 10

export interface SymbolSize {
  /** Dots of one module: 203 dpi has 8 dots a millimetre. */
  readonly module_dots: number
  /** Height of the bars of a linear code. */
  readonly bar_dots: number
}

/** How wide a symbol is drawn, its quiet zones included. */
export function symbolDots(symbol: CodeSymbol, module_dots: number): number {
  return (symbol.kind === 'matrix' ? symbol.across + 2 * QUIET_MATRIX : symbol.modules + 2 * QUIET_BARS) * module_dots
}

/** Draws a symbol in black on white, its quiet zones included. */
export function drawSymbol(symbol: CodeSymbol, size: SymbolSize): Bitmap {
  const { module_dots } = size
  const width = symbolDots(symbol, module_dots)
  if (symbol.kind === 'matrix') {
    const height = (symbol.down + 2 * QUIET_MATRIX) * module_dots
    return paintBitmap(width, height, (x, y) => {
      const column = Math.floor(x / module_dots) - QUIET_MATRIX
      const row = Math.floor(y / module_dots) - QUIET_MATRIX
      if (column < 0 || column >= symbol.across || row < 0 || row >= symbol.down) return false
      return symbol.black[row * symbol.across + column] ?? false
    })
  }
  const line = symbol.widths.flatMap((modules, index) => Array.from({ length: modules }, () => index % 2 === 0))
  return paintBitmap(width, size.bar_dots, (x) => line[Math.floor(x / module_dots) - QUIET_BARS] ?? false)
}
