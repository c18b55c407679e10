import { createRequire } from 'node:module'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GreyPicture } from '../../../native/printers/bitmap.ts'
import { bandsOf, bytesPerRow, forHead, isBlack, paintBitmap } from '../../../native/printers/bitmap.ts'
import { greyFromPng } from '../../../native/printers/png.ts'

/** The PNG library inside node-thermal-printer: a second implementation that writes what ours reads. */
interface PngLibrary {
  PNG: {
    new (options: object): { data: Buffer }
    sync: { write(picture: object, options: object): Buffer }
  }
}
const requireLibrary = createRequire(createRequire(import.meta.url).resolve('node-thermal-printer'))
const { PNG } = requireLibrary('pngjs') as PngLibrary

const GREY = 0
const RGB = 2
const GREY_ALPHA = 4
const RGBA = 6

function written(
  width: number,
  height: number,
  pixels: Uint8Array,
  options: { readonly bitDepth?: number; readonly [option: string]: unknown },
): Uint8Array {
  const picture = new PNG({ width, height })
  // With 16 bits the library takes words of the machine's own order.
  const deep = options.bitDepth === 16
  picture.data = deep ? Buffer.from(Uint16Array.from(pixels, (value) => value * 257).buffer) : Buffer.from(pixels)
  return PNG.sync.write(picture, options)
}

function read(file: Uint8Array): GreyPicture {
  const picture = greyFromPng(file)
  if (typeof picture === 'string') throw new Error(picture)
  return picture
}

describe('a logo file', () => {
  it('reads every colour type and row filter that another library writes', () => {
    const side = fc.integer({ min: 1, max: 9 })
    const form = fc.record({
      colorType: fc.constantFrom(GREY, RGB, GREY_ALPHA, RGBA),
      bitDepth: fc.constantFrom(8, 16),
      filterType: fc.constantFrom(0, 1, 2, 3, 4, -1),
    })
    fc.assert(
      fc.property(side, side, form, fc.infiniteStream(fc.nat(255)), (width, height, options, noise) => {
        // Grey pixels, so that the shade is the value; opaque where the type has no transparency.
        const hasAlpha = options.colorType === GREY_ALPHA || options.colorType === RGBA
        const pixels = new Uint8Array(width * height * 4)
        const wanted: number[] = []
        for (let at = 0; at < width * height; at++) {
          const shade = noise.next().value as number
          const alpha = hasAlpha ? (noise.next().value as number) : 255
          pixels.set([shade, shade, shade, alpha], at * 4)
          wanted.push((shade * alpha + 255 * (255 - alpha)) / 255)
        }
        const file = written(width, height, pixels, { ...options, inputHasAlpha: true })
        const picture = read(file)
        expect([picture.width, picture.height]).toEqual([width, height])
        for (const [at, shade] of wanted.entries()) expect(Math.abs(picture.shades[at]! - shade)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('says in a sentence what is wrong with a file, and never throws', () => {
    expect(greyFromPng(Uint8Array.of(0xff, 0xd8, 0xff))).toBe('the picture is not a PNG file')
    const file = written(4, 4, new Uint8Array(64).fill(255), {})
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (at, byte) => {
        const broken = Uint8Array.from(file)
        broken[at] = byte
        expect(['string', 'object']).toContain(typeof greyFromPng(broken))
        expect(['string', 'object']).toContain(typeof greyFromPng(file.subarray(0, at)))
      }),
    )
  })

  it('refuses a picture that claims to be enormous before it unpacks it', () => {
    const file = Buffer.from(written(4, 4, new Uint8Array(64).fill(255), {}))
    file.writeUInt32BE(100_000, 16)
    expect(greyFromPng(file)).toBe('the picture is 100000 by 4 dots: at most 4096 a side')
  })
})

describe('a picture for the head', () => {
  const grey = (width: number, height: number, shade: number): GreyPicture => ({
    width, height, shades: new Uint8Array(width * height).fill(shade),
  })

  it('is never wider than the head, never wider than it was, and whole bytes wide', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 900 }), fc.constantFrom(384, 512, 576), (width, head) => {
        const bitmap = forHead(grey(width, 20, 128), head)
        expect(bitmap.width % 8).toBe(0)
        expect(bitmap.width).toBeLessThanOrEqual(Math.min(width, head))
        expect(bitmap.dots).toHaveLength(bytesPerRow(bitmap.width) * bitmap.height)
      }),
      { numRuns: 50 },
    )
  })

  const SHADES = [[0, 1], [64, 0.75], [128, 0.5], [192, 0.25], [255, 0]] as const
  it.each(SHADES)('keeps shade %i as %d of black dots', (shade, black) => {
    const bitmap = forHead(grey(96, 96, shade), 384)
    let dots = 0
    for (let y = 0; y < 96; y++) for (let x = 0; x < 96; x++) dots += isBlack(bitmap, x, y) ? 1 : 0
    expect(dots / (96 * 96)).toBeCloseTo(black, 1)
  })

  it('cut into bands is the same picture', () => {
    const bitmap = paintBitmap(24, 300, (x, y) => (x * 7 + y * 3) % 5 === 0)
    const bands = bandsOf(bitmap, 128)
    expect(bands.map((band) => band.height)).toEqual([128, 128, 44])
    expect(Buffer.concat(bands.map((band) => band.dots))).toEqual(Buffer.from(bitmap.dots))
  })
})
