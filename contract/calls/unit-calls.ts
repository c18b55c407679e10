import { z } from 'zod'
import { Id, ScanText } from '../ids.ts'
import { LifeLine } from '../journal.ts'
import { RelabelAsked } from '../label-view.ts'
import { UnitCard } from '../unit.ts'
import { EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

export const units = {
  find: staff(STAFFED, EVERYBODY).input(z.object({ text: z.string().max(128) })).output(z.array(UnitCard)),
  timeline: staff(STAFFED, EVERYBODY).input(z.object({ unitId: Id })).output(z.array(LifeLine)),
  /** Prints the label of a piece and tells what became of it; `unknown` is for a person to look at. */
  printLabel: staff(STAFFED)
    .input(z.object({ unitId: Id, /** Which of its numbers stands on it; its serial where nobody says. */ number: z.string().max(128).optional() }))
    .output(z.object({ outcome: z.enum(['printed', 'not-printed', 'unknown']), why: z.string().nullable() })),
  /** Gives out the next of the shop's own numbers, and puts it on a piece where one is named. */
  issueNumber: staff(STAFFED)
    .input(z.object({ unitId: Id.nullable() }))
    .output(z.object({ number: z.string(), left: z.int() })),
  /** A number of the shop for a new label, instead of the labels that are no longer to be believed. */
  relabel: withRight(STAFFED, 'reprint').input(RelabelAsked).output(z.object({ number: z.string() })),
  /** Whether the label that was stuck on names this very piece. */
  confirmLabel: staff(STAFFED).input(z.object({ unitId: Id, text: ScanText })).output(z.object({ isRight: z.boolean() })),
  /** Binds a piece to the chip under its radio tag, so that a copy of the tag is seen later. */
  bindTag: staff(STAFFED, ['supervisor', 'manager', 'service'])
    .input(z.object({ unitId: Id, epc: z.string().max(256), tid: z.string().max(64) }))
    .output(z.object({ stid: z.string() })),
}
