import { isDigits } from './characters.ts'
import { refused } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { unreachable } from '../unreachable.ts'

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** The number of days of a month (1–12) of the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && leap ? 29 : DAYS[month - 1]!
}

/** True if the day exists in the Gregorian calendar. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/**
 * The full year meant by two digits (GS1 General Specifications 7.12): the one that lies
 * from 49 years back to 50 years ahead of the current year.
 */
export function fullYear(yearOfCentury: number, currentYear: number): number {
  const distance = yearOfCentury - (currentYear % 100)
  const century = currentYear - (currentYear % 100)
  if (distance >= 51) return century - 100 + yearOfCentury
  if (distance <= -50) return century + 100 + yearOfCentury
  return century + yearOfCentury
}

/** A date of an element, ready to be compared. */
export interface LabelDate {
  /** ISO day; the last day of the month if the label left the day open. */
  readonly date: string
  /** Set if the label says `00` for the day. */
  readonly dayUnspecified?: true
  /** `HH:MM[:SS]`, where the field has a time. */
  readonly time?: string
  /** The end of a range (harvest dates). */
  readonly until?: string
  /** For the expiry AIs 17 and 7003 only: the day lies before today. */
  readonly expired?: boolean
}

/** The shapes of the date fields: whether the day may be 00, and what follows the six digits. */
const DATE_FIELDS: Readonly<Record<string, { openDay: boolean, rest: 'none' | 'time' | 'range' | 'precise' }>> = {
  '11': { openDay: true, rest: 'none' },
  '12': { openDay: true, rest: 'none' },
  '13': { openDay: true, rest: 'none' },
  '15': { openDay: true, rest: 'none' },
  '16': { openDay: true, rest: 'none' },
  '17': { openDay: true, rest: 'none' },
  '4324': { openDay: true, rest: 'time' },
  '4325': { openDay: true, rest: 'time' },
  '4326': { openDay: false, rest: 'none' },
  '7003': { openDay: false, rest: 'time' },
  '7006': { openDay: false, rest: 'none' },
  '7007': { openDay: false, rest: 'range' },
  '7011': { openDay: false, rest: 'time' },
  '8008': { openDay: false, rest: 'precise' },
}

/** True if the AI holds a date with a two-digit year. */
export function isDateAi(ai: string): boolean {
  return Object.hasOwn(DATE_FIELDS, ai)
}

/**
 * Reads the value of a date AI against an injected day (`today`, ISO `YYYY-MM-DD`).
 * Refuses an AI that holds no such date (`UNKNOWN_AI`), and days or times that do not exist.
 */
export function readDate(ai: string, value: string, today: string): Outcome<LabelDate> {
  if (!isDateAi(ai)) return refused('UNKNOWN_AI', undefined, ai)
  const field = DATE_FIELDS[ai]!
  if (value === '') return refused('EMPTY', 0, ai)
  if (!isDigits(value)) return refused('CHARSET', 0, ai)
  if (!lengthFits(ai, field.rest, value.length)) return refused('LENGTH', 0, ai)
  const currentYear = Number(today.slice(0, 4))
  const day = isoDay(value, currentYear, field.openDay)
  if (day === null) return refused('DATE', 0, ai)
  const expired = ai === '17' || ai === '7003' ? { expired: day < today } : {}
  const open = value.slice(4, 6) === '00' ? { dayUnspecified: true as const } : {}
  const rest = value.slice(6)
  if (rest === '') return { ok: true, date: day, ...open, ...expired }
  if (field.rest === 'range') {
    const until = isoDay(rest, currentYear, false)
    return until === null ? refused('DATE', 6, ai) : { ok: true, date: day, until }
  }
  const time = clockTime(rest)
  return time === null ? refused('TIME', 6, ai) : { ok: true, date: day, ...open, time, ...expired }
}

function lengthFits(ai: string, rest: 'none' | 'time' | 'range' | 'precise', length: number): boolean {
  switch (rest) {
    case 'none': return length === 6
    case 'time': return length === 10 || (ai === '7011' && length === 6)
    case 'range': return length === 6 || length === 12
    case 'precise': return length === 8 || length === 10 || length === 12
    default: return unreachable(rest)
  }
}

function isoDay(value: string, currentYear: number, openDay: boolean): string | null {
  const year = fullYear(Number(value.slice(0, 2)), currentYear)
  const month = Number(value.slice(2, 4))
  const given = Number(value.slice(4, 6))
  if (month < 1 || month > 12 || (given === 0 && !openDay)) return null
  const day = given === 0 ? daysInMonth(year, month) : given
  if (!isCalendarDay(year, month, day)) return null
  return `${String(year).padStart(4, '0')}-${value.slice(2, 4)}-${String(day).padStart(2, '0')}`
}

function clockTime(digits: string): string | null {
  const [hour, minute = '00', second] = digits.match(/../g) ?? []
  if (hour === undefined || hour > '23' || minute > '59' || (second ?? '00') > '59') return null
  return second === undefined ? `${hour}:${minute}` : `${hour}:${minute}:${second}`
}
