import { glyphOf } from '../printers/code-page-tables.ts'

/** How long the value of a field ("bitmap") is: so many bytes, or told by two or three digits F0–F9, or as TLV. */
type Length = number | 'LL' | 'LLL' | 'TLV'

/** Every bitmap of the ZVT specification (PA00P015) with its length: one that is missing here hides all after it. */
const LENGTHS: ReadonlyMap<number, Length> = new Map<number, Length>([
  [0x01, 1], [0x02, 1], [0x03, 1], [0x04, 6], [0x05, 1], [0x06, 'TLV'], [0x0b, 3], [0x0c, 3], [0x0d, 2], [0x0e, 2],
  [0x17, 2], [0x19, 1], [0x22, 'LL'], [0x23, 'LL'], [0x24, 'LLL'], [0x27, 1], [0x29, 4], [0x2a, 15], [0x2d, 'LL'],
  [0x2e, 'LLL'], [0x37, 3], [0x3a, 2], [0x3b, 8], [0x3c, 'LLL'], [0x3d, 3], [0x49, 2], [0x60, 'LLL'], [0x70, 4],
  [0x71, 4], [0x72, 1], [0x73, 1], [0x74, 1], [0x75, 1], [0x87, 2], [0x88, 3], [0x8a, 1], [0x8b, 'LL'], [0x8c, 1],
  [0x92, 'LLL'], [0x9a, 'LLL'], [0xa0, 1], [0xa7, 'LL'], [0xaa, 3], [0xaf, 'LLL'], [0xba, 5], [0xd0, 1],
  [0xd1, 'LL'], [0xd2, 1], [0xd3, 1], [0xe0, 1], [0xe1, 'LL'], [0xe2, 'LL'], [0xe3, 'LL'], [0xe4, 'LL'], [0xe5, 'LL'],
  [0xe6, 'LL'], [0xe7, 'LL'], [0xe8, 'LL'], [0xe9, 1], [0xea, 1], [0xeb, 8], [0xf0, 1], [0xf1, 'LL'], [0xf2, 'LL'],
  [0xf3, 'LL'], [0xf4, 'LL'], [0xf5, 'LL'], [0xf6, 'LL'], [0xf7, 'LL'], [0xf8, 'LL'], [0xf9, 1], [0xfa, 1],
  [0xfb, 1], [0xfc, 1], [0xfd, 1],
])

export interface Field {
  readonly id: number
  readonly value: Uint8Array
}

/** The fields from the front; reading ends at one that nobody knows or that is cut off: then it is not `whole`. */
export function readFields(body: Uint8Array): { readonly fields: readonly Field[]; readonly whole: boolean } {
  const fields: Field[] = []
  let at = 0
  while (at < body.length) {
    const span = spanOf(LENGTHS.get(body[at]!), body, at + 1)
    if (span === null || span.to > body.length) return { fields, whole: false }
    fields.push({ id: body[at]!, value: body.slice(span.from, span.to) })
    at = span.to
  }
  return { fields, whole: true }
}

function spanOf(length: Length | undefined, body: Uint8Array, at: number): { from: number; to: number } | null {
  if (length === undefined) return null
  if (typeof length === 'number') return { from: at, to: at + length }
  if (length === 'TLV') return tlvSpan(body, at)
  const digits = length.length
  let value = 0
  for (let digit = 0; digit < digits; digit++) {
    const byte = body[at + digit]
    if (byte === undefined || (byte & 0xf0) !== 0xf0 || (byte & 0x0f) > 9) return null
    value = value * 10 + (byte & 0x0f)
  }
  return { from: at + digits, to: at + digits + value }
}

/** BER lengths: below 80 the byte itself, 81 and 82 with one and two bytes more, the high one first. */
function tlvSpan(body: Uint8Array, at: number): { from: number; to: number } | null {
  const first = body[at]
  if (first === undefined) return null
  if (first < 0x80) return { from: at + 1, to: at + 1 + first }
  const more = first & 0x7f
  if (more === 0 || more > 2 || at + more >= body.length) return null
  const length = more === 1 ? body[at + 1]! : (body[at + 1]! << 8) | body[at + 2]!
  return { from: at + 1 + more, to: at + 1 + more + length }
}

export interface Tlv {
  readonly tag: number
  readonly value: Uint8Array
}

/** The data objects of a TLV container, one level; reading ends where they make no sense any more. */
export function readTlv(body: Uint8Array): readonly Tlv[] {
  const found: Tlv[] = []
  let at = 0
  while (at < body.length) {
    let tag = body[at]!
    at++
    if ((tag & 0x1f) === 0x1f) {
      if (at >= body.length) break
      tag = (tag << 8) | body[at]!
      at++
    }
    const span = tlvSpan(body, at)
    if (span === null || span.to > body.length) break
    found.push({ tag, value: body.slice(span.from, span.to) })
    at = span.to
  }
  return found
}

/** Two decimal digits a byte, first digit high. Null where a half byte is no digit. */
export function fromBcd(bytes: Uint8Array): number | null {
  const digits = digitsOf(bytes)
  return /^\d+$/.test(digits) ? Number(digits) : null
}

/** The half bytes as they are written: digits, and letters where the terminal masks (E) or pads (F). */
export const digitsOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase()

/** A whole number in so many BCD bytes. Refuses (throws) what is negative, broken or too large for them. */
export function toBcd(value: number, length: number): Uint8Array {
  const digits = String(value).padStart(length * 2, '0')
  if (!/^\d+$/.test(digits) || digits.length > length * 2)
    throw new RangeError(`${value} does not fit ${length} BCD bytes`)
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16))
}

/** Text of a terminal: code page 437 unless agreed otherwise. NULs and control characters at the end are padding. */
export function zvtText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 0x20 || byte === 0x7f ? ' ' : glyphOf(byte, 'cp437'))).join('').trim()
}

const CARD_LIKE = /\d(?:[ -]?\d){12,18}/g

/**
 * Stars every run of 13 to 19 digits but for its last four. Terminals mask what they print, old ones not always, and
 * a number that only looks like a card is no loss on a slip.
 */
export function withoutCardNumbers(text: string): string {
  return text.replaceAll(CARD_LIKE, (digits) => {
    let left = digits.replaceAll(/\D/g, '').length - 4
    return digits.replaceAll(/\d/g, (digit) => (left-- > 0 ? '*' : digit))
  })
}
