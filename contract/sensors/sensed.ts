import { z } from 'zod'
import { Instant } from '../ids.ts'
import { Limit, LimitedKind } from './product-limits.ts'

/** What a sensor measures; `other` stands for an alarm of a sensor for which there are no limits. */
export const SensedKind = z.enum([...LimitedKind.options, 'other'])
export type SensedKind = z.infer<typeof SensedKind>

/** One reading of one piece, in our units: of a moment, or the lowest and highest of the time between two moments. */
export interface Reading {
  readonly of: SensedKind
  readonly from: string
  readonly to: string
  /** Null for an alarm that came without a value. */
  readonly low: number | null
  readonly high: number | null
  /** By the sensor itself, with or without a value. */
  readonly isAlarm: boolean
  /** Who measured, or who told. */
  readonly source: string
}

/** Moment, lowest and highest value from then to the next point. */
export const Point = z.tuple([Instant, z.number(), z.number()])
export type Point = z.infer<typeof Point>

/** More points than this are drawn together by twos; the lowest and the highest of all stay in sight. */
export const POINTS_MAX = 48

/** All readings of one kind of one piece, told in little: what a verdict and a chart need. */
export const SensedSeries = z.object({
  of: SensedKind,
  source: z.string().max(128),
  /** The limit it was judged by; null where the product has none. */
  limit: Limit.nullable(),
  last: Point.nullable(),
  /** The value that was furthest outside, and when; null if none ever was. */
  worst: z.object({ value: z.number(), at: Instant }).nullable(),
  /** When it was outside for the first time. */
  outsideFrom: Instant.nullable(),
  /** Since when it has been outside without a reading inside; null where the last one was inside. */
  outSince: Instant.nullable(),
  /** For how long it was outside in all, without the time since `outSince`. */
  outside_ms: z.int().min(0),
  /** The first alarm of the sensor itself. */
  alarmAt: Instant.nullable(),
  points: z.array(Point).max(POINTS_MAX),
})
export type SensedSeries = z.infer<typeof SensedSeries>
