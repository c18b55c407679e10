import { z } from 'zod'
import { Id } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { Notice, WhichOne } from './notice.ts'
import { PrintState } from './print-state.ts'
import { StaffTile } from './staff-tile.ts'
import { Condition, TenderKind, UnitCard } from './unit.ts'
import { NextPlace, Verdict } from './verdict.ts'

/** What was really paid for this piece, and the tender it goes back to. */
export const RefundOffer = z.object({ amount_cents: Cents, currency: Currency, to: TenderKind, receiptNumber: z.string() })
export type RefundOffer = z.infer<typeof RefundOffer>

export const ReturnView = z.discriminatedUnion('at', [
  z.object({ at: z.literal('scan'), flowId: Id, notice: Notice.nullable(), question: WhichOne.nullable() }),
  z.object({
    at: z.literal('assess'),
    flowId: Id,
    notice: Notice.nullable(),
    unit: UnitCard,
    verdict: Verdict,
    refund: RefundOffer.nullable(),
    reasonChoices: z.array(z.string()),
    conditionChoices: z.array(Condition),
    reason: z.string().nullable(),
    condition: Condition.nullable(),
    /** What is still missing before the refund, as codes with words: `reason`, `condition`, `approval`. */
    missing: z.array(z.enum(['reason', 'condition', 'approval'])),
    approvedBy: z.string().nullable(),
    /** Who may approve this return with a PIN; empty when nobody has to. */
    approvers: z.array(StaffTile),
  }),
  z.object({
    at: z.literal('done'),
    flowId: Id,
    unit: UnitCard,
    returnId: Id,
    returnNumber: z.string(),
    refund: RefundOffer,
    next: NextPlace,
    documentId: Id,
    print: PrintState,
  }),
  /** Ends without a refund: refused in words, or quietly handed to a colleague. */
  z.object({ at: z.literal('handed-over'), flowId: Id, unit: UnitCard, verdict: Verdict, caseId: Id }),
])
export type ReturnView = z.infer<typeof ReturnView>

export const ReturnAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('choose'), choice: Id }),
  z.object({ do: z.literal('dismiss-question') }),
  z.object({ do: z.literal('give-reason'), reason: z.string().max(64) }),
  z.object({ do: z.literal('grade'), condition: Condition }),
  z.object({ do: z.literal('approve'), staffId: Id, pin: z.string().min(4).max(12) }),
  z.object({ do: z.literal('refund') }),
  z.object({ do: z.literal('hand-over') }),
  z.object({ do: z.literal('undo') }),
  z.object({ do: z.literal('start-over') }),
])
export type ReturnAction = z.infer<typeof ReturnAction>
