import { joined } from '../bytes.ts'

/** A picture in black and white, packed as printers take it: rows of whole bytes, leftmost dot in the high bit. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  /** `bytesPerRow(width) * height` bytes; a set bit is black. Bits beyond the width are white. */
  readonly dots: Uint8Array
}

/** A picture in shades: one byte a dot, 0 black to 255 white, as it comes out of a file. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly shades: Uint8Array
}

export function bytesPerRow(width: number): number {
  return Math.ceil(width / 8)
}

export function isBlack(bitmap: Bitmap, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return false
  const byte = bitmap.dots[y * bytesPerRow(bitmap.width) + (x >> 3)] ?? 0
  return (byte & (0x80 >> (x & 7))) !== 0
}

/** Paints a bitmap by asking for every dot. */
export function paintBitmap(width: number, height: number, black: (x: number, y: number) => boolean): Bitmap {
  const across = bytesPerRow(width)
  const dots = new Uint8Array(across * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (black(x, y)) dots[y * across + (x >> 3)]! |= 0x80 >> (x & 7)
    }
  }
  return { width, height, dots }
}

/** Cuts a tall picture into bands: a printer that loses its line inside a band swallows at most that much text. */
export function bandsOf(bitmap: Bitmap, rows_max: number): Bitmap[] {
  const across = bytesPerRow(bitmap.width)
  const bands: Bitmap[] = []
  for (let top = 0; top < bitmap.height; top += rows_max) {
    const height = Math.min(rows_max, bitmap.height - top)
    bands.push({ width: bitmap.width, height, dots: bitmap.dots.subarray(top * across, (top + height) * across) })
  }
  return bands
}

/** Pictures of one width under each other; throws (a bug) where one is of another width. */
export function stacked(...bitmaps: readonly Bitmap[]): Bitmap {
  const width = bitmaps[0]?.width ?? 0
  if (bitmaps.some((bitmap) => bitmap.width !== width)) throw new Error('pictures of different widths are not one')
  const height = bitmaps.reduce((sum, bitmap) => sum + bitmap.height, 0)
  return { width, height, dots: joined(...bitmaps.map(({ dots }) => dots)) }
}

/** Sets a picture in the middle of white paper `width` dots wide; a wider one comes back as it is. */
export function centred(bitmap: Bitmap, width: number): Bitmap {
  if (bitmap.width >= width) return bitmap
  const left = Math.floor((width - bitmap.width) / 2)
  return paintBitmap(width, bitmap.height, (x, y) => isBlack(bitmap, x - left, y))
}

/**
 * Makes a picture fit for a head of `dots_max` dots: scaled down (never up) by averaging to a width that is a multiple
 * of 8, then to black and white by Floyd and Steinberg's error diffusion, which keeps photographs and soft edges
 * recognisable where a plain threshold does not.
 */
export function forHead(picture: GreyPicture, dots_max: number): Bitmap {
  const width = Math.max(8, Math.min(dots_max, picture.width) & ~7)
  const height = Math.max(1, Math.round((picture.height * width) / picture.width))
  return diffuse(scale(picture, width, height))
}

function scale(picture: GreyPicture, width: number, height: number): GreyPicture {
  if (width === picture.width && height === picture.height) return picture
  const shades = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * picture.height) / height)
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * picture.height) / height))
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * picture.width) / width)
      const right = Math.max(left + 1, Math.floor(((x + 1) * picture.width) / width))
      shades[y * width + x] = averageOf(picture, left, right, top, bottom)
    }
  }
  return { width, height, shades }
}

function averageOf(picture: GreyPicture, left: number, right: number, top: number, bottom: number): number {
  let sum = 0
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += picture.shades[y * picture.width + x] ?? 255
  }
  return Math.round(sum / ((right - left) * (bottom - top)))
}

function diffuse(picture: GreyPicture): Bitmap {
  const { width, height } = picture
  const shades = Float32Array.from(picture.shades)
  const spread = (x: number, y: number, error: number) => {
    if (x >= 0 && x < width && y < height) shades[y * width + x]! += error
  }
  return paintBitmap(width, height, (x, y) => {
    const shade = shades[y * width + x] ?? 255
    const black = shade < 128
    const error = shade - (black ? 0 : 255)
    spread(x + 1, y, (error * 7) / 16)
    spread(x - 1, y + 1, (error * 3) / 16)
    spread(x, y + 1, (error * 5) / 16)
    spread(x + 1, y + 1, error / 16)
    return black
  })
}
