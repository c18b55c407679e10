import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, dayIn, daysBetween, later } from '../../../contract/days.ts'

const day = fc.date({
  min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true,
})
  .map((date) => date.toISOString().slice(0, 10))

describe('months', () => {
  it.each([
    ['2026-01-15', 24, '2028-01-15'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2026-05-20', 0, '2026-05-20'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s and %i months are %s', (from, months, to) => expect(addMonths(from, months)).toBe(to))

  it('never leave the month they are counted to, and never go back when time goes on', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 240 }), (from, months) => {
      const to = addMonths(from, months)
      const [year, month] = from.split('-').map(Number) as [number, number]
      expect(to.slice(0, 7)).toBe(new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 7))
      expect(addMonths(from, months + 1) > to).toBe(true)
    }))
  })
})

describe('days', () => {
  it('are counted by the calendar, forth and back, through leap days and over changes of the clocks', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(daysBetween('2026-05-20', '2026-05-19')).toBe(-1)
    fc.assert(fc.property(day, fc.integer({ min: -4_000, max: 4_000 }), (from, days) => {
      expect(daysBetween(from, later(`${from}T00:00:00.000Z`, days * 86_400_000))).toBe(days)
    }))
  })

  it('are no number where one of them cannot be read', () => {
    expect(daysBetween('yesterday', '2026-05-20')).toBeNaN()
  })
})

describe('the day in a place', () => {
  it.each([
    ['2026-05-20T22:30:00.000Z', 'Europe/Berlin', '2026-05-21'],
    ['2026-05-20T21:30:00.000Z', 'Europe/Berlin', '2026-05-20'],
    ['2026-01-01T00:30:00.000Z', 'America/Los_Angeles', '2025-12-31'],
    ['2026-12-31T12:00:00.000Z', 'Pacific/Kiritimati', '2027-01-01'],
    ['2026-03-29T22:59:00.000Z', 'Europe/Berlin', '2026-03-30'],
    ['2026-10-25T22:59:00.000Z', 'Europe/Berlin', '2026-10-25'],
    ['0987-06-01T12:00:00.000Z', 'UTC', '0987-06-01'],
  ])('%s in %s is %s', (instant, zone, expected) => expect(dayIn(instant, zone)).toBe(expected))

  it('stays the day it is', () => expect(dayIn('2026-05-20', 'Pacific/Kiritimati')).toBe('2026-05-20'))

  it('is that of Greenwich where the zone is not known, and never throws', () => {
    expect(dayIn('2026-05-20T23:30:00.000Z', 'No/Such_Zone')).toBe('2026-05-20')
    fc.assert(fc.property(fc.string(), fc.string(), (instant, zone) => {
      expect(dayIn(instant, zone).length).toBeLessThanOrEqual(10)
    }))
  })

  it('is never more than a day from that of Greenwich', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1971-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
      fc.constantFrom(
        'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kolkata', 'Pacific/Pago_Pago',
      ), (date, zone) => {
        expect(Math.abs(daysBetween(date.toISOString(), dayIn(date.toISOString(), zone)))).toBeLessThanOrEqual(1)
      }))
  })
})
