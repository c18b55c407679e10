import { mustNotStore } from './card-guard.ts'
import { splitUri } from './digital-link.ts'
import { readEid } from './eid.ts'
import { parseElementString } from './element-string.ts'
import { GS } from './element.ts'
import { isDigits } from './characters.ts'
import { mod10Holds } from './check-digits.ts'
import { parseHri } from './hri.ts'
import { readIccid } from './iccid.ts'
import { readImei } from './imei.ts'
import { readIsbn, readIssn } from './isbn-issn.ts'
import { expandUpcE, readGtin, restrictionOf } from './keys.ts'
import { readLink } from './link.ts'
import { readMac } from './mac.ts'
import { readMask } from './mask.ts'
import type { Mask } from './mask.ts'
import { readMeid } from './meid.ts'
import { aimOf, symbologyOf } from './symbology.ts'
import { readScan } from './scan.ts'
import { readVin } from './vin.ts'

/** What an untyped string may be. */
export type Candidate =
  | 'gs1-element-string' | 'gs1-hri' | 'gs1-digital-link' | 'url' | 'epc-hex' | 'epc-uri' | 'tid'
  | 'gtin-8' | 'gtin-12' | 'gtin-13' | 'gtin-14' | 'sscc' | 'isbn' | 'issn' | 'imei' | 'meid' | 'iccid' | 'eid' | 'vin'
  | 'mac' | 'shop-serial' | 'restricted-circulation' | 'free-serial' | 'payment-card'

/** A mask of the shop under its name. */
export interface NamedMask {
  readonly name: string
  readonly mask: Mask
}

/** What the shop knows beside the text. */
export interface ClassifyContext {
  readonly nowYear: number
  readonly masks: readonly NamedMask[]
  /** The field with the focus expects an IMEI. */
  readonly imeiExpected?: boolean
  readonly allowShortGtin?: boolean
}

/** All that a string may be, likeliest first. */
export interface Classification {
  readonly candidates: readonly Candidate[]
  /** It looks like a payment card: blank the field, store and log nothing of it. */
  readonly mustNotStore: boolean
}

/** The headers of the EPC Tag Data Standard in use; E2 marks tag identification memory instead. */
const EPC_HEADER = /^(?:2[C-F]|3[0-9A-F]|4[01]|E[6-9A-F]|F[0-9A-D])/
const EPC_HEX_MIN = 20
const EPC_HEX_MAX = 128
const TID_HEX_MIN = 8
const FREE_SERIAL = /^[^\p{C}\p{Z}](?:[^\p{C}]{1,38})[^\p{C}\p{Z}]$/u

/**
 * Says what an untyped string may be. Several answers are normal: a shop's ten digits can be a book's. Nothing is
 * decided here; the caller ranks by the field in focus and the product at hand, or asks. A card excludes the rest.
 */
export function classify(value: string, context: ClassifyContext): Classification {
  const text = value.trim()
  const body = aimOf(text) === null ? text : text.slice(3)
  if (mustNotStore(text, context) || mustNotStore(body, context)) {
    return { candidates: ['payment-card'], mustNotStore: true }
  }
  const found = [...new Set([...inBarcode(text, context), ...inWriting(body, context), ...inDigits(body, context)])]
  if (found.length === 0 && FREE_SERIAL.test(body)) found.push('free-serial')
  return { candidates: found, mustNotStore: false }
}

/** What only a scanner's data can be: elements, with the AIM identifier or without it. */
function inBarcode(text: string, context: ClassifyContext): Candidate[] {
  if (aimOf(text) === null) return isTellingElementString(text) ? ['gs1-element-string'] : []
  const scan = readScan(text, context)
  if (!scan.ok || scan.elements === undefined) return []
  switch (symbologyOf(scan.aim ?? '')?.content) {
    case 'elements': return ['gs1-element-string']
    case 'text-or-link': return ['gs1-digital-link']
    case 'ean-13': return scan.elements.length > 1 ? ['gs1-element-string'] : []
    case 'ean-8': case 'itf': case 'text': case undefined: return []
    default: return []
  }
}

/** AIs whose value carries a check digit: a text that begins with one of them is seldom GS1 data by chance. */
const TELLING_FIRST_AIS: ReadonlySet<string> = new Set([
  '00', '01', '02', '03', '253', '255', '402', '414', '415', '417', '8003', '8006', '8013', '8017', '8018', '8026',
])

/** Nearly every number reads as an internal field (90–99); so without an AIM identifier more is asked. */
function isTellingElementString(text: string): boolean {
  const read = parseElementString(text)
  return read.ok && (text.includes(GS) || TELLING_FIRST_AIS.has(read.elements[0]![0]))
}

/** What shows by its way of writing: addresses, brackets, hexadecimal, separators, letters. */
function inWriting(text: string, context: ClassifyContext): Candidate[] {
  if (text.startsWith('urn:epc:')) return ['epc-uri']
  if (/^https?:/i.test(text)) {
    const link = readLink(text, context)
    // A compressed link could be an ordinary word by chance; a whole tag in hexadecimal could not.
    if (link.ok) return link.form === 'compressed' ? ['gs1-digital-link', 'url'] : ['gs1-digital-link']
    return splitUri(text).ok ? ['url'] : []
  }
  if (text.startsWith('(')) return parseHri(text).ok ? ['gs1-hri'] : []
  const found: Candidate[] = []
  const hex = /^[0-9A-Fa-f]+$/.test(text) && text.length % 2 === 0 ? text.toUpperCase() : ''
  if (hex.length >= EPC_HEX_MIN && hex.length <= EPC_HEX_MAX && EPC_HEADER.test(hex)) found.push('epc-hex')
  if (hex.length >= TID_HEX_MIN && hex.startsWith('E2')) found.push('tid')
  if (readVin(text).ok && /[A-Za-z]/.test(text)) found.push('vin')
  if (readMac(text).ok && /[^0-9]/.test(text)) found.push('mac')
  return found
}

/** What is a number: keys of goods and devices, then the shop's own. */
function inDigits(text: string, context: ClassifyContext): Candidate[] {
  const imeis: Candidate[] = isImeiHere(text, context) ? ['imei'] : []
  const found: Candidate[] = context.imeiExpected === true ? imeis : []
  found.push(...inGtins(text))
  if (context.imeiExpected !== true) found.push(...imeis)
  if (isDigits(text) && text.length === 18 && mod10Holds(text)) found.push('sscc')
  if (readIsbn(text).ok) found.push('isbn')
  if (readIssn(text).ok) found.push('issn')
  if (readIccid(text).ok) found.push('iccid')
  if (readEid(text).ok) found.push('eid')
  const meid = readMeid(text)
  if (meid.ok && !isDigits(meid.hex)) found.push('meid')
  if (context.masks.some(({ mask }) => readMask(mask, text, context.nowYear).ok)) found.push('shop-serial')
  return found
}

const GTIN_CANDIDATES = {
  'GTIN-8': 'gtin-8', 'GTIN-12': 'gtin-12', 'GTIN-13': 'gtin-13', 'GTIN-14': 'gtin-14',
} as const

function inGtins(text: string): Candidate[] {
  const found: Candidate[] = []
  const gtin = readGtin(text)
  if (gtin.ok) {
    found.push(GTIN_CANDIDATES[gtin.scheme])
    if (restrictionOf(gtin.gtin14) !== null) found.push('restricted-circulation')
  }
  if (expandUpcE(text).ok) found.push('gtin-12')
  return found
}

/** Reporting bodies of real device types; without a check digit nothing else tells them from any other digits. */
const USUAL_REPORTING_BODY = /^(?:01|35|86|99)/

function isImeiHere(text: string, context: ClassifyContext): boolean {
  const imei = readImei(text)
  if (!imei.ok) return false
  return imei.type === 'IMEI' || context.imeiExpected === true || USUAL_REPORTING_BODY.test(imei.imei)
}
