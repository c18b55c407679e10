import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf, dayOf, monthsLater } from '../../../electron/core/demo/calendar.ts'
import { demoIds } from '../../../electron/core/demo/demo-ids.ts'
import { randomFrom } from '../../../electron/core/demo/random.ts'

const numbers = (seed: string): number[] => {
  const random = randomFrom(seed)
  return Array.from({ length: 50 }, () => random.next())
}

describe('chance from a seed', () => {
  it('is the same again from the same seed, and another from another', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
      expect(numbers(one)).toEqual(numbers(one))
      if (one !== other) expect(numbers(one)).not.toEqual(numbers(other))
    }))
  })

  it('stays within what was asked for, and reaches both ends', () => {
    const random = randomFrom('ends')
    const seen = new Set(Array.from({ length: 2_000 }, () => random.between(-3, 4)))
    expect([...seen].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3, 4])
  })

  it('hits a chance about as often as it says', () => {
    const random = randomFrom('chance')
    const hits = Array.from({ length: 10_000 }, () => random.chance(30)).filter(Boolean).length
    expect(hits).toBeGreaterThan(2_800)
    expect(hits).toBeLessThan(3_200)
    expect(Array.from({ length: 100 }, () => random.chance(0))).not.toContain(true)
    expect(Array.from({ length: 100 }, () => random.chance(100))).not.toContain(false)
  })

  it('will not pick from nothing', () => {
    expect(() => randomFrom('x').pick([])).toThrow('nothing to pick from')
  })
})

describe('ids of the demo', () => {
  it('rise as text, whatever the seed', () => {
    fc.assert(fc.property(fc.string(), (seed) => {
      const next = demoIds(randomFrom(seed), Date.UTC(2026, 0, 1))
      const ids = Array.from({ length: 40 }, next)
      expect(ids).toEqual([...ids].sort())
      for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }))
  })
})

describe('the calendar of the demo', () => {
  it('puts what happened into opening hours of that day', () => {
    const calendar = calendarOf('2026-03-01T00:10:00.000Z', randomFrom('hours'))
    for (let daysAgo = 1; daysAgo < 400; daysAgo++) {
      const at_ms = calendar.moment(daysAgo)
      expect(dayOf(at_ms)).toBe(calendar.day(-daysAgo))
      const hour = new Date(at_ms).getUTCHours()
      expect(hour >= 8 && hour < 17).toBe(true)
    }
    expect(() => calendar.moment(0)).toThrow('not over')
  })

  it('counts months as people do: the 31st becomes the last of a shorter month', () => {
    expect(monthsLater('2024-01-31', 1)).toBe('2024-02-29')
    expect(monthsLater('2025-01-31', 13)).toBe('2026-02-28')
    expect(monthsLater('2025-11-30', 3)).toBe('2026-02-28')
    expect(monthsLater('2025-05-15', 24)).toBe('2027-05-15')
  })
})
