import { refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { BitReader } from './bits.ts'
import { bytesOfHex } from './hex.ts'

/** What the maker of the chip wrote into tag memory bank 10 and locked. */
export interface Tid {
  /** The tag has an extended header and perhaps a serial. */
  readonly xtid: boolean
  /** The chip can authenticate itself. */
  readonly security: boolean
  readonly file: boolean
  /** The maker (1 Impinj, 3 Alien, 6 NXP) and the model. */
  readonly mdid: number
  readonly tmn: number
  /** The serial of the chip in upper-case hexadecimal, or null if it has none. */
  readonly serial: string | null
  /** `urn:epc:stid:…`, or null without serial. */
  readonly stid: string | null
}

const CLASS_E2 = 0xe2
/** Bits of the shortest serial, and how many each step of the header adds. */
const SERIAL_BITS_MIN = 48
const SERIAL_BITS_STEP = 16

/**
 * Reads a tag id in hexadecimal (TDS 16). Refuses a class byte other than E2 (`HEADER`: it may be the id of an HF tag)
 * and a serial that is cut (`TRUNCATED`). A tag id is evidence, not proof: cheap clones can emulate one.
 */
export function decodeTid(hex: string): Outcome<Tid> {
  const bytes = bytesOfHex(hex)
  if (bytes === null) return refused('HEX')
  const reader = new BitReader(bytes, hex.length * 4)
  if (hex.length >= 2 && reader.number(8) !== CLASS_E2) return refused('HEADER')
  const [xtid, security, file] = [reader.number(1) === 1, reader.number(1) === 1, reader.number(1) === 1]
  const mdid = reader.number(9)
  const tmn = reader.number(12)
  const serialBits = xtid ? serialBitsOf(reader.number(16)) : 0
  let serial = ''
  for (let i = 0; i < serialBits / 4; i++) serial += reader.number(4).toString(16).toUpperCase()
  if (reader.fault !== null) return refused(reader.fault)
  const flags = (xtid ? 0x800 : 0) | (security ? 0x400 : 0) | (file ? 0x200 : 0) | mdid
  return {
    ok: true, xtid, security, file, mdid, tmn,
    serial: serial === '' ? null : serial,
    stid: serial === '' ? null : `urn:epc:stid:x${hex3(flags)}.x${hex3(tmn)}.x${serial}`,
  }
}

function serialBitsOf(header: number): number {
  const steps = header >> 13
  return steps === 0 ? 0 : SERIAL_BITS_MIN + SERIAL_BITS_STEP * (steps - 1)
}

const hex3 = (value: number): string => value.toString(16).toUpperCase().padStart(3, '0')
