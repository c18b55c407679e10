import { z } from 'zod'
import { Id } from '../ids.ts'
import { Inspection, WaitingPiece } from '../inspection-view.ts'
import { staff, STAFFED, withRight } from './allowed.ts'

export const inspections = {
  /** What came back here and waits, the oldest first. */
  waiting: staff(STAFFED).output(z.array(WaitingPiece)),
  /** A piece in the hand that waits to be looked at, wherever the books have it; null where it does not wait. */
  brought: staff(STAFFED).input(z.object({ unitId: Id })).output(WaitingPiece.nullable()),
  inspect: withRight(STAFFED, 'take-back').input(Inspection).output(z.array(WaitingPiece)),
}
