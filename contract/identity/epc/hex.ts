/** The value of each hexadecimal digit by character code; 255 for every other character below 128. */
const NIBBLES = new Uint8Array(128).fill(255)
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16)
  NIBBLES[digit.charCodeAt(0)] = value
  NIBBLES[digit.toUpperCase().charCodeAt(0)] = value
}

/** The value 0–15 of the hexadecimal digit at a place of a text; 255 if there is none. */
export function nibbleAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < 128 ? NIBBLES[code]! : 255
}

/** Eight hexadecimal digits as an unsigned 32-bit number; -1 if one of them is no such digit. */
export function word32At(text: string, from: number): number {
  let high = 0
  let low = 0
  let seen = 0
  for (let i = from; i < from + 4; i++) {
    const h = nibbleAt(text, i)
    const l = nibbleAt(text, i + 4)
    seen |= h | l
    high = (high << 4) | h
    low = (low << 4) | l
  }
  return (seen & 0xf0) === 0 ? high * 0x10000 + low : -1
}

/**
 * Hexadecimal text of either case as bytes; a lone last digit fills the high half of its byte.
 * Null if any character is not a hexadecimal digit: no blanks, no prefix.
 */
export function bytesOfHex(text: string): Uint8Array | null {
  const bytes = new Uint8Array((text.length + 1) >> 1)
  for (let i = 0; i < text.length; i++) {
    const value = nibbleAt(text, i)
    if (value === 255) return null
    bytes[i >> 1]! |= (i & 1) === 0 ? value << 4 : value
  }
  return bytes
}

/** Bytes as hexadecimal text in upper case, two digits a byte. */
export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16)
  return text.toUpperCase()
}
