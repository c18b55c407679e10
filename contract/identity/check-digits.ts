import { SET_82_ORDER } from './characters.ts'

const CODE_0 = 48

/**
 * The GS1 modulo-10 check digit (General Specifications 7.9) of the digits from `start` up to `end`, as a number 0–9.
 * The caller has made sure that they are digits.
 */
export function mod10DigitOf(text: string, start: number, end: number): number {
  let sum = 0
  let weight = 3
  for (let i = end - 1; i >= start; i--) {
    sum += (text.charCodeAt(i) - CODE_0) * weight
    weight = 4 - weight
  }
  return (10 - (sum % 10)) % 10
}

/** The GS1 modulo-10 check digit of a body without one: `'952123454321'` gives `'3'`. Digits only. */
export function mod10CheckDigit(body: string): string {
  return String(mod10DigitOf(body, 0, body.length))
}

/** True if the last digit of the range is the modulo-10 check digit of the others. Digits only. */
export function mod10Holds(text: string, start = 0, end: number = text.length): boolean {
  return mod10DigitOf(text, start, end - 1) === text.charCodeAt(end - 1) - CODE_0
}

/** The Luhn check digit (ISO/IEC 7812-1, 3GPP TS 23.003 annex B) of a body without one. Digits only. */
export function luhnCheckDigit(body: string): string {
  return luhnInBase(body, 10)
}

/** True if the last digit is the Luhn check digit of the others. Digits only, at least two. */
export function luhnHolds(text: string): boolean {
  return text.length > 1 && luhnCheckDigit(text.slice(0, -1)) === text.at(-1)
}

/** Luhn in base 10 or 16 (a hexadecimal MEID); gives one digit of that base in upper case. */
export function luhnInBase(body: string, base: 10 | 16): string {
  let sum = 0
  let double = true
  for (let i = body.length - 1; i >= 0; i--) {
    const digit = Number.parseInt(body.charAt(i), base)
    const counted = double ? digit * 2 : digit
    sum += Math.floor(counted / base) + (counted % base)
    double = !double
  }
  return ((base - (sum % base)) % base).toString(base).toUpperCase()
}

/** The weights of the alphanumeric check pair, from the right-hand character on: the first primes. */
const PRIMES = [
  2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83,
] as const
const PAIR_CHARACTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The longest body that an alphanumeric check pair can protect (AI 8013 and 8014 hold 25 characters). */
export const CHECK_PAIR_BODY_MAX = PRIMES.length

/**
 * The check pair of GMN and MUDI (General Specifications 7.9.5), for a body of set-82 characters.
 * Null for an empty body, one over {@link CHECK_PAIR_BODY_MAX}, or one with a character outside of the set.
 */
export function checkPair(body: string): string | null {
  if (body.length === 0 || body.length > CHECK_PAIR_BODY_MAX) return null
  let sum = 0
  for (let i = 0; i < body.length; i++) {
    const value = SET_82_ORDER.indexOf(body.charAt(body.length - 1 - i))
    if (value < 0) return null
    sum += value * PRIMES[i]!
  }
  const rest = sum % 1021
  return PAIR_CHARACTERS.charAt(rest >> 5) + PAIR_CHARACTERS.charAt(rest & 31)
}
