import type { ProductLimits } from './product-limits.ts'
import { POINTS_MAX, type Point, type Reading, type SensedSeries } from './sensed.ts'

/** More sensors than this are not kept apart for one piece: who has been silent for longest and never was outside goes first. */
const SENSORS_MAX = 8

/** A sensor of which nothing has been read yet, under the limits of the product. */
const blank = ({ of, source }: Reading, limits: ProductLimits | null): SensedSeries => ({
  of, source, limit: limits?.limits.find((limit) => limit.of === of) ?? null, last: null, worst: null, outsideFrom: null, outSince: null,
  outside_ms: 0, alarmAt: null, points: [],
})

const nameOf = ({ of, source }: Pick<Reading, 'of' | 'source'>): string => `${of} ${source}`

/**
 * What is known of a piece after these readings, which come in the order of their ends. Each sensor is followed by itself:
 * the cool one at the wall of a truck says nothing of the warm box at its door. Pure: read one by one or all at once, the
 * same comes out.
 */
export function withReadings(known: readonly SensedSeries[], readings: readonly Reading[], limits: ProductLimits | null): SensedSeries[] {
  let all = new Map(known.map((series) => [nameOf(series), series]))
  for (const reading of readings) {
    const name = nameOf(reading)
    all.set(name, withReading(all.get(name) ?? blank(reading, limits), reading))
    if (all.size > SENSORS_MAX) all = withoutOne(all, name)
  }
  return [...all.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

function withoutOne(all: ReadonlyMap<string, SensedSeries>, but: string): Map<string, SensedSeries> {
  const others = [...all].filter(([name]) => name !== but)
  const silent = ([name, { worst, alarmAt, last }]: [string, SensedSeries]): string => `${worst === null && alarmAt === null ? 0 : 1} ${last?.[0] ?? ''} ${name}`
  const [gone] = others.sort((a, b) => (silent(a) < silent(b) ? -1 : 1))
  return new Map([...all].filter(([name]) => name !== gone?.[0]))
}

/** Whether a reading belongs behind what is known of its sensor: else everything is worked out anew. */
export const isInOrder = (known: readonly SensedSeries[], reading: Reading): boolean => {
  const last = known.find((series) => nameOf(series) === nameOf(reading))?.last ?? null
  return last === null || reading.from >= last[0]
}

function withReading(before: SensedSeries, { from, to, low, high, isAlarm }: Reading): SensedSeries {
  const heard = { ...before, alarmAt: before.alarmAt ?? (isAlarm ? to : null) }
  if (low === null || high === null) return heard
  const worst = worstOf(before.limit, low, high)
  const measured: SensedSeries = { ...heard, last: [to, low, high], points: thinned([...before.points, [from, low, high]]) }
  if (worst === null) return { ...measured, ...backInside(before, from) }
  // Nobody knows how long of the time between two moments it was outside: all of it counts.
  return {
    ...measured, outsideFrom: before.outsideFrom ?? from, outSince: before.outSince ?? from,
    worst: before.worst === null || excess(before.limit, worst) > excess(before.limit, before.worst.value) ? { value: worst, at: from } : before.worst,
  }
}

/** It counts as outside until a reading says that it is inside again. */
const backInside = ({ outSince, outside_ms }: SensedSeries, from: string): Pick<SensedSeries, 'outSince' | 'outside_ms'> =>
  ({ outSince: null, outside_ms: outside_ms + (outSince === null ? 0 : Math.max(0, Date.parse(from) - Date.parse(outSince))) })

/** By how much a value is beyond its limit. */
const excess = (limit: SensedSeries['limit'], value: number): number => Math.max((limit?.min ?? -Infinity) - value, value - (limit?.max ?? Infinity))

/** Of two values the one that is further outside; null where both are inside. */
function worstOf(limit: SensedSeries['limit'], low: number, high: number): number | null {
  const worst = excess(limit, low) > excess(limit, high) ? low : high
  return excess(limit, worst) > 0 ? worst : null
}

function thinned(points: readonly Point[]): Point[] {
  if (points.length <= POINTS_MAX) return [...points]
  return points.flatMap(([at, low, high], place): Point[] => {
    const next = points[place + 1]
    if (place % 2 === 1) return []
    return [next === undefined ? [at, low, high] : [at, Math.min(low, next[1]), Math.max(high, next[2])]]
  })
}
