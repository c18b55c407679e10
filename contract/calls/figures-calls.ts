import { z } from 'zod'
import { CounterFigures } from '../figures.ts'
import { Day } from '../ids.ts'
import { EVERYBODY, staff, STAFFED } from './allowed.ts'

export const figures = {
  /** Of this till. `day` null is today in the store's calendar. */
  counter: staff(STAFFED, EVERYBODY).input(z.object({ day: Day.nullable() })).output(CounterFigures),
}
