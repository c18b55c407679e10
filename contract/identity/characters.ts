/**
 * The character sets of the GS1 General Specifications as one table of bits over ASCII,
 * so that the hot path asks one array instead of a regular expression.
 */
export const DIGIT = 1
export const SET_82 = 2
export const SET_39 = 4
export const BASE64URL = 8

/** The 82 characters in GS1's order; the place in this text is a character's value in the alphanumeric check pair. */
export const SET_82_ORDER =
  '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'

const SET_39_TEXT = '#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const BASE64URL_TEXT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_='

/** The bits of a character code; everything outside of ASCII has none. Ask through {@link classesOf}. */
export const CHARACTER_CLASSES: Uint8Array = new Uint8Array(128)

for (const [text, bit] of [
  ['0123456789', DIGIT], [SET_82_ORDER, SET_82], [SET_39_TEXT, SET_39], [BASE64URL_TEXT, BASE64URL],
] as const) {
  for (let i = 0; i < text.length; i++) CHARACTER_CLASSES[text.charCodeAt(i)]! |= bit
}

/** The sets that a character code belongs to, 0 for none. */
export function classesOf(charCode: number): number {
  return charCode < 128 ? CHARACTER_CLASSES[charCode]! : 0
}

/** True if all characters from `start` up to `end` belong to the set; true for an empty range. */
export function allOf(set: number, text: string, start = 0, end: number = text.length): boolean {
  for (let i = start; i < end; i++) {
    if ((classesOf(text.charCodeAt(i)) & set) === 0) return false
  }
  return true
}

/** True if the text is one or more ASCII digits. */
export function isDigits(text: string): boolean {
  return text.length > 0 && allOf(DIGIT, text)
}
