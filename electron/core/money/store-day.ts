import { dayIn } from '../../../contract/days.ts'
import { DAY_MS, MINUTE_MS } from '../../../contract/durations.ts'

/** No place on earth begins its day earlier or later than this beside Greenwich. */
const AWAY_MIN = 15 * 60

/** The first minute of a day (`YYYY-MM-DD`) in a time zone, as an instant: also on the nights when the clocks change. */
export function startOfDay(day: string, timeZone: string): string {
  const greenwich = Date.parse(`${day}T00:00:00.000Z`)
  let before = -AWAY_MIN
  let within = AWAY_MIN
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (dayIn(new Date(greenwich + middle * MINUTE_MS).toISOString(), timeZone) < day) before = middle
    else within = middle
  }
  return new Date(greenwich + within * MINUTE_MS).toISOString()
}

/** Days of a place as instants: from the first minute of the first to that of the day after the last. Null stays null. */
export function daysFrom(first: string | null, last: string | null, timeZone: string): { from: string | null; until: string | null } {
  const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
  return { from: first === null ? null : startOfDay(first, timeZone), until: last === null ? null : startOfDay(dayAfter(last), timeZone) }
}
