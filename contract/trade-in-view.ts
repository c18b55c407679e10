import { z } from 'zod'
import { Id } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { Notice, WhichOne } from './notice.ts'
import { PrintState } from './print-state.ts'
import { Accessory, ConditionQuestion } from './return-rules.ts'
import { ApprovalFor } from './return-view.ts'
import { Condition, Picture } from './unit.ts'
import { Verdict } from './verdict.ts'

/** The piece a customer offers: known to us, or of an article we know by a number we do not. */
export const OfferedPiece = z.object({
  unitId: Id.nullable(),
  brand: z.string(),
  name: z.string(),
  variant: z.string(),
  picture: Picture,
  serial: z.string(),
})
export type OfferedPiece = z.infer<typeof OfferedPiece>

/** A trade-in is paid in cash, as store credit, or as a voucher that anybody may use. */
export const TradeInPay = z.enum(['cash', 'store-credit', 'voucher'])
export type TradeInPay = z.infer<typeof TradeInPay>

export const TradeInMissing = z.enum(['condition', 'answers', 'accessories', 'signed', 'identity', 'pay-as', 'approval'])
export type TradeInMissing = z.infer<typeof TradeInMissing>

export const TradeInView = z.discriminatedUnion('at', [
  z.object({ at: z.literal('scan'), flowId: Id, notice: Notice.nullable(), question: WhichOne.nullable() }),
  z.object({
    at: z.literal('assess'),
    flowId: Id,
    notice: Notice.nullable(),
    piece: OfferedPiece,
    verdict: Verdict,
    questions: z.array(ConditionQuestion.extend({ answer: z.boolean().nullable() })),
    accessories: z.array(Accessory.extend({ here: z.boolean().nullable() })),
    conditionChoices: z.array(Condition),
    condition: Condition.nullable(),
    grade: Condition.nullable(),
    /** Null where the shop buys no such thing in this condition. */
    offer_cents: Cents.nullable(),
    currency: Currency,
    payAs: TradeInPay.nullable(),
    /** The owner signed that the piece is his to sell. */
    signed: z.boolean(),
    /** An identity card was looked at; nothing of it is kept. */
    identitySeen: z.boolean(),
    missing: z.array(TradeInMissing),
    approvalFor: z.array(ApprovalFor),
    approvedBy: z.string().nullable(),
  }),
  z.object({
    at: z.literal('done'),
    flowId: Id,
    piece: OfferedPiece,
    number: z.string(),
    amount_cents: Cents,
    currency: Currency,
    payAs: TradeInPay,
    credits: z.array(z.string()),
    documentId: Id,
    print: PrintState,
  }),
  z.object({ at: z.literal('handed-over'), flowId: Id, piece: OfferedPiece, verdict: Verdict, caseId: Id }),
])
export type TradeInView = z.infer<typeof TradeInView>

export const TradeInAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('choose'), choice: Id }),
  z.object({ do: z.literal('dismiss-question') }),
  z.object({ do: z.literal('grade'), condition: Condition }),
  z.object({ do: z.literal('answer'), question: z.string().max(64), good: z.boolean() }),
  z.object({ do: z.literal('count-accessory'), accessory: z.string().max(64), here: z.boolean() }),
  z.object({ do: z.literal('all-in-order') }),
  z.object({ do: z.literal('pay-as'), as: TradeInPay }),
  z.object({ do: z.literal('signed'), signed: z.boolean() }),
  z.object({ do: z.literal('identity-seen'), seen: z.boolean() }),
  z.object({ do: z.literal('approve'), note: z.string().max(200) }),
  z.object({ do: z.literal('buy') }),
  z.object({ do: z.literal('hand-over') }),
  z.object({ do: z.literal('start-over') }),
])
export type TradeInAction = z.infer<typeof TradeInAction>
