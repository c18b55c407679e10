import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import type { PaperSettings } from '../../../native/printers/paper.ts'
import { RECEIPT } from './print-blocks.ts'
import { greyPng } from './grey-png.ts'

/** A logo of squares, 600 × 300 dots: wider than any head, so it is scaled. */
export const CHEQUERED = greyPng(600, 300, (x, y) => (((x >> 5) + (y >> 5)) % 2 === 0 ? 0 : 255))

const SETTINGS: PaperSettings = { profile: 'generic', paper: '80mm', pictures: new Map([['shop', CHEQUERED]]) }

/** The receipt that an interpreter by other people has read once; see the fixtures' SOURCES.md. */
export function goldenReceipt(): Uint8Array {
  return bytesForPrinter(RECEIPT, SETTINGS).bytes
}
