import { unreachable } from '../../unreachable.ts'
import type { Element } from '../element.ts'
import { refused } from '../outcome.ts'
import type { Code, Outcome } from '../outcome.ts'
import { BitWriter } from './bits.ts'
import type { BitReader } from './bits.ts'
import { GCP_LENGTH_MAX, GCP_LENGTH_MIN, elementFault, isWithin } from './epc.ts'
import type { Epc, TagOptions } from './epc.ts'
import { FAMILIES } from './families.ts'
import { COMPANY_BITS } from './schemes.ts'
import type { PartitionedScheme, Writing } from './schemes.ts'
import { readText6, readText7, writeText6, writeText7 } from './texts.ts'

const PARTITION_MAX = 6
const PIECE_BITS = 7

/** Reads what follows the header of a TDS 1.x scheme. The partition tells where the company prefix ends. */
export function readPartitioned(scheme: PartitionedScheme, reader: BitReader): Outcome<Epc> {
  const filter = reader.number(3)
  const partition = reader.number(3)
  if (reader.fault === null && partition > PARTITION_MAX) return refused('PARTITION')
  const company = reader.paddedDecimal(COMPANY_BITS[partition]!, GCP_LENGTH_MAX - partition)
  const { reference, serial } = scheme
  const parts = [company, readPart(reader, reference.as, reference.bits[partition]!, reference.digits[partition]!)]
  if (scheme.family === 'itip') parts.push(reader.paddedDecimal(PIECE_BITS, 2), reader.paddedDecimal(PIECE_BITS, 2))
  if (serial !== null) parts.push(readPart(reader, serial.as, serial.bits, serial.max))
  if (reader.number(scheme.reserved) !== 0) reader.fail('RESERVED_BITS')
  if (reader.fault !== null) return refused(reader.fault)
  const elements = FAMILIES[scheme.family].elementsOf(parts)
  return elementFault(elements)
    ?? { ok: true, scheme: scheme.name, filter, partition, gcpLength: GCP_LENGTH_MAX - partition, elements }
}

function readPart(reader: BitReader, as: Writing, bits: number, max: number): string {
  switch (as) {
    case 'padded': return reader.paddedDecimal(bits, max)
    case 'integer': {
      const text = reader.decimal(bits)
      if (text.length > max) reader.fail('RANGE')
      return text
    }
    case 'marked-integer': {
      const text = reader.decimal(bits)
      if (text.length > max + 1 || text.length < 2 || !text.startsWith('1')) reader.fail('RANGE')
      return text.slice(1)
    }
    case 'text7': return readText7(reader, bits, max)
    case 'text6': {
      const text = readText6(reader, max)
      if (text === '') reader.fail('EMPTY')
      return text
    }
    default: return unreachable(as)
  }
}

/**
 * Writes a TDS 1.x scheme. Refuses what it could not give back unchanged: `SERIAL_NOT_ENCODABLE` for a serial with
 * leading zeros or letters in a 96-bit scheme, `GCP` without the length of the company prefix, `UNSUPPORTED` for
 * elements that are not exactly the key and serial of the scheme.
 */
export function writePartitioned(
  scheme: PartitionedScheme, elements: readonly Element[], options: TagOptions,
): Outcome<{ writer: BitWriter }> {
  if (!isWithin(options.gcpLength, GCP_LENGTH_MIN, GCP_LENGTH_MAX)) return refused('GCP')
  const parts = FAMILIES[scheme.family].partsOf(elements, options.gcpLength)
  if (parts === null) return refused('UNSUPPORTED')
  const [company = '', reference = '', ...rest] = parts
  if (!/^\d+$/.test(company) || company.length !== options.gcpLength) return refused('GCP')
  const partition = GCP_LENGTH_MAX - options.gcpLength
  const writer = new BitWriter()
    .number(scheme.header, 8).number(options.filter, 3).number(partition, 3).decimal(company, COMPANY_BITS[partition]!)
  const widths = scheme.reference
  let fault = writePart(writer, widths.as, reference, widths.bits[partition]!, widths.digits[partition]!)
  if (scheme.family === 'itip') writer.decimal(rest[0]!, PIECE_BITS).decimal(rest[1]!, PIECE_BITS)
  if (scheme.serial !== null) {
    fault ??= writePart(writer, scheme.serial.as, rest.at(-1) ?? '', scheme.serial.bits, scheme.serial.max)
  }
  writer.number(0, scheme.reserved)
  return fault === null ? { ok: true, writer } : refused(fault)
}

function writePart(writer: BitWriter, as: Writing, text: string, bits: number, max: number): Code | null {
  if (!isHoldable(as, text, bits, max)) return 'SERIAL_NOT_ENCODABLE'
  switch (as) {
    case 'padded':
    case 'integer': writer.decimal(text, bits); break
    case 'marked-integer': writer.decimal(`1${text}`, bits); break
    case 'text7': writeText7(writer, text, bits); break
    case 'text6': writeText6(writer, text); break
    default: return unreachable(as)
  }
  return null
}

function isHoldable(as: Writing, text: string, bits: number, max: number): boolean {
  switch (as) {
    case 'padded': return text.length === max && /^\d*$/.test(text)
    case 'integer': return /^(0|[1-9]\d*)$/.test(text) && text.length <= max && BigInt(text) < 1n << BigInt(bits)
    case 'marked-integer': return /^\d+$/.test(text) && text.length <= max
    case 'text7': return text.length > 0 && text.length <= max
    case 'text6': return /^[A-Z0-9#/-]+$/.test(text) && text.length <= max
    default: return unreachable(as)
  }
}
