import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Id } from '../ids.ts'
import { TradeInAction } from '../trade-in-view.ts'
import { Flow, staff, STAFFED } from './allowed.ts'

export const tradeIns = {
  act: staff(STAFFED).input(Flow.extend({ action: TradeInAction })).output(DeskView),
  /** The owner's statement, to be printed and signed before anything is bought. */
  statement: staff(STAFFED).input(Flow).output(z.object({ documentId: Id })),
}
