import { DAY_MS, MINUTE_MS } from '../durations.ts'
import type { ProductLimits } from './product-limits.ts'
import type { SensedKind, SensedSeries } from './sensed.ts'

/** That a piece was outside of its limits for longer than it may be. */
export interface Breach {
  readonly of: SensedKind
  /** Words: `reason.<how>.staff`. */
  readonly how: 'too-warm' | 'too-cold' | 'too-humid' | 'too-dry' | 'knocked' | 'sensor-alarm'
  /** The value furthest outside; null for an alarm that came without one. */
  readonly value: number | null
  /** When it was outside for the first time, or when the alarm was. */
  readonly from: string
  /** For how long in all, as far as it has been read. */
  readonly outside_ms: number
  readonly source: string
  readonly asOf: string
}

/** All breaches of a piece, the longest first. Nothing is said of time that nobody has read. Pure. */
export const breachesOf = (sensed: readonly SensedSeries[]): Breach[] =>
  sensed.flatMap((series) => breachOf(series) ?? []).sort((a, b) => b.outside_ms - a.outside_ms)

function breachOf(series: SensedSeries): Breach | null {
  const { of, source, limit, worst, outsideFrom, alarmAt } = series
  const outside_ms = outsideSoFar(series)
  const asOf = series.last?.[0] ?? alarmAt ?? ''
  if (limit !== null && worst !== null && outsideFrom !== null && isTooLong(series, outside_ms)) {
    const isHigh = limit.max !== null && worst.value > limit.max
    return { of, how: HOW[limit.of][isHigh ? 'high' : 'low'], value: worst.value, from: outsideFrom, outside_ms, source, asOf }
  }
  return alarmAt === null ? null : { of, how: 'sensor-alarm', value: worst?.value ?? null, from: alarmAt, outside_ms, source, asOf }
}

/** One moment is too long for what may not be outside at all. */
const isTooLong = ({ limit }: SensedSeries, outside_ms: number): boolean =>
  limit !== null && (limit.outside_minutes === 0 || outside_ms > limit.outside_minutes * MINUTE_MS)

const outsideSoFar = ({ outside_ms, outSince, last }: SensedSeries): number =>
  outside_ms + (outSince === null || last === null ? 0 : Math.max(0, Date.parse(last[0]) - Date.parse(outSince)))

const HOW = {
  temperature: { high: 'too-warm', low: 'too-cold' },
  humidity: { high: 'too-humid', low: 'too-dry' },
  shock: { high: 'knocked', low: 'knocked' },
} as const

/** Whether the readings tell of more harm than before: of a breach that nobody has looked at yet. */
export function isWorse(before: readonly SensedSeries[], after: readonly SensedSeries[]): boolean {
  const nameOf = ({ of, source }: Breach): string => `${of} ${source}`
  const known = new Map(breachesOf(before).map((breach) => [nameOf(breach), breach]))
  return breachesOf(after).some((breach) => {
    const old = known.get(nameOf(breach))
    return old === undefined || breach.outside_ms > old.outside_ms || breach.value !== old.value
  })
}

/**
 * What a piece lacks that is only sold with readings: none of a kind (`no-readings`), the last one too old, or of a day
 * that is still to come (`readings-old`). Null where nothing is lacking, or nothing is asked for. Pure.
 */
export function lackOf(sensed: readonly SensedSeries[], limits: ProductLimits | null, now: string): { reason: 'no-readings' | 'readings-old'; last: SensedSeries | null } | null {
  const every = limits?.readEvery_minutes ?? null
  if (limits === null || every === null) return null
  for (const { of } of limits.limits) {
    const series = newestOf(sensed, of)
    if (series === null) return { reason: 'no-readings', last: null }
    if (!isRecent(series, every * MINUTE_MS, now)) return { reason: 'readings-old', last: series }
  }
  return null
}

/** The sensor that was read last; null where none of this kind has told a value. */
const newestOf = (sensed: readonly SensedSeries[], of: SensedKind): SensedSeries | null =>
  sensed.filter((series) => series.of === of && series.last !== null).reduce<SensedSeries | null>((newest, series) => (lastOf(series) >= lastOf(newest) ? series : newest), null)

const lastOf = (series: SensedSeries | null): string => series?.last?.[0] ?? ''

/**
 * A piece that was outside when it was last read, and for longer than it may be if nothing has changed since: what of it
 * is so is for a person to look at. Null where it was inside, or where its time has not run out.
 */
export function stillOutside(sensed: readonly SensedSeries[], now: string): SensedSeries | null {
  const lasts = [...new Set(sensed.map(({ of }) => of))].flatMap((of) => newestOf(sensed, of) ?? [])
  return lasts.find((series) => series.outSince !== null && isTooLong(series, series.outside_ms + Date.parse(now) - Date.parse(series.outSince))) ?? null
}

/**
 * Whether the readings answer by themselves that a piece was never warmer than this: the last one no older than the
 * product asks for, a day where it says nothing, and not one above. °C.
 */
export function wasNeverWarmer(sensed: readonly SensedSeries[], celsius: number, limits: ProductLimits | null, now: string): boolean {
  const newest = newestOf(sensed, 'temperature')
  const within_ms = limits === null || limits.readEvery_minutes === null ? DAY_MS : limits.readEvery_minutes * MINUTE_MS
  if (newest === null || !isRecent(newest, within_ms, now)) return false
  return sensed.every(({ of, alarmAt, points }) => of !== 'temperature' || (alarmAt === null && points.every(([, , high]) => high <= celsius)))
}

/** Two honest clocks may differ by a day; more than that is a clock gone wrong. */
function isRecent(series: SensedSeries, within_ms: number, now: string): boolean {
  const age_ms = Date.parse(now) - Date.parse(lastOf(series))
  return age_ms <= within_ms && age_ms >= -DAY_MS
}
