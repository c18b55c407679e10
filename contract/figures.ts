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
  /** Serial numbers, and no article codes: a label that has to be typed is one that wants printing anew. */
  serialsScanned: z.int(),
  serialsTyped: z.int(),
  /** Acts for which a colleague lent a right, counted when the right was used. */
  stepUps: z.int(),
  /** Prices set and discounts given by hand, one a line of a sale. */
  priceChanges: z.int(),
})
export type DayFigures = z.infer<typeof DayFigures>

/** The figures of the day that was asked for, and of the two weeks that end with it, the oldest first. */
export const CounterFigures = z.object({
  /** Sales by the hour of the store's day, 0 to 23. */
  chosen: DayFigures.extend({ byHour: z.array(z.int()).length(24) }),
  /** The store's present day: nothing is to be seen after it. */
  today: Day,
  days: z.array(DayFigures),
})
export type CounterFigures = z.infer<typeof CounterFigures>
