import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import { Condition, UnitCard } from './unit.ts'
import { NextPlace } from './verdict.ts'

/** A piece that came back and that nobody has looked at again. */
export const WaitingPiece = z.object({
  unit: UnitCard,
  since: Instant,
  /** The condition said at the counter, and where it was sent. */
  said: Condition.nullable(),
  place: NextPlace.nullable(),
  reason: z.string().nullable(),
  number: z.string().nullable(),
  /** The store that the books have it in or under way from, where it was brought here without a word; null: it stands here. */
  from: z.string().nullable(),
})
export type WaitingPiece = z.infer<typeof WaitingPiece>

/** `released`: as it is, to the shelf. `regraded`: another grade, or another place. `refused`: it should not have come back. */
export const InspectionOutcome = z.enum(['released', 'regraded', 'refused'])
export type InspectionOutcome = z.infer<typeof InspectionOutcome>

export const Inspection = z.object({
  unitId: Id,
  outcome: InspectionOutcome,
  condition: Condition,
  next: NextPlace,
  note: z.string().max(500),
})
export type Inspection = z.infer<typeof Inspection>
