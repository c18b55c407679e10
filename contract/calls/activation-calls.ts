import { z } from 'zod'
import { ActivationAct, PieceToActivate } from '../activation.ts'
import { DeskView } from '../desk-view.ts'
import { Id } from '../ids.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

export const activations = {
  /** The pieces of a sale that a provider may connect, whatever became of it so far. */
  ofSale: staff(STAFFED, EVERYBODY).input(z.object({ saleId: Id })).output(z.array(PieceToActivate)),
  /** Those of any sale that wait for somebody: being asked for, put off, or not done. */
  open: staff(STAFFED, EVERYBODY).output(z.array(PieceToActivate)),
  /** Answers at once; what the provider says stands in a later view. */
  act: withRight(STAFFED, 'sell').input(ActivationAct).output(DeskView),
}
