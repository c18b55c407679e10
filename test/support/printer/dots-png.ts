import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isBlack, paintBitmap, type Bitmap } from '../../../native/printers/bitmap.ts'
import { greyFromPng } from '../../../native/printers/png.ts'
import { greyPng } from './grey-png.ts'

/** Dots as a picture that a person can look at. */
export const pngOfDots = (dots: Bitmap): Uint8Array => greyPng(dots.width, dots.height, (x, y) => (isBlack(dots, x, y) ? 0 : 255))

/**
 * The dots that a person has looked at and kept under this name. `DOTS=keep` writes the new ones, to be looked at in
 * turn; so does a name that is not there yet.
 */
export function keptDots(file: string, now: Bitmap): Bitmap {
  if (process.env['DOTS'] === 'keep' || !existsSync(file)) writeFileSync(file, pngOfDots(now))
  const kept = greyFromPng(readFileSync(file))
  if (typeof kept === 'string') throw new Error(`${file}: ${kept}`)
  return paintBitmap(kept.width, kept.height, (x, y) => (kept.shades[y * kept.width + x] ?? 255) < 128)
}
