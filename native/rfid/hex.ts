const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase())

/** Bytes as upper-case hex without blanks, the form in which EPCs and UIDs travel through the program. */
export function toHex(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let hex = ''
  for (let at = from; at < to; at++) hex += DIGITS[bytes[at]!]!
  return hex
}

/** The bytes of upper- or lower-case hex; blanks are passed over. Throws on anything else: hex is our own making. */
export function fromHex(hex: string): Uint8Array {
  const digits = hex.replaceAll(' ', '')
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) throw new Error(`not hex: ${hex}`)
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16))
}

/** Big-endian, as RFID readers write numbers. */
export function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!
}

export function bytes16(value: number): readonly [number, number] {
  return [(value >> 8) & 0xff, value & 0xff]
}

/** A byte read as a two's complement number: C9 is -55. */
export function signed8(byte: number): number {
  return byte > 0x7f ? byte - 0x100 : byte
}
