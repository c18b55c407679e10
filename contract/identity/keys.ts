import { CHECK_PAIR_BODY_MAX, checkPair, mod10CheckDigit, mod10Holds } from './check-digits.ts'
import { SET_82, allOf, isDigits } from './characters.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** The GS1 keys that have a check digit, with their lengths including it. */
const KEY_LENGTHS = {
  'GTIN-8': [8], 'GTIN-12': [12], 'GTIN-13': [13], 'GTIN-14': [14], 'GLN': [13], 'SSCC': [18],
  'GSRN': [18], 'GSRNP': [18], 'GRAI': [13, 14], 'GDTI': [13], 'GCN': [13], 'GSIN': [17], 'ITIP': [18],
} as const satisfies Record<string, readonly number[]>

/** A GS1 key with a decimal check digit, or one of the two with an alphanumeric pair. */
export type KeyScheme = keyof typeof KEY_LENGTHS | 'GMN' | 'MUDI'

/** True for the name of a key that {@link readKey} knows. */
export function isKeyScheme(scheme: string): scheme is KeyScheme {
  return Object.hasOwn(KEY_LENGTHS, scheme) || scheme === 'GMN' || scheme === 'MUDI'
}

/** The check digit (or pair) of a key's body without it. Refuses a body of the wrong length or characters. */
export function keyCheckDigit(scheme: string, body: string): Outcome<{ check: string }> {
  if (!isKeyScheme(scheme)) return refused('SCHEME')
  if (body === '') return refused('EMPTY', 0)
  if (scheme === 'GMN' || scheme === 'MUDI') {
    if (body.length > CHECK_PAIR_BODY_MAX) return refused('LENGTH')
    const check = checkPair(body)
    return check === null ? refused('CHARSET') : { ok: true, check }
  }
  if (!isDigits(body)) return refused('CHARSET')
  // The check digit of an individual trade item piece stands inside, after its GTIN; the piece and total follow.
  const lengths: readonly number[] = scheme === 'ITIP' ? [14] : KEY_LENGTHS[scheme]
  if (!lengths.includes(body.length + 1)) return refused('LENGTH')
  return { ok: true, check: mod10CheckDigit(body) }
}

/**
 * Checks a key as written, without trimming: a blank is `CHARSET`. GTINs also come back with 14 digits,
 * which is the only form in which they are stored and compared.
 */
export function readKey(scheme: string, value: string): Outcome<{ valid: true, gtin14?: string }> {
  if (!isKeyScheme(scheme)) return refused('SCHEME')
  if (value === '') return refused('EMPTY', 0)
  if (scheme === 'GMN' || scheme === 'MUDI') return readPairKey(scheme, value)
  if (!isDigits(value)) return refused('CHARSET')
  const lengths: readonly number[] = KEY_LENGTHS[scheme]
  if (!lengths.includes(value.length)) return refused('LENGTH')
  if (scheme === 'ITIP') return readItip(value)
  if (scheme === 'GRAI' && value.length === 14 && !value.startsWith('0')) return refused('FORMAT', 0)
  if (!mod10Holds(value)) return refused('CHECK_DIGIT')
  const gtin14 = scheme.startsWith('GTIN') ? { gtin14: value.padStart(14, '0') } : {}
  return { ok: true, valid: true, ...gtin14 }
}

function readPairKey(scheme: 'GMN' | 'MUDI', value: string): Outcome<{ valid: true }> {
  if (!allOf(SET_82, value)) return refused('CHARSET')
  if (value.length < 3 || value.length > CHECK_PAIR_BODY_MAX + 2) return refused('LENGTH')
  if (!isDigits(value.slice(0, 4))) return refused('GCP')
  if (scheme === 'MUDI' && isDigits(value)) return refused('FORMAT')
  return checkPair(value.slice(0, -2)) === value.slice(-2) ? { ok: true, valid: true } : refused('CHECK_DIGIT')
}

function readItip(value: string): Outcome<{ valid: true }> {
  if (!mod10Holds(value, 0, 14)) return refused('CHECK_DIGIT')
  const piece = Number(value.slice(14, 16))
  return piece >= 1 && piece <= Number(value.slice(16)) ? { ok: true, valid: true } : refused('RANGE', 14)
}

export type GtinScheme = 'GTIN-8' | 'GTIN-12' | 'GTIN-13' | 'GTIN-14'

/** The GTIN names by their number of digits. */
const GTIN_BY_LENGTH: ReadonlyMap<number, GtinScheme> = new Map([
  [8, 'GTIN-8'], [12, 'GTIN-12'], [13, 'GTIN-13'], [14, 'GTIN-14'],
])

/** Reads 8, 12, 13 or 14 digits as a GTIN with 14. A different indicator digit is a different trade item and stays. */
export function readGtin(value: string): Outcome<{ gtin14: string, scheme: GtinScheme }> {
  if (value === '') return refused('EMPTY', 0)
  if (!isDigits(value)) return refused('CHARSET')
  const scheme = GTIN_BY_LENGTH.get(value.length)
  if (scheme === undefined) return refused('LENGTH')
  return mod10Holds(value) ? { ok: true, gtin14: value.padStart(14, '0'), scheme } : refused('CHECK_DIGIT')
}

/**
 * Expands an 8-digit UPC-E (number system 0 or 1) to the GTIN-12 that it stands for; the check digit is that of the
 * expanded number (GS1 General Specifications 5.2.2.4.2).
 */
export function expandUpcE(value: string): Outcome<{ gtin12: string, gtin14: string }> {
  if (value === '') return refused('EMPTY', 0)
  if (!isDigits(value)) return refused('CHARSET')
  if (value.length !== 8) return refused('LENGTH')
  if (value.charAt(0) > '1') return refused('FORMAT', 0)
  const system = value.charAt(0)
  const middle = value.slice(1, 7)
  const last = middle.charAt(5)
  const gtin12 = system + upcBody(middle, last) + value.charAt(7)
  return mod10Holds(gtin12) ? { ok: true, gtin12, gtin14: `00${gtin12}` } : refused('CHECK_DIGIT')
}

function upcBody(middle: string, last: string): string {
  if (last <= '2') return `${middle.slice(0, 2)}${last}0000${middle.slice(2, 5)}`
  if (last === '3') return `${middle.slice(0, 3)}00000${middle.slice(3, 5)}`
  if (last === '4') return `${middle.slice(0, 4)}00000${middle.charAt(4)}`
  return `${middle.slice(0, 5)}0000${last}`
}

/** Why a number in the form of a GTIN names no trade item of the world. */
export type Restriction = 'in-store' | 'company-internal' | 'coupon' | 'refund-receipt' | 'serial-publication'

/** Prefixes of the 13-digit form (GS1 General Specifications 1.4, table of prefixes), longest first. */
const RESTRICTED_PREFIXES: readonly (readonly [prefix: RegExp, restriction: Restriction])[] = [
  [/^000[1-7]/, 'company-internal'],
  [/^04/, 'company-internal'],
  [/^02|^2/, 'in-store'],
  [/^05|^99|^98[12]/, 'coupon'],
  [/^980/, 'refund-receipt'],
  [/^977/, 'serial-publication'],
]

/**
 * Why no global identity and no tag may be built from a GTIN-14, or null if it is an ordinary one:
 * the same in-store number means another thing in the next shop, and an ISSN names a title, never a copy.
 */
export function restrictionOf(gtin14: string): Restriction | null {
  if (gtin14.startsWith('000000')) return /^[02]/.test(gtin14.slice(6)) ? 'in-store' : null
  const thirteen = gtin14.slice(1)
  return RESTRICTED_PREFIXES.find(([prefix]) => prefix.test(thirteen))?.[1] ?? null
}
