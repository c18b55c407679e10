import { joined } from '../bytes.ts'
import type { Bitmap } from './bitmap.ts'
import { bytesPerRow } from './bitmap.ts'

/**
 * The commands of ESC/POS that the till sends, as bytes. Sources and vectors: Epson's command reference as restated in
 * python-escpos, escpos-php and ReceiptPrinterEncoder; the test compares each with a frame from one of those.
 */

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

/** Resets page, alignment, sizes and spacing; does not clear an error. */
export const INITIALISE = bytes(0x1b, 0x40)
/** Many Chinese printers start in Kanji mode and read two bytes from 80 on as one character. */
export const LEAVE_KANJI = bytes(0x1c, 0x2e)
/** International set USA: any other exchanges `# $ @ [ \ ] { }`. */
export const USA_SET = bytes(0x1b, 0x52, 0x00)
export const LINE_FEED = bytes(0x0a)

export const selectPage = (number: number): Uint8Array => bytes(0x1b, 0x74, number)
/** Magnification from 1 to 8 in each direction. The width is the high half of the byte. */
export const selectSize = (width: number, height: number): Uint8Array =>
  bytes(0x1d, 0x21, ((width - 1) << 4) | (height - 1))
export const feedLines = (lines: number): Uint8Array => bytes(0x1b, 0x64, lines)
/** Feeds the last line past the knife, then cuts but for one point, so the paper does not fall. */
export const CUT = bytes(0x1d, 0x56, 0x42, 0x00)

/** Which contact of the drawer socket gets the pulse: 2 is drawer one, 5 is drawer two. */
export type DrawerPin = 2 | 5

export interface DrawerPulse {
  readonly pin: DrawerPin
  readonly on_ms: number
  readonly off_ms: number
}

/** 50 ms opens every drawer; half a second of rest keeps its coil cool. */
export const DRAWER_PULSE: DrawerPulse = { pin: 2, on_ms: 50, off_ms: 500 }

/** One pin and both times, always: without the times the printer takes the next two bytes for them. 2 ms a unit. */
export function pulseDrawer({ pin, on_ms, off_ms }: DrawerPulse): Uint8Array {
  const units = (ms: number) => Math.min(255, Math.max(1, Math.round(ms / 2)))
  return bytes(0x1b, 0x70, pin === 2 ? 0 : 1, units(on_ms), units(off_ms))
}

/** `GS v 0`: a picture whose width is counted in bytes and whose height in rows. */
export function rasterImage(bitmap: Bitmap): Uint8Array {
  const across = bytesPerRow(bitmap.width)
  const head = [0x1d, 0x76, 0x30, 0x00, across & 0xff, across >> 8, bitmap.height & 0xff, bitmap.height >> 8]
  return joined(head, bitmap.dots)
}

export type QrLevel = 'L' | 'M' | 'Q' | 'H'

/** The whole of a QR code drawn by the printer: model 2, size of a module in dots, level, store, print. */
export function qrCode(payload: string, module_dots: number, level: QrLevel): Uint8Array {
  return joined(qrModel(), qrModule(module_dots), qrLevel(level), qrStore(payload), QR_PRINT)
}

export const qrModel = (): Uint8Array => bytes(0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00)
export const qrModule = (dots: number): Uint8Array => bytes(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, dots)
export const qrLevel = (level: QrLevel): Uint8Array =>
  bytes(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, 0x30 + 'LMQH'.indexOf(level))
export const QR_PRINT = bytes(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30)

/** The length counts the bytes of the UTF-8 text, not its characters. */
export function qrStore(payload: string): Uint8Array {
  const stored = new TextEncoder().encode(payload)
  const length = stored.length + 3
  return Uint8Array.from([0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30, ...stored])
}

/** Questions that the printer answers at once, even offline or without paper (`DLE EOT n`). */
export type StatusQuestion = 1 | 2 | 3 | 4
export const askStatus = (question: StatusQuestion): Uint8Array => bytes(0x10, 0x04, question)
/** `GS r 1` is queued with the print data: its answer means that everything before it was processed. */
export const ASK_PAPER_IN_QUEUE = bytes(0x1d, 0x72, 0x01)
export const ASK_DRAWER_IN_QUEUE = bytes(0x1d, 0x72, 0x02)
/** `GS a`: the printer tells its state now and at every change. */
export const TELL_CHANGES = bytes(0x1d, 0x61, 0xff)
export const TELL_NOTHING = bytes(0x1d, 0x61, 0x00)
/** Ends the wait after a jam or an open cover and forgets what was being printed (`DLE ENQ 2`). */
export const RECOVER_AND_CLEAR = bytes(0x10, 0x05, 0x02)
/** Forgets all that was received and not yet printed (`DLE DC4 8`, with its seven fixed bytes). */
export const CLEAR_BUFFERS = bytes(0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08)
export type CardQuestion = 'model-id' | 'firmware' | 'maker' | 'model' | 'serial'
const CARD_QUESTIONS: Readonly<Record<CardQuestion, number>> = {
  'model-id': 0x01,
  firmware: 0x41,
  maker: 0x42,
  model: 0x43,
  serial: 0x44,
}
export const askCard = (question: CardQuestion): Uint8Array => bytes(0x1d, 0x49, CARD_QUESTIONS[question])
