import { z } from 'zod'
import { Id } from '../ids.ts'
import { TimelineEntry } from '../journal.ts'
import { UnitCard } from '../unit.ts'
import { EVERYBODY, staff, STAFFED } from './allowed.ts'

export const units = {
  find: staff(STAFFED, EVERYBODY).input(z.object({ text: z.string().max(128) })).output(z.array(UnitCard)),
  timeline: staff(STAFFED, EVERYBODY).input(z.object({ unitId: Id })).output(z.array(TimelineEntry)),
  /** Prints the label of a piece and tells what became of it; `unknown` is for a person to look at. */
  printLabel: staff(STAFFED)
    .input(z.object({ unitId: Id }))
    .output(z.object({ outcome: z.enum(['printed', 'not-printed', 'unknown']), why: z.string().nullable() })),
  /** Gives out the next of the shop's own numbers, and puts it on a piece where one is named. */
  issueNumber: staff(STAFFED)
    .input(z.object({ unitId: Id.nullable() }))
    .output(z.object({ number: z.string(), left: z.int() })),
  /** Binds a piece to the chip under its radio tag, so that a copy of the tag is seen later. */
  bindTag: staff(STAFFED, ['supervisor', 'manager', 'service'])
    .input(z.object({ unitId: Id, epc: z.string().max(256), tid: z.string().max(64) }))
    .output(z.object({ stid: z.string() })),
}
