import type { BitReader, BitWriter } from './bits.ts'
import { bitsOfDigits } from './bits.ts'

/** One of the six ways to write a text of known length (TDS 2.x, 14.5.6), in the order in which ties are decided. */
interface Method {
  /** The value of the 3-bit encoding indicator. */
  readonly indicator: number
  readonly allows: RegExp
  readonly bits: (length: number) => number
  readonly read: (reader: BitReader, length: number) => string
  readonly write: (writer: BitWriter, text: string) => void
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** URN Code 40 (ISO/IEC 15962): the place of a character is its value; the first is padding. */
const CODE_40 = '\0ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789'

/** A method that gives every character the same number of bits. */
function perCharacter(indicator: number, allows: RegExp, width: number, alphabet: string): Method {
  return {
    indicator,
    allows,
    bits: (length) => width * length,
    read: (reader, length) => {
      let text = ''
      for (let i = 0; i < length && reader.fault === null; i++) text += alphabet.charAt(reader.number(width))
      return text
    },
    write: (writer, text) => {
      for (const character of text) writer.number(alphabet.indexOf(character), width)
    },
  }
}

const integer: Method = {
  indicator: 0,
  allows: /^\d*$/,
  bits: bitsOfDigits,
  read: readInteger,
  write: (writer, text) => writer.decimal(text, bitsOfDigits(text.length)),
}

const code40: Method = {
  indicator: 5,
  allows: /^[A-Z0-9.:-]*$/,
  bits: (length) => 16 * Math.ceil(length / 3),
  read: readCode40,
  write: writeCode40,
}

const ascii: Method = {
  ...perCharacter(4, /^[ -~]*$/, 7, ''),
  read: (reader, length) => {
    let text = ''
    for (let i = 0; i < length && reader.fault === null; i++) text += String.fromCharCode(reader.number(7))
    return text
  },
  write: (writer, text) => {
    for (const character of text) writer.number(character.charCodeAt(0), 7)
  },
}

const METHODS: readonly Method[] = [
  integer,
  perCharacter(1, /^[0-9A-F]*$/, 4, '0123456789ABCDEF'),
  perCharacter(2, /^[0-9a-f]*$/, 4, '0123456789abcdef'),
  code40,
  perCharacter(3, /^[A-Za-z0-9_-]*$/, 6, BASE64),
  ascii,
]

/**
 * A text behind its encoding indicator (3 bits) and length indicator (`lengthBits`).
 * Notes `ENCODING` for the reserved indicators 6 and 7 and `LENGTH` for more than `max` characters.
 */
export function readVariableText(reader: BitReader, lengthBits: number, max: number): string {
  const indicator = reader.number(3)
  const length = reader.number(lengthBits)
  const method = METHODS.find((one) => one.indicator === indicator)
  if (method === undefined) reader.fail('ENCODING')
  if (length > max) reader.fail('LENGTH')
  return reader.fault === null && method !== undefined ? method.read(reader, length) : ''
}

/**
 * Writes a text by the method that takes the fewest bits; of equal ones the first of integer, upper and lower
 * hexadecimal, Code 40, base64url, 7-bit. The caller has made sure that the text has only printable ASCII and fits.
 */
export function writeVariableText(writer: BitWriter, text: string, lengthBits: number): void {
  const able = METHODS.filter((method) => method.allows.test(text))
  const [first = ascii] = able.toSorted((a, b) => a.bits(text.length) - b.bits(text.length))
  writer.number(first.indicator, 3).number(text.length, lengthBits)
  first.write(writer, text)
}

/** Exactly `length` digits written as one number; the length holds leading zeros. `RANGE` if it has more digits. */
export function readInteger(reader: BitReader, length: number): string {
  const text = reader.decimal(bitsOfDigits(length))
  if (length === 0) return ''
  if (text.length > length) reader.fail('RANGE')
  return text.padStart(length, '0')
}

/** Characters of URN Code 40, three in each 16 bits; padding is allowed only after the last one. */
export function readCode40(reader: BitReader, length: number): string {
  let text = ''
  for (let done = 0; done < length && reader.fault === null; done += 3) {
    const value = reader.number(16) - 1
    const triple = [Math.floor(value / 1600), Math.floor(value / 40) % 40, value % 40]
    const wanted = Math.min(3, length - done)
    if (value < 0 || value >= 64_000 || triple.some((v, i) => (v === 0) !== (i >= wanted))) reader.fail('ENCODING')
    else text += triple.slice(0, wanted).map((v) => CODE_40.charAt(v)).join('')
  }
  return text
}

/** The value of a character; past the end of a text it is the padding. */
const placeIn40 = (character: string): number => (character === '' ? 0 : CODE_40.indexOf(character))

/** Writes characters of URN Code 40: A–Z, 0–9, `-`, `.`, `:`. */
export function writeCode40(writer: BitWriter, text: string): void {
  for (let i = 0; i < text.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [0, 1, 2].map((k) => placeIn40(text.charAt(i + k)))
    writer.number(1600 * a + 40 * b + c + 1, 16)
  }
}
