import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { STAFFED, withRight } from './allowed.ts'

export const clock = {
  /** Lets a till go on from the clock of its machine when its records lie ahead of it; only where the view says so. */
  setRight: withRight(STAFFED, 'settings').input(z.object({ reason: z.string().max(200) })).output(DeskView),
}
