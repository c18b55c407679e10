import { z } from 'zod'
import { Inspection, WaitingPiece } from '../inspection-view.ts'
import { staff, STAFFED, withRight } from './allowed.ts'

export const inspections = {
  /** What came back here and waits, the oldest first. */
  waiting: staff(STAFFED).output(z.array(WaitingPiece)),
  inspect: withRight(STAFFED, 'take-back').input(Inspection).output(z.array(WaitingPiece)),
}
