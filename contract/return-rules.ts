import { z } from 'zod'
import { Cents } from './money.ts'
import { OwnWords } from './own-words.ts'
import { Role } from './roles.ts'
import { Condition, TenderKind } from './unit.ts'
import { NextPlace } from './verdict.ts'

const Code = z.string().min(1).max(64)

/**
 * One thing to look at when a piece comes back. Answered yes or no; a no makes the condition at best `ifNo`, and
 * `stops` hands the piece to a colleague, as a phone does that is still locked to its owner.
 */
export const ConditionQuestion = z.object({
  id: Code,
  words: OwnWords.optional(),
  ifNo: Condition.nullable(),
  stops: z.boolean(),
})
export type ConditionQuestion = z.infer<typeof ConditionQuestion>

/** What belongs to a piece; missing ones are named on the slip, and each takes its share off the refund. */
export const Accessory = z.object({ id: Code, words: OwnWords.optional(), deduct_cents: Cents })
export type Accessory = z.infer<typeof Accessory>

/** What is asked of things of one category; `*` is every other category. */
const CategoryQuestions = z.object({
  category: Code,
  questions: z.array(ConditionQuestion).max(12),
  accessories: z.array(Accessory).max(12),
  /** Parts that carry a number of their own, such as the lens of a set: the number is read and kept. */
  parts: z.array(Code).max(8),
  /** From how many photographs on the return may be finished, by condition; a condition that is left out needs none. */
  photos: z.partialRecord(Condition, z.int().min(0).max(8)),
})
export type CategoryQuestions = z.infer<typeof CategoryQuestions>

/** A price for a used piece, by category and grade, in whole percent of today's price of a new one. */
const TradeInPrice = z.object({ category: Code, grades: z.partialRecord(Condition, z.int().min(0).max(100)) })

/**
 * The shop's rules of taking things back, beside those the verdict needs. Left out, the cautious ones apply
 * (`CAUTIOUS_RETURN_RULES`): no money without a record, no cash above what a drawer should hold.
 */
export const ReturnRules = z.object({
  /** The most that one person of a role may give back in one return on his own word. */
  refundUpTo_cents: z.partialRecord(Role, Cents),
  /** The most that one person of a role may approve for another. */
  approveUpTo_cents: z.partialRecord(Role, Cents),
  /** The most that goes back as this tender in one return; more goes back as store credit. */
  tenderUpTo_cents: z.partialRecord(TenderKind, Cents),
  /** Whether the customer may have store credit in place of the tender that was used. */
  storeCredit: z.boolean(),
  /** Without any record of a sale: the most for one piece, and how many such returns a till takes in a day. */
  withoutRecord: z.object({
    upTo_cents: Cents,
    percentOfPrice: z.int().min(0).max(100),
    perDay: z.int().min(0).max(1_000),
    /** In the whole store, as far as a till has heard of the others; left out: each till for itself. */
    perDayInStore: z.int().min(0).max(10_000).optional(),
  }),
  /**
   * How many pieces a customer who is known by a sale brings back in so many days before somebody answers for it: pieces
   * with numbers at every till, as far as the centre answers, goods without at the till they came back to. Left out: as many as he likes. A stranger cannot be counted: of a card only its last digits are kept.
   */
  perCustomer: z.object({ pieces: z.int().min(0).max(1_000), days: z.int().min(1).max(3_650) }).optional(),
  /**
   * After the window: for how many days more somebody with authority may take a piece back out of goodwill, and as what
   * the money goes back. Left out, the cautious rule applies; no days: never.
   */
  afterWindow: z.object({ days: z.int().min(0).max(3_650), payAs: z.enum(['original', 'store-credit']) }).optional(),
  /**
   * Whether repair or replacement is offered before money goes back for a faulty piece that a promise still covers. It
   * is the customer's choice either way. Left out: it is offered.
   */
  claimFirst: z.enum(['offer', 'never']).optional(),
  categories: z.array(CategoryQuestions),
  /** Where a piece goes by its condition, before a person says otherwise. */
  routes: z.partialRecord(Condition, NextPlace),
  /** Routes a clerk may choose in place of the one proposed. */
  routeChoices: z.array(NextPlace),
  tradeIn: z.object({ prices: z.array(TradeInPrice), approvalFrom_cents: Cents }),
})
export type ReturnRules = z.infer<typeof ReturnRules>
