import type { Code } from '../outcome.ts'

/**
 * Reads fields of any width from bytes, most significant bit first.
 * It remembers the first fault and yields zeros after it, so that a decoder reads straight on and asks once at its end.
 */
export class BitReader {
  /** The first thing that was wrong, or null. */
  fault: Code | null = null
  /** The place of the next bit. */
  at = 0
  readonly #bytes: Uint8Array
  readonly #end: number

  /** Reads `bitLength` bits from the start of `bytes`. */
  constructor(bytes: Uint8Array, bitLength: number = bytes.length * 8) {
    this.#bytes = bytes
    this.#end = bitLength
  }

  /** How many bits are left. */
  get left(): number {
    return this.#end - this.at
  }

  /** Notes a fault; the first one stays. */
  fail(code: Code): void {
    this.fault ??= code
  }

  /** The next 0–53 bits as an unsigned number. */
  number(bits: number): number {
    if (!this.#take(bits)) return 0
    let value = 0
    let wanted = bits
    while (wanted > 0) {
      const offset = this.at & 7
      const taken = Math.min(8 - offset, wanted)
      const byte = this.#bytes[this.at >> 3]!
      value = value * (1 << taken) + ((byte >> (8 - offset - taken)) & ((1 << taken) - 1))
      this.at += taken
      wanted -= taken
    }
    return value
  }

  /** The next bits of any count as an unsigned big number. */
  bigNumber(bits: number): bigint {
    if (bits > this.left) this.#take(bits)
    let value = 0n
    for (let wanted = bits; wanted > 0 && this.fault === null;) {
      const taken = Math.min(48, wanted)
      value = (value << BigInt(taken)) | BigInt(this.number(taken))
      wanted -= taken
    }
    return value
  }

  /** The next bits as a decimal number without leading zeros, in text: exact at any width. */
  decimal(bits: number): string {
    return bits <= 53 ? String(this.number(bits)) : String(this.bigNumber(bits))
  }

  /** The next bits as a decimal number of exactly `digits` digits, zeros in front; `RANGE` if it needs more. */
  paddedDecimal(bits: number, digits: number): string {
    const text = this.decimal(bits)
    if (digits === 0 && text === '0') return ''
    if (text.length > digits) {
      this.fail('RANGE')
      return '0'.repeat(digits)
    }
    return text.padStart(digits, '0')
  }

  /** The next `count` half-bytes as decimal digits; `BCD` if one is above 9. */
  bcd(count: number): string {
    let text = ''
    for (let i = 0; i < count; i++) {
      const nibble = this.number(4)
      if (nibble > 9) this.fail('BCD')
      text += nibble
    }
    return text
  }

  /** True if all bits that are left are zero. */
  restIsZero(): boolean {
    for (let at = this.at; at < this.#end; at++) {
      if ((this.#bytes[at >> 3]! & (0x80 >> (at & 7))) !== 0) return false
    }
    return true
  }

  #take(bits: number): boolean {
    if (this.fault === null && bits > this.left) this.fault = 'TRUNCATED'
    return this.fault === null
  }
}

/** Writes fields of any width into bytes, most significant bit first. */
export class BitWriter {
  readonly #bytes: number[] = []
  #length = 0

  /** How many bits were written. */
  get length(): number {
    return this.#length
  }

  /** Writes an unsigned number of 0–53 bits. The caller has made sure that it fits. */
  number(value: number, bits: number): this {
    for (let i = bits - 1; i >= 0; i--) this.#bit(Math.floor(value / 2 ** i) % 2)
    return this
  }

  /** Writes an unsigned number of any width. */
  bigNumber(value: bigint, bits: number): this {
    for (let i = bits - 1; i >= 0; i--) this.#bit(Number((value >> BigInt(i)) & 1n))
    return this
  }

  /** Writes a decimal text as an unsigned number; an empty text is zero. */
  decimal(digits: string, bits: number): this {
    return this.bigNumber(BigInt(digits || '0'), bits)
  }

  /** Writes each digit as a half-byte. */
  bcd(digits: string): this {
    for (const digit of digits) this.number(Number(digit), 4)
    return this
  }

  /** Writes zeros until `length` bits are there. */
  padTo(length: number): this {
    return this.number(0, Math.max(0, length - this.#length))
  }

  /** The bytes so far, padded with zeros to whole 16-bit words as tag memory holds them. */
  words(): Uint8Array {
    const padded = [...this.#bytes]
    if (padded.length % 2 === 1) padded.push(0)
    return Uint8Array.from(padded)
  }

  #bit(bit: number): void {
    if ((this.#length & 7) === 0) this.#bytes.push(0)
    if (bit === 1) this.#bytes[this.#bytes.length - 1]! |= 0x80 >> (this.#length & 7)
    this.#length += 1
  }
}

/** The bits that hold every number of `digits` decimal digits: the smallest b with 10^digits ≤ 2^b. */
export function bitsOfDigits(digits: number): number {
  return digits === 0 ? 0 : (10n ** BigInt(digits) - 1n).toString(2).length
}
