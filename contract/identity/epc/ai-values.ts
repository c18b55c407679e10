import { AI_SPECS } from '../ai-table.ts'
import type { BitReader, BitWriter } from './bits.ts'
import { bitsOfDigits } from './bits.ts'
import { readInteger, readVariableText, writeVariableText } from './variable-text.ts'

/**
 * How the value of an Application Identifier is written into the bits of a tag (TDS 2.x table F).
 * Several words are several components: `bcdN` half-bytes, `fixN` digits as one number of fixed width,
 * `textL/M` alphanumeric with a length of L bits and up to M characters, `intL/M` digits likewise, `delimited`
 * half-bytes that end at F or go on as text after E, dates, and single bits.
 */
const FORMATS: readonly (readonly [format: string, ais: string])[] = [
  ['bcd18', '00 8006 8017 8018 8026'],
  ['bcd14', '01 02'],
  ['bcd13', '410 411 412 413 414 415 416 417'],
  ['bcd2', '7241'],
  ['bcd13 text5/17', '253'],
  ['bcd13 int4/12', '255'],
  ['bcd14 text5/16', '8003'],
  ['text5/20', '10 21 22 243 254 420 7020 7021 7022 710 711 712 713 714 715 716 7240 8002 8012 4318'],
  ['text5/28', '235'],
  ['text5/30', '240 241 250 251 400 401 403 7002 723n 90 4308 4319'],
  ['text5/25', '7242 8013 8020'],
  ['text5/24', '8007'],
  ['text6/35', '4300 4301 4310 4311 4320'],
  ['text6/40', '7253 7254 7259'],
  ['text6/50', '8009'],
  ['text7/70', '4302 4303 4304 4305 4306 4312 4313 4314 4315 4316 7257 8110 8112 8200'],
  ['text7/90', '7256 8030 91 92 93 94 95 96 97 98 99'],
  ['text2/3', '427 7008'],
  ['text2/2', '7010'],
  ['text3/4', '7040 7041'],
  ['text4/12', '7005'],
  ['text4/10', '7009 7255'],
  ['fix3 text4/9', '421'],
  ['fix3 text5/27', '703n'],
  ['delimited', '7023 8004 8010'],
  ['date', '11 12 13 15 16 17 4326 7006'],
  ['date-time', '7003 4324 4325'],
  ['date-range', '7007'],
  ['date-precise', '7011 8008'],
  ['fix2', '20'],
  ['fix6 sign', '4330 4331 4332 4333'],
  ['fix6', '31nn 32nn 33nn 34nn 35nn 36nn 395n 8005'],
  ['fix3', '422 424 426'],
  ['fix4', '394n 8111'],
  ['fix17', '402'],
  ['fix13', '7001'],
  ['fix14', '8001'],
  ['fix8', '7250'],
  ['fix12', '7251'],
  ['fix1', '7252'],
  ['fix20', '4309'],
  ['int3/6', '242'],
  ['int3/4', '7004'],
  ['int4/8', '30 37'],
  ['int4/15', '390n 392n 423 425'],
  ['int4/12', '8011'],
  ['int4/10', '8019'],
  ['fix3 int4/15', '391n 393n'],
  ['flag', '4321 4322 4323'],
  ['country', '4307 4317'],
  ['sequence', '7258'],
]

/** Reads one component, or writes one from the front of a value and gives what is left; null if it does not fit. */
interface Component {
  readonly read: (reader: BitReader) => string
  readonly write: (writer: BitWriter, value: string) => string | null
}

function digitsFirst(count: number, write: (writer: BitWriter, digits: string) => void): Component['write'] {
  return (writer, value) => {
    const digits = value.slice(0, count)
    if (digits.length !== count || !/^\d*$/.test(digits)) return null
    write(writer, digits)
    return value.slice(count)
  }
}

const bcd = (count: number): Component => ({
  read: (reader) => reader.bcd(count),
  write: digitsFirst(count, (writer, digits) => writer.bcd(digits)),
})

const fixed = (count: number): Component => ({
  read: (reader) => readInteger(reader, count),
  write: digitsFirst(count, (writer, digits) => writer.decimal(digits, bitsOfDigits(count))),
})

const text = (lengthBits: number, max: number): Component => ({
  read: (reader) => readVariableText(reader, lengthBits, max),
  write: (writer, value) => {
    if (value.length > max || !/^[ -~]*$/.test(value)) return null
    writeVariableText(writer, value, lengthBits)
    return ''
  },
})

const integer = (lengthBits: number, max: number): Component => ({
  read: (reader) => {
    const length = reader.number(lengthBits)
    if (length > max) reader.fail('LENGTH')
    return readInteger(reader, length)
  },
  write: (writer, value) => {
    if (value.length > max || !/^\d*$/.test(value)) return null
    writer.number(value.length, lengthBits).decimal(value, bitsOfDigits(value.length))
    return ''
  },
})

const END = 0xf
const TEXT_FOLLOWS = 0xe
const DELIMITED_MAX = 30
const DELIMITED_LENGTH_BITS = 5

const delimited: Component = {
  read: (reader) => {
    let digits = ''
    for (;;) {
      const nibble = reader.number(4)
      if (nibble === END || reader.fault !== null) return digits
      if (nibble === TEXT_FOLLOWS) {
        return digits + readVariableText(reader, DELIMITED_LENGTH_BITS, DELIMITED_MAX - digits.length)
      }
      if (nibble > 9) reader.fail('BCD')
      digits += nibble
      if (digits.length > DELIMITED_MAX) reader.fail('LENGTH')
    }
  },
  write: (writer, value) => {
    if (value.length > DELIMITED_MAX || !/^[ -~]*$/.test(value)) return null
    const digits = /^\d*/.exec(value)![0]
    writer.bcd(digits).number(digits === value ? END : TEXT_FOLLOWS, 4)
    if (digits !== value) writeVariableText(writer, value.slice(digits.length), DELIMITED_LENGTH_BITS)
    return ''
  },
}

/** YYMMDD in 16 bits: 7 for the year of the century, 4 for the month, 5 for the day. Its existence is seen later. */
const date: Component = {
  read: (reader) => two(reader, 7) + two(reader, 4) + two(reader, 5),
  write: digitsFirst(6, (writer, digits) => {
    const [year, month, day] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)]
    writer.decimal(year, 7).decimal(month, 4).decimal(day, 5)
  }),
}

function two(reader: BitReader, bits: number): string {
  const value = reader.number(bits)
  if (value > 99) reader.fail('RANGE')
  return String(value % 100).padStart(2, '0')
}

const clock = (bits: number): Component => ({
  read: (reader) => two(reader, bits),
  write: (writer, value) => {
    const number = Number(value.slice(0, 2))
    if (!/^\d\d/.test(value) || number >= 2 ** bits) return null
    writer.number(number, bits)
    return value.slice(2)
  },
})

const dateRange: Component = {
  read: (reader) => (reader.number(1) === 0 ? date.read(reader) : date.read(reader) + date.read(reader)),
  write: (writer, value) => {
    writer.number(value.length === 12 ? 1 : 0, 1)
    return writeAll(value.length === 12 ? [date, date] : [date], writer, value)
  },
}

/** The 2-bit precision and how many of hour, minute and second it gives, with their bits. */
const PRECISION_DATE_ONLY = 3
const CLOCK_PARTS = [clock(5), clock(6), clock(6)] as const

const datePrecise: Component = {
  read: (reader) => {
    const precision = reader.number(2)
    let value = date.read(reader)
    const parts = precision === PRECISION_DATE_ONLY ? 0 : precision + 1
    for (let i = 0; i < parts; i++) value += CLOCK_PARTS[i]!.read(reader)
    return value
  },
  write: (writer, value) => {
    const parts = (value.length - 6) / 2
    if (![0, 1, 2, 3].includes(parts)) return null
    writer.number(parts === 0 ? PRECISION_DATE_ONLY : parts - 1, 2)
    return writeAll([date, ...CLOCK_PARTS.slice(0, parts)], writer, value)
  },
}

const flag: Component = {
  read: (reader) => String(reader.number(1)),
  write: (writer, value) => {
    if (value !== '0' && value !== '1') return null
    writer.number(Number(value), 1)
    return ''
  },
}

/** A temperature below zero has a hyphen after its digits. */
const sign: Component = {
  read: (reader) => (reader.number(1) === 1 ? '-' : ''),
  write: (writer, value) => {
    if (value !== '' && value !== '-') return null
    writer.number(value === '-' ? 1 : 0, 1)
    return ''
  },
}

/** Two capital letters, each by its place in the base64url alphabet, which begins with them. */
const country: Component = {
  read: (reader) => {
    const letters = [reader.number(6), reader.number(6)]
    if (letters.some((letter) => letter > 25)) reader.fail('CHARSET')
    return letters.map((letter) => String.fromCharCode(65 + (letter % 26))).join('')
  },
  write: (writer, value) => {
    if (!/^[A-Z]{2}$/.test(value)) return null
    for (const letter of value) writer.number(letter.charCodeAt(0) - 65, 6)
    return ''
  },
}

/** `1/3` as two half-bytes. */
const sequence: Component = {
  read: (reader) => `${reader.bcd(1)}/${reader.bcd(1)}`,
  write: (writer, value) => {
    if (!/^\d\/\d$/.test(value)) return null
    writer.bcd(value.charAt(0) + value.charAt(2))
    return ''
  },
}

function componentsOf(format: string): readonly Component[] {
  return format.split(' ').flatMap((word): Component[] => {
    const [, name = '', first = '0', second = '0'] = /^([a-z-]+)(\d+)?(?:\/(\d+))?$/.exec(word) ?? []
    switch (name) {
      case 'bcd': return [bcd(Number(first))]
      case 'fix': return [fixed(Number(first))]
      case 'text': return [text(Number(first), Number(second))]
      case 'int': return [integer(Number(first), Number(second))]
      case 'delimited': return [delimited]
      case 'date': return [date]
      case 'date-time': return [date, clock(5), clock(6)]
      case 'date-range': return [dateRange]
      case 'date-precise': return [datePrecise]
      case 'flag': return [flag]
      case 'sign': return [sign]
      case 'country': return [country]
      case 'sequence': return [sequence]
      default: throw new Error(`no such format: ${word}`)
    }
  })
}

const formatByAi: ReadonlyMap<string, readonly Component[]> = (() => {
  const table = new Map<string, readonly Component[]>()
  for (const [format, ais] of FORMATS) {
    const components = componentsOf(format)
    for (const pattern of ais.split(' ')) {
      const matches = new RegExp(`^${pattern.replaceAll('n', '\\d')}$`)
      for (const spec of AI_SPECS) if (matches.test(spec.ai)) table.set(spec.ai, components)
    }
  }
  return table
})()

/** True if a format is published for the AI; 03, 717, 8014 and 8040–8043 have none yet. */
export function hasTagFormat(ai: string): boolean {
  return formatByAi.has(ai)
}

/** Reads the value of an AI that has a format. Faults stay with the reader; the value's own checks are the caller's. */
export function readAiValue(reader: BitReader, ai: string): string {
  return (formatByAi.get(ai) ?? []).map((component) => component.read(reader)).join('')
}

/** Writes the value of an AI; false if it has no format or does not fit it. */
export function writeAiValue(writer: BitWriter, ai: string, value: string): boolean {
  const components = formatByAi.get(ai)
  return components !== undefined && writeAll(components, writer, value) === ''
}

function writeAll(components: readonly Component[], writer: BitWriter, value: string): string | null {
  let rest: string | null = value
  for (const component of components) if (rest !== null) rest = component.write(writer, rest)
  return rest
}
