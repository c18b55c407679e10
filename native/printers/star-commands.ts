import { joined } from '../bytes.ts'
import type { Bitmap } from './bitmap.ts'
import { isBlack } from './bitmap.ts'
import type { DrawerPulse, QrLevel } from './escpos-commands.ts'

/**
 * The commands of Star's line mode that the till sends, as bytes; StarPRNT understands them too. Sources: the Star
 * language of ReceiptPrinterEncoder, receiptio, escpos-printer-db. Printers that only know Star's raster mode (TSP100
 * before the IV) print nothing of this.
 */

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

export const STAR_INITIALISE = bytes(0x1b, 0x40, 0x18)
export const STAR_LINE_FEED = bytes(0x0a)
export const STAR_BOLD = bytes(0x1b, 0x45)
export const STAR_NOT_BOLD = bytes(0x1b, 0x46)
export const STAR_INVERT = bytes(0x1b, 0x34)
export const STAR_NOT_INVERT = bytes(0x1b, 0x35)
/** Feeds the last line past the knife, then cuts but for one point. */
export const STAR_CUT = bytes(0x1b, 0x64, 0x03)
export const STAR_FULL_CUT = bytes(0x1b, 0x64, 0x02)
export const STAR_ASK_STATUS = bytes(0x1b, 0x06, 0x01)
export const STAR_ASK_VERSION = bytes(0x1b, 0x23, 0x2a, 0x0a, 0x00)
/** From here on the printer tells every change of its state. */
export const STAR_TELL_CHANGES = bytes(0x1b, 0x1e, 0x61, 0x01)
/** End of transmission block: when it is reached in the print data, a counter in the next state goes up. */
export const STAR_FENCE = bytes(0x17)

export const starPage = (number: number): Uint8Array => bytes(0x1b, 0x1d, 0x74, number)
export const starAlign = (how: 'left' | 'center'): Uint8Array => bytes(0x1b, 0x1d, 0x61, how === 'left' ? 0 : 1)
/** Magnification from 1 to 6; here the height comes first. */
export const starSize = (width: number, height: number): Uint8Array => bytes(0x1b, 0x69, height - 1, width - 1)
export const starFeed = (lines: number): Uint8Array => new Uint8Array(lines).fill(0x0a)

/** 10 ms a unit, at most 1.27 s; the last byte chooses the drawer. */
export function starPulse({ pin, on_ms, off_ms }: DrawerPulse): Uint8Array {
  const units = (ms: number) => Math.min(127, Math.max(1, Math.round(ms / 10)))
  return bytes(0x1b, 0x07, units(on_ms), units(off_ms), pin === 2 ? 0x07 : 0x1a)
}

export const starQrModel = (): Uint8Array => bytes(0x1b, 0x1d, 0x79, 0x53, 0x30, 0x02)
export const starQrLevel = (level: QrLevel): Uint8Array =>
  bytes(0x1b, 0x1d, 0x79, 0x53, 0x31, 'LMQH'.indexOf(level))
export const starQrModule = (dots: number): Uint8Array => bytes(0x1b, 0x1d, 0x79, 0x53, 0x32, dots)
export const STAR_QR_PRINT = bytes(0x1b, 0x1d, 0x79, 0x50)

/** The length counts bytes of the UTF-8 text. */
export function starQrStore(payload: string): Uint8Array {
  const stored = new TextEncoder().encode(payload)
  return joined([0x1b, 0x1d, 0x79, 0x44, 0x31, 0x00, stored.length & 0xff, stored.length >> 8], stored)
}

export function starQrCode(payload: string, module_dots: number, level: QrLevel): Uint8Array {
  return joined(starQrModel(), starQrModule(module_dots), starQrLevel(level), starQrStore(payload), STAR_QR_PRINT)
}

const STRIPE_ROWS = 24

/** A picture as stripes of 24 dots, three bytes a column, with the line spacing set to a stripe meanwhile. */
export function starImage(bitmap: Bitmap): Uint8Array {
  const stripes: Uint8Array[] = [bytes(0x1b, 0x30)]
  for (let top = 0; top < bitmap.height; top += STRIPE_ROWS) {
    const columns = new Uint8Array(bitmap.width * 3)
    for (let x = 0; x < bitmap.width; x++) {
      for (let y = 0; y < STRIPE_ROWS; y++) {
        if (isBlack(bitmap, x, top + y)) columns[x * 3 + (y >> 3)]! |= 0x80 >> (y & 7)
      }
    }
    stripes.push(joined([0x1b, 0x58, bitmap.width & 0xff, bitmap.width >> 8], columns, [0x0a, 0x0d]))
  }
  return joined(...stripes, [0x1b, 0x7a, 0x01])
}
