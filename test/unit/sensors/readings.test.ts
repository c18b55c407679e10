import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../../contract/durations.ts'
import { breachesOf, isWorse, lackOf, stillOutside, wasNeverWarmer } from '../../../contract/sensors/breach.ts'
import { limitsIn, ProductLimits } from '../../../contract/sensors/product-limits.ts'
import { SensedSeries, type Reading } from '../../../contract/sensors/sensed.ts'
import { inOurUnit } from '../../../contract/sensors/sensor-units.ts'
import { withReadings } from '../../../contract/sensors/take-reading.ts'
import { limits, readings } from './arbitrary-readings.ts'

const VACCINE: ProductLimits = { limits: [{ of: 'temperature', min: 2, max: 8, outside_minutes: 30 }], readEvery_minutes: 24 * 60 }
const hour = (hours: number): string => new Date(Date.parse('2026-11-12T08:00:00.000Z') + hours * HOUR_MS).toISOString()
const at = (hours: number, celsius: number, more: Partial<Reading> = {}): Reading =>
  ({ of: 'temperature', from: hour(hours), to: hour(hours), low: celsius, high: celsius, isAlarm: false, source: 'logger-1', ...more })
const read = (...all: Reading[]): SensedSeries[] => withReadings([], all, VACCINE)

describe('the readings of a piece', () => {
  it('tell how warm it was, for how long in all, and from when', () => {
    const harmed = read(at(0, 5), at(1, 11), at(2, 14), at(3, 9), at(4, 6), at(5, 4))
    expect(breachesOf(harmed)).toEqual([
      { of: 'temperature', how: 'too-warm', value: 14, from: hour(1), outside_ms: 3 * HOUR_MS, source: 'logger-1', asOf: hour(5) },
    ])
  })

  it('leave a piece in peace that was outside no longer than it may be', () => {
    expect(breachesOf(read(at(0, 5), at(1, 9), at(1.5, 6)))).toEqual([])
  })

  it('add up what was outside: short and often is as bad as long', () => {
    const [breach] = breachesOf(read(at(0, 9), at(0.4, 6), at(1, 1), at(1.4, 6)))
    expect(breach).toMatchObject({ how: 'too-warm', outside_ms: 0.8 * HOUR_MS })
  })

  it('name cold as cold, and a knock at its first moment', () => {
    expect(breachesOf(read(at(0, -3), at(2, 5)))[0]).toMatchObject({ how: 'too-cold', value: -3 })
    const glass: ProductLimits = { limits: [{ of: 'shock', min: null, max: 5, outside_minutes: 0 }], readEvery_minutes: null }
    expect(breachesOf(withReadings([], [at(0, 12, { of: 'shock' })], glass))[0]).toMatchObject({ how: 'knocked', value: 12, outside_ms: 0 })
  })

  it('count all of a time between two moments whose highest value was outside: nobody knows how long of it', () => {
    expect(breachesOf(read(at(0, 0, { to: hour(6), low: 5, high: 10 }), at(6, 5)))[0]).toMatchObject({ value: 10, outside_ms: 6 * HOUR_MS })
  })

  it('do not let a cool sensor at the wall speak for a warm box at the door', () => {
    const box = [at(1, 14), at(2, 14), at(3, 14)]
    const wall = [at(1.1, 5), at(2.1, 5)].map((one) => ({ ...one, source: 'wall' }))
    const both = read(...[...box, ...wall].toSorted((a, b) => (a.to < b.to ? -1 : 1)))
    expect(breachesOf(both)[0]).toMatchObject({ source: 'logger-1', outside_ms: 2 * HOUR_MS })
  })

  it('believe the alarm of the sensor itself, with a value or without', () => {
    expect(breachesOf(read(at(0, 5), at(1, 0, { low: null, high: null, isAlarm: true })))[0]).toMatchObject({ how: 'sensor-alarm', value: null, from: hour(1) })
  })

  it('lack what the product asks for: none at all, or the last too old', () => {
    expect(lackOf([], VACCINE, hour(1))?.reason).toBe('no-readings')
    expect(lackOf(read(at(0, 5)), VACCINE, hour(20))).toBeNull()
    expect(lackOf(read(at(0, 5)), VACCINE, hour(30))?.reason).toBe('readings-old')
    expect(lackOf(read(at(100, 5)), VACCINE, hour(0))?.reason).toBe('readings-old')
    expect(lackOf([], { ...VACCINE, readEvery_minutes: null }, hour(1))).toBeNull()
  })

  it('wonder about a piece that was outside when it was last heard of', () => {
    const out = read(at(0, 5), at(1, 12))
    expect(stillOutside(out, hour(1.2))).toBeNull()
    expect(stillOutside(out, hour(2))).toMatchObject({ outSince: hour(1) })
    expect(stillOutside(read(at(0, 5), at(1, 12), at(1.2, 5)), hour(9))).toBeNull()
  })

  it('answer for the clerk only what they have seen', () => {
    expect(wasNeverWarmer(read(at(0, 5), at(1, 7)), 8, VACCINE, hour(2))).toBe(true)
    expect(wasNeverWarmer(read(at(0, 9), at(1, 7)), 8, VACCINE, hour(2))).toBe(false)
    expect(wasNeverWarmer(read(at(0, 5)), 8, VACCINE, hour(48))).toBe(false)
    expect(wasNeverWarmer([], 8, VACCINE, hour(2))).toBe(false)
  })

  it('come to the same read one by one or all at once, and stay small', () => {
    fc.assert(fc.property(readings(120), limits, (all, kept) => {
      const whole = withReadings([], all, kept)
      expect(all.reduce<SensedSeries[]>((known, one) => withReadings(known, [one], kept), [])).toEqual(whole)
      for (const series of whole) expect(SensedSeries.parse(series)).toEqual(series)
    }), { numRuns: 200 })
  })

  it('never forget the warmest and the coldest moment', () => {
    fc.assert(fc.property(readings(200), limits, (all, kept) => {
      for (const { of, source, points } of withReadings([], all, kept)) {
        const own = all.filter((one) => one.of === of && one.source === source && one.low !== null)
        if (own.length === 0) continue
        expect(Math.min(...points.map(([, low]) => low))).toBe(Math.min(...own.map(({ low }) => low ?? 0)))
        expect(Math.max(...points.map(([, , high]) => high))).toBe(Math.max(...own.map(({ high }) => high ?? 0)))
      }
    }), { numRuns: 200 })
  })

  it('never unsay a breach: more readings keep it or make it worse', () => {
    fc.assert(fc.property(readings(30), readings(10), limits, (first, more, kept) => {
      const end = first.at(-1)?.to ?? ''
      const known = withReadings([], first, kept)
      const later = withReadings(known, more.filter(({ from }) => from >= end), kept)
      const isThere = breachesOf(later)
      for (const breach of breachesOf(known)) {
        const still = isThere.find(({ of, source }) => of === breach.of && source === breach.source)
        expect(still?.outside_ms ?? -1).toBeGreaterThanOrEqual(breach.outside_ms)
      }
      expect(isWorse(later, later)).toBe(false)
    }), { numRuns: 300 })
  })
})

describe('the units of sensors', () => {
  it.each([
    ['temperature', 57.2, 'FAH', 14], ['temperature', 287.15, 'KEL', 14], ['temperature', 516.87, 'A48', 14], ['temperature', 14, 'CEL', 14],
    ['humidity', 61.5, 'P1', 61.5], ['humidity', 0.615, 'C62', 61.5], ['shock', 49.03325, 'MSK', 5], ['shock', 5, 'K40', 5],
  ] as const)('%s: %d %s is %d', (of, value, uom, ours) => expect(inOurUnit(of, value, uom)).toBe(ours))

  it('that measure something else are no reading', () => {
    for (const [of, uom] of [['temperature', 'P1'], ['humidity', 'CEL'], ['shock', 'GRM'], ['temperature', ''], ['temperature', 'toString']] as const)
      expect(inOurUnit(of, 1, uom)).toBeNull()
  })
})

describe('the limits of a product', () => {
  it('are none where they contradict themselves, or where a later program wrote them', () => {
    expect(ProductLimits.safeParse({ limits: [{ of: 'temperature', min: 8, max: 2, outside_minutes: 0 }], readEvery_minutes: null }).success).toBe(false)
    expect(ProductLimits.safeParse({ limits: [{ of: 'temperature', min: null, max: null, outside_minutes: 0 }], readEvery_minutes: null }).success).toBe(false)
    expect(ProductLimits.safeParse({ limits: [...VACCINE.limits, ...VACCINE.limits], readEvery_minutes: null }).success).toBe(false)
    expect(limitsIn(JSON.stringify(VACCINE))).toEqual(VACCINE)
    for (const text of [null, undefined, '', '{', '{"limits":[]}', '{"limits":[{"of":"light"}]}']) expect(limitsIn(text)).toBeNull()
  })
})
