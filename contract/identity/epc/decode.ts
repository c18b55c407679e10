import { unreachable } from '../../unreachable.ts'
import { refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { BitReader } from './bits.ts'
import type { Epc } from './epc.ts'
import { readForeign } from './foreign.ts'
import { bytesOfHex, word32At } from './hex.ts'
import { readPartitioned } from './partitioned.ts'
import { readPcWord } from './pc-word.ts'
import { readPlus } from './plus.ts'
import { schemeOfHeader } from './schemes.ts'
import { readSgtin96 } from './sgtin96.ts'

const SGTIN_96 = '30'
const SGTIN_96_HEADER = 0x30

/**
 * Decodes the EPC of a tag from hexadecimal text of either case, as readers deliver it: no company prefix is needed.
 * With `includesPc` the first four digits are the protocol control word. Digits beyond the scheme must be zero,
 * and a shorter text is good as long as no field is cut. Follows EPC Tag Data Standard 1.13 and 2.3.
 */
export function decodeEpc(hex: string, options: { includesPc?: boolean } = {}): Outcome<Epc> {
  if (options.includesPc === true) return decodeWithPc(hex)
  if (hex.length === 24 && hex.startsWith(SGTIN_96)) {
    const [first, second, third] = [word32At(hex, 0), word32At(hex, 8), word32At(hex, 16)]
    return first < 0 || second < 0 || third < 0 ? refused('HEX') : readSgtin96(first, second, third)
  }
  const bytes = bytesOfHex(hex)
  return bytes === null ? refused('HEX') : decodeBits(bytes, hex.length * 4)
}

/** Decodes the EPC of a tag from the bytes of its EPC memory, without the protocol control word. */
export function decodeEpcBytes(bytes: Uint8Array): Outcome<Epc> {
  if (bytes.length === 12 && bytes[0] === SGTIN_96_HEADER) {
    return readSgtin96(word32(bytes, 0), word32(bytes, 4), word32(bytes, 8))
  }
  return decodeBits(bytes, bytes.length * 8)
}

function word32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}

function decodeWithPc(hex: string): Outcome<Epc> {
  const word = bytesOfHex(hex.slice(0, 4))
  if (word === null) return refused('HEX')
  if (hex.length < 4) return refused('TRUNCATED')
  const pc = readPcWord(word[0]! * 256 + word[1]!, hex.length - 4)
  if (!pc.ok) return pc
  const epc = decodeEpc(hex.slice(4))
  return epc.ok ? { ...epc, pc: { words: pc.words, userMemory: pc.userMemory } } : epc
}

function decodeBits(bytes: Uint8Array, bitLength: number): Outcome<Epc> {
  if (bitLength === 0) return refused('EMPTY')
  if (bytes.every((byte) => byte === 0)) return refused('UNPROGRAMMED')
  const reader = new BitReader(bytes, bitLength)
  const scheme = schemeOfHeader(reader.number(8))
  if (reader.fault !== null) return refused(reader.fault)
  if (scheme === undefined) return refused('HEADER')
  const epc = readScheme(scheme, reader)
  if (!epc.ok) return epc
  return reader.restIsZero() ? epc : refused('TRAILING')
}

function readScheme(scheme: NonNullable<ReturnType<typeof schemeOfHeader>>, reader: BitReader): Outcome<Epc> {
  switch (scheme.kind) {
    case 'partitioned': return readPartitioned(scheme, reader)
    case 'plus': return readPlus(scheme, reader)
    case 'foreign': return readForeign(scheme, reader)
    default: return unreachable(scheme)
  }
}
