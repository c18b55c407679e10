import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Id, Language, ScanText } from '../ids.ts'
import { anyone, EVERYBODY, EVERY_SEAT, staff, STAFFED } from './allowed.ts'

export const desk = {
  view: anyone(EVERY_SEAT).output(DeskView),
  /** The whole view again at every change, the present one first. */
  changed: anyone(EVERY_SEAT).output(eventIterator(DeskView)),
  /** One input for everything: a unit, a product, a receipt; the till finds out which. */
  scan: anyone(EVERY_SEAT)
    .input(z.object({ text: ScanText, via: z.enum(['typed', 'wedge', 'simulated', 'camera', 'rfid', 'nfc']), aim: z.string().max(3).nullable(), tid: z.string().max(64).nullable().optional() }))
    .output(DeskView),
  /** `shown`: a piece that was picked from a list, and not scanned, has still to show itself before money goes back for it. */
  go: staff(STAFFED, EVERYBODY)
    .input(z.object({
      to: z.enum(['home', 'sale', 'return', 'check', 'exchange', 'trade-in']), unitId: Id.nullable(), shown: z.enum(['scanned', 'picked']).optional(),
    }))
    .output(DeskView),
  setLanguage: anyone(STAFFED).input(z.object({ language: Language })).output(DeskView),
}
