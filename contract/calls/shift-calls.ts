import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { SavedText } from '../device-view.ts'
import { Id, Instant } from '../ids.ts'
import { Cents, Currency } from '../money.ts'
import { ShiftAction, ShiftReport } from '../shift-view.ts'
import { EVERYBODY, staff, withRight } from './allowed.ts'

/** A shift that is over, for the list of those before. */
const ShiftPast = z.object({
  shiftId: Id, openedAt: Instant, closedAt: Instant, closedBy: z.string(), difference_cents: Cents, currency: Currency, documentId: Id.nullable(),
})
export type ShiftPast = z.infer<typeof ShiftPast>

export const shift = {
  /** Each act asks for the right it needs; a colleague may lend it. */
  act: staff(['counter'], EVERYBODY).input(z.object({ action: ShiftAction })).output(DeskView),
  /** The X of the open shift on paper. */
  printX: staff(['counter'], EVERYBODY).output(z.object({ documentId: Id })),
  /** The sums of a shift for the screen; null for the open one. */
  report: withRight(['counter'], 'see-sums').input(z.object({ shiftId: Id.nullable() })).output(ShiftReport),
  past: withRight(['counter'], 'see-sums').output(z.array(ShiftPast)),
  /** The report as a file for a spreadsheet. */
  csv: withRight(['counter'], 'see-sums').input(z.object({ shiftId: Id.nullable() })).output(SavedText),
}
