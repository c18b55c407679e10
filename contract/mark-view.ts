import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import { Condition, Flag, UnitCard } from './unit.ts'

/**
 * Marks that staff put on a piece and take off again. A recall comes from the centre, and a theft has acts of its own:
 * an owner reports one, and stock that was stolen is written off.
 */
export const StaffMark = z.enum(['hold', 'quarantine', 'counterfeit-suspected', 'activation-lock', 'cold-chain-excursion'])
export type StaffMark = z.infer<typeof StaffMark>

/** Where a piece stands in its store. Quarantine and the recall shelf are reached by their own acts only. */
export const StoreArea = z.enum(['shelf', 'display', 'back-room', 'safe', 'returns'])
export type StoreArea = z.infer<typeof StoreArea>

/** Why a piece leaves the books without a sale. `not-found`: nobody knows what became of it. */
export const LossWhy = z.enum(['not-found', 'stolen', 'destroyed', 'own-use', 'given-away'])
export type LossWhy = z.infer<typeof LossWhy>

/** Grades a piece of the stock can be given by whoever has it in the hand; as new as from its maker it is never again. */
export const StockGrade = Condition.extract(['open-box', 'refurbished', 'damaged', 'parts-missing', 'to-inspect'])
export type StockGrade = z.infer<typeof StockGrade>

const Why = z.string().trim().min(1).max(200)

/** What staff say of one piece. */
export const MarkAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('mark'), mark: StaffMark, reason: Why }),
  z.object({ do: z.literal('unmark'), mark: StaffMark, reason: Why }),
  z.object({ do: z.literal('move'), area: StoreArea }),
  /** It is not where the records have it. */
  z.object({ do: z.literal('miss') }),
  /** It is here after all. Why is asked only of a piece that was written off or stolen. */
  z.object({ do: z.literal('find'), area: StoreArea, reason: z.string().trim().max(200) }),
  z.object({ do: z.literal('regrade'), condition: StockGrade, reason: Why }),
  z.object({ do: z.literal('write-off'), why: LossWhy, reason: Why }),
])
export type MarkAct = z.infer<typeof MarkAct>

export const MarkDo = z.enum(['mark', 'unmark', 'move', 'miss', 'find', 'regrade', 'write-off'])
export type MarkDo = z.infer<typeof MarkDo>

/** A piece with what staff may say of it now. */
export const PieceMarks = z.object({
  unit: UnitCard,
  /** The marks that somebody here may take off. */
  liftable: z.array(Flag),
  acts: z.array(MarkDo),
})
export type PieceMarks = z.infer<typeof PieceMarks>

/** A piece that should stand in this store and was not found. */
export const MissingPiece = z.object({ unitId: Id, name: z.string(), serial: z.string(), since: Instant })
export type MissingPiece = z.infer<typeof MissingPiece>
