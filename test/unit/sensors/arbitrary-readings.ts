import fc from 'fast-check'
import { HOUR_MS, MINUTE_MS } from '../../../contract/durations.ts'
import { LimitedKind, type Limit, type ProductLimits } from '../../../contract/sensors/product-limits.ts'
import { SensedKind, type Reading } from '../../../contract/sensors/sensed.ts'
import { withReadings } from '../../../contract/sensors/take-reading.ts'

const BEGIN_MS = Date.parse('2026-05-18T00:00:00.000Z')
const moment = (minutes: number): string => new Date(BEGIN_MS + minutes * MINUTE_MS).toISOString()

/** Whole degrees and per cents around the limits: on them, beside them, far from them. */
const value = fc.integer({ min: -30, max: 60 })
const isBackwards = ({ min, max }: Limit): boolean => min !== null && max !== null && min > max

const limit = (of: LimitedKind): fc.Arbitrary<Limit> =>
  fc.record({ of: fc.constant(of), min: fc.option(value), max: value, outside_minutes: fc.constantFrom(0, 30, 180) })
    .map((made) => (isBackwards(made) ? { ...made, min: null } : made))

export const limits: fc.Arbitrary<ProductLimits> = fc.record({
  limits: fc.subarray([...LimitedKind.options], { minLength: 1 }).chain((kinds) => fc.tuple(...kinds.map(limit))),
  readEvery_minutes: fc.constantFrom(null, 60, (48 * HOUR_MS) / MINUTE_MS),
})

const reading: fc.Arbitrary<Reading> = fc
  .record({
    of: fc.constantFrom(...SensedKind.options), at: fc.nat(5_000), lasts: fc.constantFrom(0, 0, 10, 60), one: value, other: fc.option(value), isAlarm: fc.nat(20),
    source: fc.constantFrom('logger-1', 'truck-7'),
  })
  .map(({ of, at, lasts, one, other, isAlarm, source }) => ({
    of, from: moment(at), to: moment(at + lasts), low: of === 'other' ? null : Math.min(one, other ?? one), high: of === 'other' ? null : Math.max(one, other ?? one),
    isAlarm: of === 'other' || isAlarm === 0, source,
  }))

/** Readings of one piece in the order of their ends, as a logger gives them out. */
export const readings = (maxLength: number): fc.Arbitrary<Reading[]> =>
  fc.array(reading, { maxLength }).map((all) => all.toSorted((a, b) => (`${a.to} ${a.from}` < `${b.to} ${b.from}` ? -1 : 1)))

export const sensed = fc.tuple(readings(12), fc.option(limits)).map(([all, kept]) => withReadings([], all, kept))
