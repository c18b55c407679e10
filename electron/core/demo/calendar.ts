import { DAY_MS, MINUTE_MS } from '../../../contract/durations.ts'
import type { Random } from './random.ts'

/** The shops open at eight UTC and the last thing happens to a piece well before midnight of the same day. */
const OPENS_MIN = 8 * 60
const BEGINS_LATEST_MIN = 16 * 60 + 30

export interface Calendar {
  readonly now_ms: number
  /** A moment in opening hours, so many whole days before today; today itself is not over and is refused. */
  moment(daysAgo: number): number
  /** The calendar day so many days from today (negative: before), `YYYY-MM-DD`. */
  day(daysFromToday: number): string
}

/** Turns "so many days ago" into moments of a shop's day, always before `now` and never at night. */
export function calendarOf(now: string, random: Random): Calendar {
  const now_ms = Date.parse(now)
  if (Number.isNaN(now_ms)) throw new Error(`not an instant: ${now}`)
  const midnight_ms = now_ms - (now_ms % DAY_MS)
  return {
    now_ms,
    moment: (daysAgo) => {
      if (daysAgo < 1) throw new Error('today is not over')
      const minute = random.between(OPENS_MIN, BEGINS_LATEST_MIN)
      return midnight_ms - daysAgo * DAY_MS + minute * MINUTE_MS + random.between(0, 59_999)
    },
    day: (days) => dayOf(midnight_ms + days * DAY_MS),
  }
}

export const instantOf = (at_ms: number): string => new Date(at_ms).toISOString()
export const dayOf = (at_ms: number): string => instantOf(at_ms).slice(0, 10)

/** The same calendar day so many months later; a day the month does not have becomes its last. */
export function monthsLater(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00.000Z`)
  const wanted = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(wanted, last))
  return date.toISOString().slice(0, 10)
}
