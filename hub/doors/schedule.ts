import { z } from 'zod'
import { DAY_MS } from '../../contract/durations.ts'

/** Numbers and ranges as EPCIS 2.0 writes them (8.2.5.3): `5`, `[9-17]`, `0,15,[30-45]`. */
const ELEMENTS = /^(?:\d{1,2}|\[\d{1,2}-\d{1,2}\])(?:,(?:\d{1,2}|\[\d{1,2}-\d{1,2}\]))*$/u
const Elements = z.union([z.string().regex(ELEMENTS), z.int().min(0).max(59)])

/** When a standing query is asked: every moment, in UTC, that fits all units that are named. */
export const QuerySchedule = z.strictObject({
  second: Elements.optional(), minute: Elements.optional(), hour: Elements.optional(),
  dayOfMonth: Elements.optional(), month: Elements.optional(), dayOfWeek: Elements.optional(),
})
export type QuerySchedule = z.infer<typeof QuerySchedule>

type Unit = keyof QuerySchedule
const RANGES: Readonly<Record<Unit, readonly [number, number]>> = {
  second: [0, 59], minute: [0, 59], hour: [0, 23], dayOfMonth: [1, 31], month: [1, 12], dayOfWeek: [1, 7],
}
/** 29 February on a given day of the week comes every 28 years, and once in 40 around a century without leap day. */
const DAYS_MAX = 41 * 366

/**
 * The next moment after `after_ms` that fits; null when none ever does, as on 30 February. Units finer than the finest
 * one named stand at their first: `{hour: "1", minute: "5"}` is once a morning and not sixty times.
 */
export function nextMoment(schedule: QuerySchedule, after_ms: number): number | null {
  const allowed = allowedOf(schedule)
  if (allowed === null) return null
  const first = new Date(Math.floor(after_ms / DAY_MS) * DAY_MS).getTime()
  for (let day = 0; day < DAYS_MAX; day += 1) {
    const start = first + day * DAY_MS
    if (!fitsDay(allowed, new Date(start))) continue
    const time = timesOf(allowed).find((ms) => start + ms > after_ms)
    if (time !== undefined) return start + time
  }
  return null
}

type Allowed = Readonly<Record<Unit, readonly number[]>>

function allowedOf(schedule: QuerySchedule): Allowed | null {
  const finest = (['second', 'minute', 'hour'] as const).findIndex((unit) => schedule[unit] !== undefined)
  const fixed = new Set<Unit>((['second', 'minute', 'hour'] as const).slice(0, finest === -1 ? 3 : finest))
  const isMonthAlone = schedule.month !== undefined && schedule.dayOfMonth === undefined && schedule.dayOfWeek === undefined && finest === -1
  if (isMonthAlone) fixed.add('dayOfMonth')
  const numbers = (unit: Unit): number[] | null => {
    const [from, to] = RANGES[unit]
    const text = schedule[unit]
    if (text === undefined) return fixed.has(unit) ? [from] : between(from, to)
    const all = String(text).split(',').flatMap((one) => {
      const [low = '', high = low] = one.replaceAll(/[[\]]/gu, '').split('-')
      return between(Number(low), Number(high))
    })
    return all.length > 0 && all.every((one) => one >= from && one <= to) ? [...new Set(all)].sort((a, b) => a - b) : null
  }
  const found = Object.fromEntries((Object.keys(RANGES) as Unit[]).map((unit) => [unit, numbers(unit)])) as Record<Unit, number[] | null>
  return Object.values(found).includes(null) ? null : (found as Allowed)
}

const between = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)

/** Monday is 1 and Sunday 7, as ISO 8601 counts them. */
const fitsDay = (allowed: Allowed, day: Date): boolean =>
  allowed.month.includes(day.getUTCMonth() + 1) && allowed.dayOfMonth.includes(day.getUTCDate()) && allowed.dayOfWeek.includes(day.getUTCDay() || 7)

/** The moments of a day in milliseconds from its start, in order. */
const timesOf = ({ hour, minute, second }: Allowed): number[] =>
  hour.flatMap((h) => minute.flatMap((m) => second.map((s) => ((h * 60 + m) * 60 + s) * 1_000)))
