import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { Bitmap } from '../../../native/printers/bitmap.ts'
import { isBlack } from '../../../native/printers/bitmap.ts'

const WASM = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
// Left to itself the reader would fetch its own binary from the internet.
prepareZXingModule({ overrides: { wasmBinary: WASM.buffer.slice(WASM.byteOffset, WASM.byteOffset + WASM.byteLength) } })

export interface CodeRead {
  readonly format: string
  readonly text: string
  readonly symbology: string
}

/** What a camera sees in a printed picture: an independent reader (zxing-cpp), with the picture on white paper. */
export async function readCodes(picture: Bitmap): Promise<CodeRead[]> {
  const margin = 24
  const width = picture.width + 2 * margin
  const height = picture.height + 2 * margin
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      if (!isBlack(picture, x, y)) continue
      const at = ((y + margin) * width + x + margin) * 4
      data[at] = 0
      data[at + 1] = 0
      data[at + 2] = 0
    }
  }
  const picture_data: ImageData = { data, width, height, colorSpace: 'srgb' }
  const results = await readBarcodes(picture_data, { textMode: 'Plain', tryHarder: true })
  return results.map((result) => ({
    format: result.format,
    text: result.text,
    symbology: result.symbologyIdentifier,
  }))
}
