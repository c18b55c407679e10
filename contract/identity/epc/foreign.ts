import { unreachable } from '../../unreachable.ts'
import { refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import { BitWriter } from './bits.ts'
import type { BitReader } from './bits.ts'
import type { Epc } from './epc.ts'
import type { ForeignScheme } from './schemes.ts'
import { character6, readText6, writeText6 } from './texts.ts'

/** The fields of GID-96 that a company without GS1 prefix gets and fills (TDS 14.6.10). */
const GID_BITS = [28, 24, 36] as const
const DOD_SERIAL_BITS = 36
const CODE_CHARACTERS = 6
const PART_MAX = 32
const SERIAL_MAX = 30

/** A CAGE code has five characters, a DoDAAC six; neither has I or O. */
const OFFICE = /^[0-9A-HJ-NP-Z]{5,6}$/

/**
 * Reads what follows the header of a scheme outside of GS1: the general identifier, the US Department of Defense's
 * and the aerospace industry's. They name a thing but carry no GS1 element, so `elements` stays empty.
 */
export function readForeign(scheme: ForeignScheme, reader: BitReader): Outcome<Epc> {
  switch (scheme.name) {
    case 'GID-96': return named(scheme, reader, null, GID_BITS.map((bits) => reader.decimal(bits)))
    case 'USDoD-96': {
      const filter = reader.number(4)
      const office = readOffice(reader, 8)
      return named(scheme, reader, filter, [office, reader.decimal(DOD_SERIAL_BITS)])
    }
    case 'ADI-var': {
      const filter = reader.number(6)
      const office = readOffice(reader, 6)
      const part = readText6(reader, PART_MAX)
      const serial = readText6(reader, SERIAL_MAX)
      if (serial === '' || serial === '#') reader.fail('EMPTY')
      if (part.includes('#') || serial.lastIndexOf('#') > 0) reader.fail('CHARSET')
      return named(scheme, reader, filter, [office, part, serial])
    }
    default: return unreachable(scheme.name)
  }
}

/** Five or six characters; a code of five stands behind a blank. */
function readOffice(reader: BitReader, width: 6 | 8): string {
  let text = ''
  for (let i = 0; i < CODE_CHARACTERS; i++) {
    const code = reader.number(width)
    const blank = i === 0 && code === 0x20
    text += blank ? '' : ((width === 6 ? character6(code) : String.fromCharCode(code)) ?? ' ')
  }
  if (reader.fault === null && !OFFICE.test(text)) reader.fail('CHARSET')
  return text
}

function named(scheme: ForeignScheme, reader: BitReader, filter: number | null, parts: string[]): Outcome<Epc> {
  if (reader.fault !== null) return refused(reader.fault)
  return { ok: true, scheme: scheme.name, filter, elements: [], parts }
}

/** Writes a scheme outside of GS1 from the parts of its name. `filter` is 0 for GID-96, which has none. */
export function writeForeign(
  scheme: ForeignScheme, parts: readonly string[], filter: number,
): Outcome<{ writer: BitWriter }> {
  const writer = new BitWriter().number(scheme.header, 8)
  const [first = '', second = '', third = ''] = parts
  switch (scheme.name) {
    case 'GID-96': {
      if (parts.length !== 3) return refused('FORMAT')
      for (const [i, bits] of GID_BITS.entries()) {
        if (!isNumber(parts[i]!, bits)) return refused('RANGE')
        writer.decimal(parts[i]!, bits)
      }
      return { ok: true, writer }
    }
    case 'USDoD-96': {
      if (parts.length !== 2 || !OFFICE.test(first)) return refused('FORMAT')
      if (!isNumber(second, DOD_SERIAL_BITS) || filter > 15) return refused('RANGE')
      writer.number(filter, 4)
      for (const character of first.padStart(CODE_CHARACTERS)) writer.number(character.charCodeAt(0), 8)
      return { ok: true, writer: writer.decimal(second, DOD_SERIAL_BITS) }
    }
    case 'ADI-var': {
      if (parts.length !== 3 || !OFFICE.test(first)) return refused('FORMAT')
      if (!/^[A-Z0-9/-]{0,32}$/.test(second) || !/^(?!#?$)#?[A-Z0-9/-]*$/.test(third)) return refused('CHARSET')
      if (third.length > SERIAL_MAX || filter > 63) return refused('RANGE')
      writer.number(filter, 6)
      for (const character of first.padStart(CODE_CHARACTERS)) writer.number(character.charCodeAt(0) & 0x3f, 6)
      writeText6(writer, second)
      writeText6(writer, third)
      return { ok: true, writer }
    }
    default: return unreachable(scheme.name)
  }
}

function isNumber(text: string, bits: number): boolean {
  return /^(0|[1-9]\d*)$/.test(text) && BigInt(text) < 1n << BigInt(bits)
}
