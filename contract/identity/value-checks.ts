import { BASE64URL, SET_82, classesOf } from './characters.ts'
import { checkPair, mod10Holds } from './check-digits.ts'
import { isCalendarDay } from './dates.ts'
import type { Code } from './outcome.ts'

/**
 * A check on the part of `text` from `start` up to `end`, which already has the right characters and length.
 * Gives null or the code of the fault. It works in place so that a value is cut out only once it is good.
 */
export type ValueCheck = (text: string, start: number, end: number) => Code | null

const CODE_0 = 48
const CODE_PERCENT = 37
const CODE_HYPHEN = 45
const CODE_EQUALS = 61

/** Two digits as a number. */
function two(text: string, at: number): number {
  return (text.charCodeAt(at) - CODE_0) * 10 + text.charCodeAt(at + 1) - CODE_0
}

/**
 * A day as YYMMDD. Which century is meant changes the length of February only for the year 00,
 * which is 2000, a leap year, for every clock before 2050; so no clock is needed here.
 */
function dayFault(text: string, start: number, unspecifiedDay: boolean): Code | null {
  const day = two(text, start + 4)
  if (day === 0 && !unspecifiedDay) return 'DATE'
  return isCalendarDay(2000 + two(text, start), two(text, start + 2), Math.max(day, 1)) ? null : 'DATE'
}

/** A key begins with a company prefix, so with digits; whether that prefix exists is not knowable offline. */
function prefixFault(text: string, start: number, end: number): Code | null {
  if (end - start < 4) return 'GCP'
  for (let i = start; i < start + 4; i++) {
    const digit = text.charCodeAt(i) - CODE_0
    if (digit < 0 || digit > 9) return 'GCP'
  }
  return null
}

function percentFault(text: string, start: number, end: number): Code | null {
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) !== CODE_PERCENT) continue
    if (i + 2 >= end || !isHexDigit(text.charCodeAt(i + 1)) || !isHexDigit(text.charCodeAt(i + 2))) return 'FORMAT'
    i += 2
  }
  return null
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102)
}

function hasOnlyZeros(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) !== CODE_0) return false
  }
  return true
}

function piecesFault(text: string, start: number, end: number): Code | null {
  const half = start + (end - start) / 2
  const piece = Number(text.slice(start, half))
  return piece >= 1 && piece <= Number(text.slice(half, end)) ? null : 'RANGE'
}

function pairFault(text: string, start: number, end: number): Code | null {
  if (end - start < 3) return 'LENGTH'
  return checkPair(text.slice(start, end - 2)) === text.slice(end - 2, end) ? null : 'CHECK_DIGIT'
}

function nonDigitFault(text: string, start: number, end: number): Code | null {
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - CODE_0
    if (digit < 0 || digit > 9) return null
  }
  return 'FORMAT'
}

/** `=` pads base64url at its end only. */
function paddingFault(text: string, start: number, end: number): Code | null {
  let last = end
  while (last > start && text.charCodeAt(last - 1) === CODE_EQUALS) last--
  for (let i = start; i < last; i++) {
    if (text.charCodeAt(i) === CODE_EQUALS) return 'CHARSET'
  }
  return last === start ? 'FORMAT' : null
}

const accept: ValueCheck = () => null
const upTo = (max: number, code: Code): ValueCheck => (text, start) => (two(text, start) <= max ? null : code)

/**
 * The checks by the names that the GS1 Syntax Dictionary gives them.
 * Code lists that age (countries, currencies, packages) and the coupon grammars are accepted by length and characters:
 * refusing a carton because a country is newer than the till would help nobody. What can be doubted without a list
 * is reported by `doubtsOf` in doubts.ts, as a warning.
 */
export const valueChecks: Readonly<Record<string, ValueCheck>> = {
  csum: (text, start, end) => (mod10Holds(text, start, end) ? null : 'CHECK_DIGIT'),
  csumalpha: pairFault,
  gcppos1: prefixFault,
  gcppos2: (text, start, end) => prefixFault(text, start + 1, end),
  yymmd0: (text, start) => dayFault(text, start, true),
  yymmdd: (text, start) => dayFault(text, start, false),
  yyyymmdd: (text, start) =>
    isCalendarDay(two(text, start) * 100 + two(text, start + 2), two(text, start + 4), two(text, start + 6))
      ? null
      : 'DATE',
  hh: upTo(23, 'TIME'),
  mi: upTo(59, 'TIME'),
  ss: upTo(59, 'TIME'),
  hhmi: (text, start) => (two(text, start) <= 23 && two(text, start + 2) <= 59 ? null : 'TIME'),
  zero: (text, start) => (text.charCodeAt(start) === CODE_0 ? null : 'FORMAT'),
  nonzero: (text, start, end) => (hasOnlyZeros(text, start, end) ? 'RANGE' : null),
  nozeroprefix: (text, start, end) => (text.charCodeAt(start) === CODE_0 && end - start >= 1 ? 'FORMAT' : null),
  pieceoftotal: piecesFault,
  pcenc: percentFault,
  hyphen: (text, start) => (text.charCodeAt(start) === CODE_HYPHEN ? null : 'FORMAT'),
  yesno: (text, start) => (text.charCodeAt(start) - CODE_0 <= 1 ? null : 'RANGE'),
  winding: (text, start) => ('019'.includes(text.charAt(start)) ? null : 'RANGE'),
  hasnondigit: nonDigitFault,
  importeridx: (text, start) => {
    const classes = classesOf(text.charCodeAt(start))
    return (classes & SET_82) !== 0 && (classes & BASE64URL) !== 0 && text.charCodeAt(start) !== CODE_EQUALS
      ? null
      : 'CHARSET'
  },
  padding: paddingFault,
  iso3166: accept,
  iso3166999: accept,
  iso3166alpha2: accept,
  iso4217: accept,
  packagetype: accept,
  mediatype: accept,
  latitude: accept,
  longitude: accept,
  iban: accept,
  iso5218: accept,
  posinseqslash: accept,
  couponcode: accept,
  couponposoffer: accept,
}
