import { DAY_MS } from './durations.ts'

/** The same day of the month so many months later; the last day of the month where it has no such day. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const index = year * 12 + (month - 1) + months
  const lastDate = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate()
  return new Date(Date.UTC(Math.floor(index / 12), index % 12, Math.min(date, lastDate))).toISOString().slice(0, 10)
}

/** Whole days from one instant or day to another; negative when the second is earlier, NaN when one cannot be read. */
export const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / DAY_MS)

export const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString()

/**
 * The calendar day, `YYYY-MM-DD`, on which an instant falls in a place. A day stays the day it is. Total: where the
 * zone is not one this machine knows, the day is Greenwich's; what is no instant comes back cut to ten characters.
 */
export function dayIn(instant: string, timeZone: string): string {
  const time = Date.parse(instant)
  const format = formatIn(timeZone)
  if (instant.length <= 10 || Number.isNaN(time) || format === null) return instant.slice(0, 10)
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]))
  return `${(parts['year'] ?? '').padStart(4, '0')}-${parts['month']}-${parts['day']}`
}

/**
 * The zone by whose clock a place is told here: its own, or Greenwich's where this machine does not know that. A centre
 * may know a zone that is newer than the program of a till.
 */
export const zoneKnownHere = (timeZone: string): string => (formatIn(timeZone) === null ? 'UTC' : timeZone)

const formats = new Map<string, Intl.DateTimeFormat | null>()

/** Made once a zone, because making one costs more than everything else a verdict does. */
function formatIn(timeZone: string): Intl.DateTimeFormat | null {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = makeFormat(timeZone)
    formats.set(timeZone, format)
  }
  return format
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat(
      'en-GB',
      { timeZone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit', day: '2-digit' },
    )
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
