import { SET_82, allOf } from '../characters.ts'
import type { BitReader, BitWriter } from './bits.ts'

/**
 * A text of 7-bit characters in a field of fixed width (TDS 14.4.2): it ends at the first zero, all later bits are
 * zero, and it has one character or more of set 82. `max` is how many characters the field may carry.
 */
export function readText7(reader: BitReader, bits: number, max: number): string {
  let text = ''
  let ended = false
  const slots = Math.floor(bits / 7)
  for (let i = 0; i < slots; i++) {
    const code = reader.number(7)
    if (code === 0) ended = true
    else if (ended || i >= max) reader.fail('CHARSET')
    else text += String.fromCharCode(code)
  }
  if (reader.number(bits - slots * 7) !== 0) reader.fail('CHARSET')
  if (text === '') reader.fail('EMPTY')
  if (!allOf(SET_82, text)) reader.fail('CHARSET')
  return text
}

/** Writes a text as 7-bit characters and fills the field of `bits` with zeros. */
export function writeText7(writer: BitWriter, text: string, bits: number): void {
  const end = writer.length + bits
  for (const character of text) writer.number(character.charCodeAt(0), 7)
  writer.padTo(end)
}

/**
 * A text of 6-bit characters that ends with a zero character (TDS table G-1: the low six bits of ASCII).
 * Allowed are A–Z, 0–9, `#`, `-` and `/`, `max` of them at most before the end.
 */
export function readText6(reader: BitReader, max: number): string {
  let text = ''
  for (;;) {
    const code = reader.number(6)
    if (code === 0) return text
    const character = character6(code)
    if (character === null || text.length >= max) {
      reader.fail(character === null ? 'CHARSET' : 'LENGTH')
      return text
    }
    text += character
  }
}

/** Writes a text as 6-bit characters and the zero character that ends it. */
export function writeText6(writer: BitWriter, text: string): void {
  for (const character of text) writer.number(character.charCodeAt(0) & 0x3f, 6)
  writer.number(0, 6)
}

/** The character of a 6-bit code, or null if the code stands for none: A–Z, 0–9, `#`, `-` and `/` have one. */
export function character6(code: number): string | null {
  const character = String.fromCharCode(code < 32 ? code + 64 : code)
  return /^[A-Z0-9#/-]$/.test(character) ? character : null
}
