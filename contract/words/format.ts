import { zoneKnownHere } from '../days.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../durations.ts'
import type { Language } from '../ids.ts'
import { LANGUAGES } from './languages.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/

/** Making a formatter costs more than a hundred uses of it. */
const kept = new Map<string, unknown>()

function keep<Formatter>(key: string, make: () => Formatter): Formatter {
  const found = kept.get(key)
  if (found !== undefined) return found as Formatter
  const made = make()
  kept.set(key, made)
  return made
}

/**
 * Whole minor units as the language writes money: 123456 EUR is `€1,234.56` or `1.234,56 €`. How many minor digits a
 * currency has is Intl's knowledge (ISO 4217); the value goes in as a decimal string and never becomes a float.
 */
export function formatMoney(language: Language, amount_cents: number, currency: string): string {
  const formatter = moneyFormatter(language, currency)
  const digits = minorDigits(currency)
  return formatter.format(decimalText(amount_cents, digits) as Intl.StringNumericLiteral)
}

/** Minor digits of an ISO 4217 currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return keep(`digits ${currency}`, () => {
    const formatter = new Intl.NumberFormat('en', { style: 'currency', currency })
    return formatter.resolvedOptions().maximumFractionDigits ?? 2
  })
}

/** -1234 with two digits is the text `-12.34`. */
export function decimalText(minor: number, digits: number): string {
  const sign = minor < 0 ? '-' : ''
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** The sign by which the language separates whole and minor units: what a person looks for on the number pad. */
export function decimalSign(language: Language): string {
  return keep(`sign ${language}`, () => {
    const parts = new Intl.NumberFormat(LANGUAGES[language].locale).formatToParts(1.5)
    return parts.find((part) => part.type === 'decimal')?.value ?? '.'
  })
}

export function formatNumber(language: Language, value: number): string {
  return keep(`number ${language}`, () => new Intl.NumberFormat(LANGUAGES[language].locale)).format(value)
}

/** A tax rate in basis points: 1900 is `19 %`. */
export function formatRate(language: Language, rate_bp: number): string {
  const formatter = keep(`rate ${language}`, () =>
    new Intl.NumberFormat(LANGUAGES[language].locale, { style: 'percent', maximumFractionDigits: 2 }))
  return formatter.format(decimalText(rate_bp, 4) as Intl.StringNumericLiteral)
}

/**
 * The day of a `YYYY-MM-DD` or of an instant, as text. What is neither comes back unchanged. `timeZone` is the store's
 * IANA name: a till says the time of its shop, however the machine under it is set. Left out, it is the machine's; one
 * that the machine does not know is Greenwich.
 */
export function formatDate(language: Language, text: string, timeZone?: string): string {
  if (DAY.test(text)) return dayFormatter(language).format(new Date(`${text}T00:00:00Z`))
  if (INSTANT.test(text)) return localFormatter(language, 'date', timeZone).format(new Date(text))
  return text
}

/** Day and time of an instant in the store's time zone. */
export function formatInstant(language: Language, text: string, timeZone?: string): string {
  return INSTANT.test(text) ? localFormatter(language, 'both', timeZone).format(new Date(text)) : text
}

/** The time of day of an instant in the store's time zone. */
export function formatTime(language: Language, text: string, timeZone?: string): string {
  return INSTANT.test(text) ? localFormatter(language, 'time', timeZone).format(new Date(text)) : text
}

/** How old a thing was at a moment, in its largest whole unit: `3 min`, `2 hr`, `5 days`. Null under a minute. */
export function formatAge(language: Language, asOf: string, at: string): string | null {
  const age_ms = Math.max(0, Date.parse(at) - Date.parse(asOf))
  if (age_ms < MINUTE_MS) return null
  if (age_ms < HOUR_MS) return spell(language, Math.floor(age_ms / MINUTE_MS), 'minute')
  if (age_ms < 2 * DAY_MS) return spell(language, Math.floor(age_ms / HOUR_MS), 'hour')
  return spell(language, Math.floor(age_ms / DAY_MS), 'day')
}

function spell(language: Language, count: number, unit: 'minute' | 'hour' | 'day'): string {
  const formatter = keep(`age ${language} ${unit}`, () =>
    new Intl.NumberFormat(LANGUAGES[language].locale, {
      style: 'unit',
      unit,
      unitDisplay: unit === 'day' ? 'long' : 'short',
    }))
  return formatter.format(count)
}

function moneyFormatter(language: Language, currency: string): Intl.NumberFormat {
  return keep(`money ${language} ${currency}`, () =>
    new Intl.NumberFormat(LANGUAGES[language].locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }))
}

function dayFormatter(language: Language): Intl.DateTimeFormat {
  return keep(`day ${language}`, () =>
    new Intl.DateTimeFormat(LANGUAGES[language].locale, { dateStyle: 'medium', timeZone: 'UTC' }))
}

function localFormatter(language: Language, part: 'date' | 'time' | 'both', timeZone?: string): Intl.DateTimeFormat {
  return keep(`${part} ${language} ${timeZone ?? ''}`, () =>
    new Intl.DateTimeFormat(LANGUAGES[language].locale, {
      ...(timeZone === undefined ? {} : { timeZone: zoneKnownHere(timeZone) }),
      ...(part === 'time' ? {} : { dateStyle: 'medium' }),
      ...(part === 'date' ? {} : { timeStyle: 'short' }),
    }))
}
