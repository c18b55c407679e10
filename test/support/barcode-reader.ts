import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { toBuffer } from 'bwip-js/node'
// The named `raw` of this package is a symbology of that name; the raw encoder hangs on the default export.
import bwip from 'bwip-js/node'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

/** The decoder's program lies beside its code, so that nothing is fetched. */
const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer } })

/** A symbol to draw: the name that bwip-js has for it, and its text (bracketed for GS1 symbols). */
export interface Drawing {
  readonly bcid: string
  readonly text: string
}

/**
 * Draws a symbol with bwip-js and reads the picture with ZXing, which share no code. Gives what a scanner set up as it
 * should be would send: the AIM identifier and the data, separators included. Null if nothing was read.
 */
export async function drawnAndScanned({ bcid, text }: Drawing): Promise<string | null> {
  const picture = await toBuffer({
    bcid, text, parse: true, scale: 4, paddingwidth: 12, paddingheight: 12, backgroundcolor: 'FFFFFF',
  })
  const [symbol] = await readBarcodes(Uint8Array.from(picture), { tryHarder: true, maxNumberOfSymbols: 1 })
  if (symbol === undefined) return null
  return symbol.symbologyIdentifier + Array.from(symbol.bytes, (byte) => String.fromCharCode(byte)).join('')
}

/** Writes text so that bwip-js takes every character as it is. */
export function literally(text: string): string {
  return text.replace(/[()^]/g, (character) => `^${String(character.charCodeAt(0)).padStart(3, '0')}`)
}

/** What bwip-js has against a symbol, by its own reading of the GS1 rules; null if it would draw it. */
export function encoderObjection({ bcid, text }: Drawing): string | null {
  try {
    // oxlint-disable-next-line import/no-named-as-default-member -- see the import
    bwip.raw({ bcid, text, parse: true })
    return null
  } catch (error) {
    return String(error)
  }
}
