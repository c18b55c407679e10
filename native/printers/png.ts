import { inflateSync } from 'node:zlib'
import type { GreyPicture } from './bitmap.ts'

/** Larger pictures are no logos, and a small file may unpack to a huge one. */
const SIDE_MAX = 4096
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

interface Header {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colour: number
}

const GREY = 0
const RGB = 2
const PALETTE = 3
const GREY_ALPHA = 4
const RGBA = 6
const CHANNELS: ReadonlyMap<number, number> = new Map([[GREY, 1], [RGB, 3], [PALETTE, 1], [GREY_ALPHA, 2], [RGBA, 4]])

/**
 * Reads a PNG (W3C PNG, third edition) into shades of grey on white paper: transparent is white. All colour types and
 * depths but interlaced ones, which no tool writes unasked. Returns a sentence where the bytes are not such a picture.
 */
export function greyFromPng(bytes: Uint8Array): GreyPicture | string {
  try {
    return read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  } catch (error) {
    return `the picture cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

function read(file: Buffer): GreyPicture | string {
  if (SIGNATURE.some((byte, at) => file[at] !== byte)) return 'the picture is not a PNG file'
  const chunks = chunksOf(file)
  const first = chunks.find((chunk) => chunk.type === 'IHDR')?.body
  if (first === undefined || first.length < 13) return 'the picture has no header'
  const header = { width: first.readUInt32BE(0), height: first.readUInt32BE(4), depth: first[8]!, colour: first[9]! }
  const channels = CHANNELS.get(header.colour)
  if (channels === undefined || ![1, 2, 4, 8, 16].includes(header.depth)) return 'the picture has unknown colours'
  if (first[12] !== 0) return 'the picture is interlaced: save it without'
  const { width, height } = header
  if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) {
    return `the picture is ${width} by ${height} dots: at most ${SIDE_MAX} a side`
  }
  const row_bytes = Math.ceil((width * channels * header.depth) / 8)
  const packed = Buffer.concat(chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.body))
  const rows = inflateSync(packed, { maxOutputLength: (row_bytes + 1) * height })
  if (rows.length < (row_bytes + 1) * height) return 'the picture is cut off'
  unfilter(rows, row_bytes, Math.max(1, (channels * header.depth) >> 3), height)
  const bodyOf = (type: string) => chunks.find((chunk) => chunk.type === type)?.body
  const shadeAt = shadeReader(rows, row_bytes, header, channels, bodyOf('PLTE'), bodyOf('tRNS'))
  const shades = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) shades[y * width + x] = shadeAt(x, y)
  }
  return { width, height, shades }
}

function chunksOf(file: Buffer): { type: string; body: Buffer }[] {
  const chunks: { type: string; body: Buffer }[] = []
  for (let at = SIGNATURE.length; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at)
    if (at + 12 + length > file.length) break
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), body: file.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

/** Undoes the row filters in place (PNG, 9). The row's filter byte stays where it is and is skipped when reading. */
function unfilter(rows: Buffer, row_bytes: number, step: number, height: number): void {
  for (let y = 0; y < height; y++) {
    const start = y * (row_bytes + 1) + 1
    const filter = rows[start - 1]
    for (let x = 0; x < row_bytes; x++) {
      const left = x >= step ? rows[start + x - step]! : 0
      const up = y > 0 ? rows[start + x - row_bytes - 1]! : 0
      const corner = x >= step && y > 0 ? rows[start + x - step - row_bytes - 1]! : 0
      rows[start + x] = (rows[start + x]! + predicted(filter, left, up, corner)) & 0xff
    }
  }
}

function predicted(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const guess = left + up - corner
  const far = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)] as const
  if (far[0] <= far[1] && far[0] <= far[2]) return left
  return far[1] <= far[2] ? up : corner
}

function shadeReader(
  rows: Buffer,
  row_bytes: number,
  { depth, colour }: Header,
  channels: number,
  palette: Buffer | undefined,
  transparency: Buffer | undefined,
): (x: number, y: number) => number {
  const top = 2 ** depth - 1
  const sample = (x: number, y: number, channel: number) => {
    const at = y * (row_bytes + 1) + 1
    const index = x * channels + channel
    if (depth === 16) return rows[at + index * 2]!
    if (depth === 8) return rows[at + index]!
    const bit = index * depth
    return (rows[at + (bit >> 3)]! >> (8 - depth - (bit & 7))) & top
  }
  const full = (value: number) => (depth >= 8 ? value : Math.round((value * 255) / top))
  return (x, y) => {
    const first = sample(x, y, 0)
    if (colour === PALETTE) {
      const [red, green, blue] = palette?.subarray(first * 3, first * 3 + 3) ?? []
      return onPaper(luma(red ?? 0, green ?? 0, blue ?? 0), transparency?.[first] ?? 255)
    }
    if (colour === GREY) return full(first)
    if (colour === GREY_ALPHA) return onPaper(full(first), sample(x, y, 1))
    const shade = luma(first, sample(x, y, 1), sample(x, y, 2))
    return colour === RGBA ? onPaper(shade, sample(x, y, 3)) : shade
  }
}

/** Rec. 709: the eye sees green far brighter than blue. */
function luma(red: number, green: number, blue: number): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function onPaper(shade: number, alpha: number): number {
  return Math.round((shade * alpha + 255 * (255 - alpha)) / 255)
}
