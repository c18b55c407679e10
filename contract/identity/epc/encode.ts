import type { Element } from '../element.ts'
import { refused } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import type { BitWriter } from './bits.ts'
import { elementFault, isWithin } from './epc.ts'
import type { TagOptions } from './epc.ts'
import { writeForeign } from './foreign.ts'
import { hexOf } from './hex.ts'
import { writePartitioned } from './partitioned.ts'
import { writePlus } from './plus.ts'
import { schemeOfName } from './schemes.ts'

/** The content of a tag's EPC memory: upper-case hexadecimal, padded with zeros to whole 16-bit words. */
export interface TagContent {
  readonly hex: string
}

const FILTER_MAX = 7
/** The PC word can announce 31 words. */
const DIGITS_MAX = 31 * 4

/**
 * Writes elements as a tag of the named scheme (`SGTIN-96`, `SGTIN+`, …). Only what decodes to the very same elements
 * is written: a serial with leading zeros is refused by SGTIN-96 (`SERIAL_NOT_ENCODABLE`), never shortened.
 * Also refuses a wrong check digit or character (the code of the element), a filter outside of 0–7 (`RANGE`),
 * a partitioned scheme without company prefix length (`GCP`), elements that are not those of the scheme
 * (`UNSUPPORTED`), and content longer than tag memory can announce (`LENGTH`).
 */
export function encodeEpc(scheme: string, elements: readonly Element[], options: TagOptions): Outcome<TagContent> {
  const found = schemeOfName(scheme)
  if (found === undefined || found.kind === 'foreign') return refused('SCHEME')
  if (!isWithin(options.filter, 0, FILTER_MAX)) return refused('RANGE')
  const fault = elementFault(elements)
  if (fault !== null) return fault
  return contentOf(
    found.kind === 'plus' ? writePlus(found, elements, options) : writePartitioned(found, elements, options),
  )
}

/** Writes a GID-96, USDoD-96 or ADI-var tag from the parts of its name; refuses what those schemes cannot hold. */
export function encodeForeignEpc(scheme: string, parts: readonly string[], filter = 0): Outcome<TagContent> {
  const found = schemeOfName(scheme)
  if (found?.kind !== 'foreign') return refused('SCHEME')
  if (!isWithin(filter, 0, 63)) return refused('RANGE')
  return contentOf(writeForeign(found, parts, filter))
}

function contentOf(written: Outcome<{ writer: BitWriter }>): Outcome<TagContent> {
  if (!written.ok) return written
  const hex = hexOf(written.writer.words())
  return hex.length > DIGITS_MAX ? refused('LENGTH') : { ok: true, hex }
}
