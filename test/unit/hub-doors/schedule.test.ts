import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextMoment, QuerySchedule } from '../../../hub/doors/schedule.ts'

const after = (schedule: object, at: string): string | null => {
  const ms = nextMoment(QuerySchedule.parse(schedule), Date.parse(at))
  return ms === null ? null : new Date(ms).toISOString()
}

describe('the schedule of a standing query', () => {
  it('is once a morning when an hour and a minute are named, and not sixty times', () => {
    expect(after({ hour: '1', minute: '5' }, '2026-11-20T00:00:00.000Z')).toBe('2026-11-20T01:05:00.000Z')
    expect(after({ hour: '1', minute: '5' }, '2026-11-20T01:05:00.000Z')).toBe('2026-11-21T01:05:00.000Z')
  })

  it('knows ranges, lists, days of the week from Monday on, and leap years', () => {
    expect(after({ minute: '0,15,[30-31]' }, '2026-11-20T09:15:00.000Z')).toBe('2026-11-20T09:30:00.000Z')
    expect(after({ dayOfWeek: 7 }, '2026-11-20T09:00:00.000Z')).toBe('2026-11-22T00:00:00.000Z')
    expect(after({ month: '2', dayOfMonth: '29', hour: '12' }, '2026-11-20T09:00:00.000Z')).toBe('2028-02-29T12:00:00.000Z')
    expect(after({ month: '1' }, '2026-11-20T09:00:00.000Z')).toBe('2027-01-01T00:00:00.000Z')
  })

  it('says of a moment that never comes, and of numbers no clock has, that there is none', () => {
    for (const schedule of [{ month: '2', dayOfMonth: '30' }, { hour: '24' }, { minute: '[50-70]' }, { dayOfWeek: '0' }, { hour: '[9-7]' }])
      expect(after(schedule, '2026-11-20T09:00:00.000Z'), JSON.stringify(schedule)).toBeNull()
    for (const text of ['', '*', '1,', '[1-2', '1 or 2', '-1']) expect(QuerySchedule.safeParse({ hour: text }).success, text).toBe(false)
  })

  it('always comes later, fits what is named, and leaves out no moment before it', () => {
    const fields = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }), dayOfWeek: fc.integer({ min: 1, max: 7 }) }, { requiredKeys: ['minute'] })
    fc.assert(fc.property(fields, fc.integer({ min: 0, max: 4_000_000_000 }), (schedule, seconds) => {
      const next = nextMoment(schedule, seconds * 1_000) ?? 0
      const fits = (ms: number): boolean => {
        const at = new Date(ms)
        return at.getUTCSeconds() === 0 && at.getUTCMinutes() === schedule.minute && (schedule.hour ?? at.getUTCHours()) === at.getUTCHours() &&
          (schedule.dayOfWeek ?? (at.getUTCDay() || 7)) === (at.getUTCDay() || 7)
      }
      expect(next).toBeGreaterThan(seconds * 1_000)
      expect(fits(next)).toBe(true)
      for (let earlier = next - 60_000; earlier > seconds * 1_000; earlier -= 60_000) expect(fits(earlier)).toBe(false)
    }), { numRuns: 60 })
  })
})
