import { luhnHolds, mod10Holds } from './check-digits.ts'

/** Issuer ranges by the number of digits: PCI DSS forbids to store or show such a number whole. */
const ISSUERS = /^(?:4|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|6011|64[4-9]|65|62|3[4678]|30[0-5]|352[89]|35[3-8])/
const FIFTEEN_DIGIT_ISSUERS = /^3[47]/
const SIXTEEN_DIGIT_JCB = /^35(?:2[89]|[3-8])/
const TRACK = /^%[A-Za-z]\d[^^]*\^|^;\d{8,19}=|^B?\d{13,19}[\^=]/

/** What else is known about where a number was typed. */
export interface CardContext {
  /** The field with the focus expects an IMEI: fourteen digits, and sixteen beginning with 35, are then a device. */
  readonly imeiExpected?: boolean
}

/**
 * True if a text must be neither stored nor logged nor shown, because it looks like a payment card: 14 to 19 digits
 * (blanks and hyphens between them do not matter, nor words around them) with a valid Luhn digit in an issuer's range,
 * or a card's track. Digits inside of a word are a serial.
 * Numbers with a better explanation pass: GTIN-14, SSCC, ICCID, and IMEIs whose 15 digits are in no issuer's range.
 */
export function mustNotStore(text: string, context: CardContext = {}): boolean {
  const trimmed = text.trim()
  if (TRACK.test(trimmed)) return true
  if (trimmed.length > TYPED_MAX) return false
  const words = trimmed.split(/\s+/)
  return words.some((_, first) => cardBeginsAt(words, first, context))
}

const NO_FIELDS: ReadonlySet<string> = new Set()

/**
 * True if any text within, however deep, must not be kept. Fields are looked at one by one, never joined. What stands in
 * a field of these names is not looked at: numbers that machines gave and nobody typed.
 */
export function holdsCardNumber(value: unknown, besides = NO_FIELDS): boolean {
  if (typeof value === 'string') return mustNotStore(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([field, within]) => !besides.has(field) && holdsCardNumber(within, besides))
}

/** What a person types into a field, card number, expiry and all, is shorter than this; labels may be longer. */
const TYPED_MAX = 200
const DIGITS_MAX = 19

/** Cards are printed in groups of four; so words of digits are tried together, and with what follows left away. */
function cardBeginsAt(words: readonly string[], first: number, context: CardContext): boolean {
  let digits = ''
  for (let i = first; i < words.length; i++) {
    digits += words[i]!.replaceAll('-', '')
    if (!/^\d{1,19}$/.test(digits) || digits.length > DIGITS_MAX) return false
    if (digits.length >= 14 && luhnHolds(digits) && isCardOfLength(digits, context)) return true
  }
  return false
}

function isCardOfLength(digits: string, context: CardContext): boolean {
  const imeiExpected = context.imeiExpected === true
  switch (digits.length) {
    case 14: return ISSUERS.test(digits) && !mod10Holds(digits) && !imeiExpected
    case 15: return FIFTEEN_DIGIT_ISSUERS.test(digits)
    case 16: return ISSUERS.test(digits) && !(imeiExpected && SIXTEEN_DIGIT_JCB.test(digits))
    case 18: return ISSUERS.test(digits) && !mod10Holds(digits)
    default: return ISSUERS.test(digits)
  }
}

const SHOWN_FIRST = 6
const SHOWN_LAST = 4

/**
 * A number for people who may not see it whole: the first six and last four digits, all else starred, which is the most
 * that PCI DSS lets one show. What is too short for that, and everything around a card's number, is starred altogether.
 */
export function masked(text: string): string {
  const number = /\d(?:[ -]?\d){12,18}/.exec(text)?.[0].replace(/[ -]/g, '') ?? ''
  if (number === '') return '*'.repeat(Math.min(text.length, 12))
  const stars = '*'.repeat(number.length - SHOWN_FIRST - SHOWN_LAST)
  return number.slice(0, SHOWN_FIRST) + stars + number.slice(-SHOWN_LAST)
}
