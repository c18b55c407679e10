import { z } from 'zod'
import { MendingView, MendReport, MendWay } from '../mending-view.ts'
import { anyone, EVERY_SEAT, STAFFED } from './allowed.ts'

/** The only calls that are answered while the shop's file is damaged; nobody can sign in then. */
export const mending = {
  /** Null where nothing is damaged. */
  look: anyone(EVERY_SEAT).output(MendingView.nullable()),
  /** Puts the damaged file aside and goes on as it was chosen. Refused where the centre is needed and not reached. */
  mend: anyone(STAFFED).input(z.object({ way: MendWay })).output(MendReport),
}
