import { z } from 'zod'
import { Day } from './ids.ts'
import { Cents } from './money.ts'

/** A day of one till in figures. Times are medians, because one customer who went to look for his purse is no trend. */
export const DayFigures = z.object({
  day: Day,
  sales: z.int(),
  returns: z.int(),
  pieces: z.int(),
  gross_cents: Cents,
  /** From the first scan to paid, in seconds; null on a day without a sale that began with a scan. */
  saleMedian_s: z.number().nullable(),
  returnMedian_s: z.number().nullable(),
  scanned: z.int(),
  typed: z.int(),
  /** Acts for which a colleague had to lend a right. */
  overrides: z.int(),
  /** Sales by the hour of the store's day, 0 to 23. */
  byHour: z.array(z.int()).length(24),
})
export type DayFigures = z.infer<typeof DayFigures>

/** The figures of a day, and of the days before it as columns of a small chart, the oldest first. */
export const CounterFigures = z.object({
  today: DayFigures,
  days: z.array(z.object({ day: Day, sales: z.int(), gross_cents: Cents, saleMedian_s: z.number().nullable() })),
})
export type CounterFigures = z.infer<typeof CounterFigures>
