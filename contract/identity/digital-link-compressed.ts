import { AI_LENGTH_BY_PREFIX, specOfAi } from './ai-table.ts'
import type { AiPart } from './ai-table.ts'
import { DIGIT } from './characters.ts'
import { elementsFault } from './check-elements.ts'
import { buildDigitalLink, splitUri } from './digital-link.ts'
import type { Element } from './element.ts'
import { refused } from './outcome.ts'
import type { Code, Outcome } from './outcome.ts'

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const HEX = '0123456789ABCDEF'

/** First bytes that stand for a sequence of AIs; the values follow in the order of the AIs as text. */
const SEQUENCES: ReadonlyMap<string, readonly string[]> = new Map([
  ['0A', '01 22'], ['0B', '01 10'], ['0C', '01 21'], ['0D', '01 17'], ['0E', '01 7003'], ['0F', '01 30'],
  ['1A', '01 10 17 21'], ['1B', '01 15'], ['1C', '01 11'], ['1D', '01 16'], ['1E', '01 91'], ['1F', '01 10 15'],
  ...family('2', 'ABCDEF', '01', 310), ...family('3', 'ABCDEF', '01', 320),
  ['9A', '8010 8011'], ['9B', '8017 8019'], ['9C', '8018 8019'], ['9D', '254 414'],
  ...family('A', '0123456789', '01', 392), ...family('C', '0123456789', '255', 390),
  ['CA', '255 3940'], ['CB', '255 3941'], ['CC', '255 3942'], ['CD', '255 3943'],
].map(([byte, ais]) => [byte!, ais!.split(' ')]))

function family(first: string, seconds: string, key: string, ai: number): [string, string][] {
  return Array.from(seconds, (second, i) => [`${first}${second}`, `${key} ${ai}${i}`])
}

/** Thrown inside only; a fault of the bits ends the reading at once, and the one entry below turns it into a value. */
class BitFault extends Error {
  readonly code: Code
  constructor(code: Code) {
    super(code)
    this.code = code
  }
}

class Bits {
  readonly #text: string
  #at = 0
  constructor(text: string) {
    this.#text = text
  }

  get left(): number {
    return this.#text.length * 6 - this.#at
  }

  number(count: number): number {
    return Number(this.big(count))
  }

  big(count: number): bigint {
    if (count > this.left) throw new BitFault('TRUNCATED')
    let value = 0n
    for (let i = 0; i < count; i++, this.#at++) {
      const sixBits = BASE64URL.indexOf(this.#text.charAt(Math.floor(this.#at / 6)))
      value = value * 2n + BigInt((sixBits >> (5 - (this.#at % 6))) & 1)
    }
    return value
  }
}

/** How many bits hold any number of so many decimal digits. */
function bitsForDigits(digits: number): number {
  return (10n ** BigInt(digits) - 1n).toString(2).length
}

/** How many bits hold a length up to `max`. */
function bitsForLength(max: number): number {
  return max.toString(2).length
}

/**
 * Reads a Digital Link whose last path segment is compressed (GS1 Digital Link standard 1.1, annex; withdrawn since,
 * so it is only read, never written). Query keys that are not GS1's are `UNSUPPORTED`.
 */
export function parseCompressedLink(
  uri: string,
): Outcome<{ elements: readonly Element[], digitalLink: string, host: string }> {
  const split = splitUri(uri)
  if (!split.ok) return split
  const segment = split.path.slice(split.path.lastIndexOf('/') + 1)
  if (!/^[A-Za-z0-9_-]{4,200}$/.test(segment)) return refused('FORMAT')
  const read = elementsOf(segment)
  if (!read.ok) return read
  const fault = elementsFault(read.elements)
  if (fault !== null) return fault
  const digitalLink = buildDigitalLink(read.elements)
  return digitalLink === null
    ? refused('DL_NO_KEY')
    : { ok: true, elements: read.elements, digitalLink, host: split.host }
}

function elementsOf(segment: string): Outcome<{ elements: Element[] }> {
  try {
    const bits = new Bits(segment)
    const elements: Element[] = []
    while (bits.left >= 8) for (const ai of nextAis(bits)) elements.push([ai, valueOf(ai, bits)])
    if (bits.number(bits.left) !== 0) return refused('TRAILING')
    return { ok: true, elements }
  } catch (error) {
    if (error instanceof BitFault) return refused(error.code)
    throw error
  }
}

/** The AI, or sequence of AIs, that begins here; the first two digits say how many more follow. */
function nextAis(bits: Bits): readonly string[] {
  const first = bits.number(4)
  const second = bits.number(4)
  const byte = HEX.charAt(first) + HEX.charAt(second)
  const sequence = SEQUENCES.get(byte)
  if (sequence !== undefined) return sequence
  if (first === 15) throw new BitFault('UNSUPPORTED')
  if (first > 9 || second > 9) throw new BitFault('UNKNOWN_AI')
  let ai = byte
  for (let i = AI_LENGTH_BY_PREFIX[Number(byte)]!; i > 2; i--) ai += HEX.charAt(bits.number(4))
  return [ai]
}

function valueOf(ai: string, bits: Bits): string {
  const spec = specOfAi(ai)
  if (spec === undefined) throw new BitFault('UNKNOWN_AI')
  return spec.parts.map((part) => partOf(part, bits)).join('')
}

function partOf(part: AiPart, bits: Bits): string {
  const fixed = part.min === part.max
  if (part.set === DIGIT) {
    const digits = fixed ? part.max : bits.number(bitsForLength(part.max))
    return digits === 0 ? '' : decimal(bits, digits)
  }
  const encoding = bits.number(3)
  const length = fixed ? part.max : bits.number(bitsForLength(part.max))
  switch (encoding) {
    case 0: return decimal(bits, length)
    case 1: return characters(bits, length, 4, HEX).toLowerCase()
    case 2: return characters(bits, length, 4, HEX)
    case 3: return characters(bits, length, 6, BASE64URL)
    case 4: return Array.from({ length }, () => String.fromCharCode(bits.number(7))).join('')
    default: throw new BitFault('ENCODING')
  }
}

function decimal(bits: Bits, digits: number): string {
  const value = bits.big(bitsForDigits(digits)).toString()
  if (value.length > digits) throw new BitFault('RANGE')
  return value.padStart(digits, '0')
}

function characters(bits: Bits, length: number, width: number, table: string): string {
  return Array.from({ length }, () => table.charAt(bits.number(width))).join('')
}
