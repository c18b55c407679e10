import { z } from 'zod'
import { Id } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { Notice, WhichOne } from './notice.ts'
import { PrintState } from './print-state.ts'
import { ApprovalFor, RefundPlan } from './return-view.ts'
import { ApprovalCode, TerminalProgress } from './sale-view.ts'
import { Condition, CoverLayer, TenderKind, UnitCard } from './unit.ts'
import { NextPlace, Verdict } from './verdict.ts'

/**
 * `exchange`: another piece is bought with the one that comes back, and the price settled. `warranty-swap` and
 * `dead-on-arrival`: the same article steps into the sale of the broken one, and no money moves.
 */
export const ExchangeKind = z.enum(['exchange', 'warranty-swap', 'dead-on-arrival'])
export type ExchangeKind = z.infer<typeof ExchangeKind>

/** One thing in which the two pieces may differ, both as codes or values with words `differs.<what>`. */
export const Difference = z.object({
  what: z.enum(['product', 'variant', 'condition', 'produced', 'price', 'cover']),
  old: z.string(),
  new: z.string(),
  differs: z.boolean(),
})
export type Difference = z.infer<typeof Difference>

/** What is still to pay (`to-pay`), to give back (`to-give-back`) or nothing at all (`even`). */
export const Settlement = z.object({
  currency: Currency,
  old_cents: Cents,
  new_cents: Cents,
  /** Above nothing: the customer pays; below: the customer gets. Cash is already rounded to the coins there are. */
  difference_cents: Cents,
  cash_cents: Cents,
  /** How what is given back goes back; null where nothing is. */
  back: RefundPlan.nullable(),
})
export type Settlement = z.infer<typeof Settlement>

export const ExchangeMissing = z.enum(['reason', 'condition', 'approval', 'same-article'])
export type ExchangeMissing = z.infer<typeof ExchangeMissing>

const head = { flowId: Id, kind: ExchangeKind, notice: Notice.nullable() }

export const ExchangeView = z.discriminatedUnion('at', [
  z.object({ at: z.literal('old'), ...head, question: WhichOne.nullable() }),
  z.object({
    at: z.literal('new'), ...head, question: WhichOne.nullable(), old: UnitCard, verdict: Verdict, mayGoOn: z.boolean(),
  }),
  z.object({
    at: z.literal('settle'),
    ...head,
    old: UnitCard,
    oldVerdict: Verdict,
    new: UnitCard,
    newVerdict: Verdict,
    differences: z.array(Difference),
    /** What goes over to the new piece, with the claims already used of each. */
    cover: z.array(CoverLayer),
    settlement: Settlement,
    reasonChoices: z.array(z.string()),
    reason: z.string().nullable(),
    conditionChoices: z.array(Condition),
    condition: Condition.nullable(),
    next: NextPlace,
    missing: z.array(ExchangeMissing),
    approvalFor: z.array(ApprovalFor),
    approvedBy: z.string().nullable(),
  }),
  /** The card terminal has the word; nothing else can be done to the exchange meanwhile. */
  z.object({
    at: z.literal('paying'),
    ...head,
    old: UnitCard,
    new: UnitCard,
    /** `charge`: the customer pays the difference; `refund`: it goes back to his card. */
    way: z.enum(['charge', 'refund']),
    attemptId: Id,
    amount_cents: Cents,
    currency: Currency,
    by: z.enum(['line', 'hand']),
    outcome: z.enum(['asked', 'checking', 'unknown']),
    progress: TerminalProgress.nullable(),
  }),
  z.object({
    at: z.literal('done'),
    ...head,
    old: UnitCard,
    new: UnitCard,
    number: z.string(),
    settlement: Settlement,
    tender: TenderKind.nullable(),
    credits: z.array(z.string()),
    next: NextPlace,
    documentId: Id,
    print: PrintState,
  }),
])
export type ExchangeView = z.infer<typeof ExchangeView>

export const ExchangeAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('choose-kind'), kind: ExchangeKind }),
  z.object({ do: z.literal('choose'), choice: Id }),
  z.object({ do: z.literal('dismiss-question') }),
  z.object({ do: z.literal('give-reason'), reason: z.string().max(64) }),
  z.object({ do: z.literal('grade'), condition: Condition }),
  z.object({ do: z.literal('approve'), note: z.string().max(200) }),
  /**
   * `tender` pays a difference that is to pay. A card is charged or credited by the terminal of the till; where there is
   * none, or with a code, it was done beside the till.
   */
  z.object({ do: z.literal('settle'), tender: z.enum(['cash', 'card']), approvalCode: ApprovalCode.optional() }),
  z.object({ do: z.literal('terminal-read'), paid: z.boolean(), approvalCode: ApprovalCode.optional() }),
  z.object({ do: z.literal('ask-terminal-again') }),
  z.object({ do: z.literal('cancel-terminal') }),
  z.object({ do: z.literal('undo') }),
  z.object({ do: z.literal('start-over') }),
])
export type ExchangeAction = z.infer<typeof ExchangeAction>
