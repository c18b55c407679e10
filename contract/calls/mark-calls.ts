import { z } from 'zod'
import { Id } from '../ids.ts'
import { MarkAct, MissingPiece, PieceMarks } from '../mark-view.ts'
import { EVERYBODY, staff, STAFFED } from './allowed.ts'

const Unit = z.object({ unitId: Id })

export const marks = {
  view: staff(STAFFED, EVERYBODY).input(Unit).output(PieceMarks),
  /** Anybody on the floor may move a piece and say that it is missing; the rest asks for the right to mark pieces. */
  act: staff(STAFFED).input(Unit.extend({ act: MarkAct })).output(PieceMarks),
  /** What is looked for in this store, missing for the longest time first. */
  missing: staff(STAFFED, EVERYBODY).output(z.array(MissingPiece)),
}
