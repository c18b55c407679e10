import type { BitReader, BitWriter } from './bits.ts'
import { readCode40, writeCode40 } from './variable-text.ts'

/** Codes of the 7-bit host table that stand for more than one character (TDS 2.3, 14.5.16). */
const SHORTHANDS: ReadonlyMap<number, string> = new Map([
  [0b0011110, 'qr.'], [0b0011111, 'www.'], [0b0100000, 'id.'], [0b1011011, '.com'], [0b1011100, '.org'],
  [0b1011101, '.net'], [0b1011110, '.int'], [0b1100000, '.edu'], [0b1111011, '.gov'], [0b1111100, '.mil'],
  [0b1111101, '.biz'], [0b1111110, '.eco'], [0b1111111, '.med'],
])

/** Codes 0–3 begin a country domain of two codes. */
const COUNTRY_CODES_MAX = 3
const LENGTH_BITS = 6
const HOST_MAX = 63

/**
 * The host name behind a "++" scheme: one bit for the method, six for the count, then Code 40 characters
 * (given in lower case) or codes of the 7-bit table. The two-code country domains are `UNSUPPORTED`,
 * anything that is no host name is `CHARSET`.
 */
export function readHostname(reader: BitReader): string {
  const method = reader.number(1)
  const count = reader.number(LENGTH_BITS)
  const host = method === 0 ? readCode40(reader, count).toLowerCase() : readShorthands(reader, count)
  if (host === '') reader.fail('EMPTY')
  else if (!isHostname(host)) reader.fail('CHARSET')
  return host
}

function readShorthands(reader: BitReader, count: number): string {
  let host = ''
  for (let i = 0; i < count && reader.fault === null; i++) {
    const code = reader.number(7)
    if (code <= COUNTRY_CODES_MAX) reader.fail('UNSUPPORTED')
    host += SHORTHANDS.get(code) ?? String.fromCharCode(code)
  }
  return host
}

/** Writes a host name by the method that takes fewer bits; false if it is none (letters, digits, hyphens, dots). */
export function writeHostname(writer: BitWriter, host: string): boolean {
  if (!isHostname(host) || host !== host.toLowerCase()) return false
  const codes = shorthandsOf(host)
  if (16 * Math.ceil(host.length / 3) < 7 * codes.length && host.length <= HOST_MAX) {
    writer.number(0, 1).number(host.length, LENGTH_BITS)
    writeCode40(writer, host.toUpperCase())
    return true
  }
  if (codes.length > HOST_MAX) return false
  writer.number(1, 1).number(codes.length, LENGTH_BITS)
  for (const code of codes) writer.number(code, 7)
  return true
}

function shorthandsOf(host: string): number[] {
  const codes: number[] = []
  for (let at = 0; at < host.length;) {
    const known = [...SHORTHANDS].find(([, text]) => host.startsWith(text, at))
    codes.push(known === undefined ? host.charCodeAt(at) : known[0])
    at += known === undefined ? 1 : known[1].length
  }
  return codes
}

function isHostname(host: string): boolean {
  return host.length <= 253 && host.split('.').every((label) => /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label))
}
