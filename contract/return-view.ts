import { z } from 'zod'
import { PhotoNote } from './case-view.ts'
import { Day, Id, Instant } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { Notice, WhichOne } from './notice.ts'
import { PrintState } from './print-state.ts'
import { Accessory, ConditionQuestion } from './return-rules.ts'
import { ApprovalCode, TerminalProgress } from './sale-view.ts'
import { ClaimBasis } from './service-view.ts'
import { Condition, Picture, TenderKind, UnitCard } from './unit.ts'
import { NextPlace, Verdict } from './verdict.ts'

/** What was really paid for one piece, and the tender it goes back to. */
export const RefundOffer = z.object({ amount_cents: Cents, currency: Currency, to: TenderKind, receiptNumber: z.string() })
export type RefundOffer = z.infer<typeof RefundOffer>

/** One share of a refund: of which sale and tender the money is, and as what it goes back. */
export const RefundPart = z.object({ saleId: Id.nullable(), ofKind: TenderKind, paidAs: TenderKind, amount_cents: Cents })
export type RefundPart = z.infer<typeof RefundPart>

/** A refund as it is paid: the parts sum to the amount, and what is paid to the amount with its rounding. */
export const RefundPlan = z.object({
  amount_cents: Cents,
  rounding_cents: Cents,
  currency: Currency,
  receiptNumbers: z.array(z.string()),
  parts: z.array(RefundPart),
  /** By tender, cash already rounded to the coins there are. */
  pays: z.array(z.object({ kind: TenderKind, amount_cents: Cents })),
})
export type RefundPlan = z.infer<typeof RefundPlan>

/** An article as a tile: a single piece by its number, or plain goods by how many. */
export const ReturnTile = z.object({
  pieceId: Id,
  brand: z.string(),
  name: z.string(),
  variant: z.string(),
  picture: Picture,
  serial: z.string().nullable(),
  quantity: z.int(),
  refund_cents: Cents.nullable(),
  /** Nothing is missing for it any more. */
  ready: z.boolean(),
  /** It came with a set that is in this return too: it is scanned, or said to be missing. */
  ofSet: z.boolean().optional(),
  next: NextPlace.nullable(),
})
export type ReturnTile = z.infer<typeof ReturnTile>

/** One line of a receipt, and how much of it may still come back. */
export const ReceiptLine = z.object({
  lineId: Id,
  unitId: Id.nullable(),
  brand: z.string(),
  name: z.string(),
  variant: z.string(),
  picture: Picture,
  serial: z.string().nullable(),
  bought: z.int(),
  left: z.int(),
  paid_cents: Cents,
})
export type ReceiptLine = z.infer<typeof ReceiptLine>

export const Missing = z.enum([
  'scan-piece', 'reason', 'condition', 'answers', 'accessories', 'parts', 'photo', 'other-pieces', 'approval',
])
export type Missing = z.infer<typeof Missing>

/** Why somebody has to answer for a return. Words: `approval-for.<code>`. */
export const ApprovalFor = z.enum(['amount', 'condition', 'verdict', 'another-unit', 'without-record', 'no-identity', 'late', 'too-often'])
export type ApprovalFor = z.infer<typeof ApprovalFor>

/** The promise on which a faulty piece may be mended or replaced in place of the money. */
export const ClaimOffer = z.object({ basis: ClaimBasis, until: Day })
export type ClaimOffer = z.infer<typeof ClaimOffer>

const AssessView = z.object({
  at: z.literal('assess'),
  flowId: Id,
  notice: Notice.nullable(),
  /** All pieces of this return; the one in hand is `pieceId`. */
  pieces: z.array(ReturnTile),
  pieceId: Id,
  /** Null for plain goods and for a piece nobody has a record of. */
  unit: UnitCard.nullable(),
  quantity: z.object({ now: z.int(), most: z.int() }).nullable(),
  verdict: Verdict.nullable(),
  /** Why nothing may go back for plain goods. Words: `notice.<code>`. */
  whyNot: z.string().nullable(),
  /** Names of what the set in hand came back without. */
  setLacks: z.array(z.string()),
  /** The piece was chosen from a list and nobody has read its number yet. */
  toScan: z.boolean(),
  reasonChoices: z.array(z.string()),
  conditionChoices: z.array(Condition),
  reason: z.string().nullable(),
  condition: Condition.nullable(),
  /** What the answers make of the condition. */
  grade: Condition.nullable(),
  questions: z.array(ConditionQuestion.extend({ answer: z.boolean().nullable() })),
  accessories: z.array(Accessory.extend({ here: z.boolean().nullable() })),
  parts: z.array(z.object({ id: z.string(), number: z.string().nullable() })),
  photos: z.array(PhotoNote),
  photosWanted: z.int(),
  next: NextPlace,
  nextChoices: z.array(NextPlace),
  refund: RefundPlan.nullable(),
  /** What missing accessories take off. */
  deducted_cents: Cents,
  payAs: z.enum(['original', 'store-credit']),
  /** What of the refund came after its window and goes back as store credit, whatever becomes of the rest. */
  onlyCredit_cents: Cents,
  mayHaveCredit: z.boolean(),
  missing: z.array(Missing),
  approvalFor: z.array(ApprovalFor),
  approvedBy: z.string().nullable(),
  /** How often somebody comes is counted at this till alone: the centre was asked and did not answer. */
  countedHere: z.boolean().optional(),
  /** What may be offered before the money; null where there is nothing to offer. */
  claim: ClaimOffer.nullable(),
})

export const ReturnView = z.discriminatedUnion('at', [
  z.object({
    at: z.literal('scan'),
    flowId: Id,
    notice: Notice.nullable(),
    question: WhichOne.nullable(),
    /** Pieces that are in this return already. */
    pieces: z.array(ReturnTile),
    /** Something without a record lies on the counter: it may be taken by exception. */
    stranger: z.object({ name: z.string(), serial: z.string().nullable(), most_cents: Cents, currency: Currency }).nullable(),
  }),
  z.object({
    at: z.literal('lines'),
    flowId: Id,
    notice: Notice.nullable(),
    receiptNumber: z.string(),
    soldAt: Instant.nullable(),
    currency: Currency,
    lines: z.array(ReceiptLine),
    pieces: z.array(ReturnTile),
  }),
  AssessView,
  /** The card terminal gives money back; nothing else can be done to the return meanwhile. */
  z.object({
    at: z.literal('paying-out'),
    flowId: Id,
    notice: Notice.nullable(),
    pieces: z.array(ReturnTile),
    refund: RefundPlan,
    attemptId: Id,
    amount_cents: Cents,
    by: z.enum(['line', 'hand', 'beside']),
    outcome: z.enum(['asked', 'checking', 'unknown']),
    progress: TerminalProgress.nullable(),
  }),
  z.object({
    at: z.literal('done'),
    flowId: Id,
    pieces: z.array(ReturnTile),
    returnId: Id,
    returnNumber: z.string(),
    refund: RefundPlan,
    /** Vouchers and store credit that were given out. */
    credits: z.array(z.string()),
    documentId: Id,
    print: PrintState,
  }),
  /** Ends without a refund: refused in words, or quietly handed to a colleague. */
  z.object({
    at: z.literal('handed-over'), flowId: Id, unit: UnitCard.nullable(), verdict: Verdict.nullable(), caseId: Id,
  }),
])
export type ReturnView = z.infer<typeof ReturnView>

export const ReturnAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('choose'), choice: Id }),
  z.object({ do: z.literal('dismiss-question') }),
  /** From the list of a receipt: a piece, or so many of plain goods. */
  z.object({ do: z.literal('take-line'), lineId: Id, quantity: z.int().min(1).max(9_999) }),
  /** The goods on the counter, without a record of their sale. */
  z.object({ do: z.literal('take-stranger') }),
  z.object({ do: z.literal('add-piece') }),
  z.object({ do: z.literal('go-to-piece'), pieceId: Id }),
  z.object({ do: z.literal('remove-piece'), pieceId: Id }),
  /** A part of the set on the counter did not come back with it. */
  z.object({ do: z.literal('part-not-here'), pieceId: Id }),
  z.object({ do: z.literal('set-quantity'), quantity: z.int().min(1).max(9_999) }),
  z.object({ do: z.literal('give-reason'), reason: z.string().max(64) }),
  z.object({ do: z.literal('grade'), condition: Condition }),
  z.object({ do: z.literal('answer'), question: z.string().max(64), good: z.boolean() }),
  z.object({ do: z.literal('count-accessory'), accessory: z.string().max(64), here: z.boolean() }),
  /** Every question has its good answer and nothing is missing: one key. */
  z.object({ do: z.literal('all-in-order') }),
  z.object({ do: z.literal('note-part'), part: z.string().max(64), number: z.string().trim().min(1).max(128) }),
  z.object({ do: z.literal('drop-photo'), photoId: Id }),
  z.object({ do: z.literal('route'), next: NextPlace }),
  z.object({ do: z.literal('pay-as'), as: z.enum(['original', 'store-credit']) }),
  /** Takes the lent right, or that of the person at the till; who lends says why. */
  z.object({ do: z.literal('approve'), note: z.string().max(200) }),
  z.object({ do: z.literal('refund') }),
  z.object({ do: z.literal('terminal-read'), paid: z.boolean(), approvalCode: ApprovalCode.optional() }),
  z.object({ do: z.literal('ask-terminal-again') }),
  z.object({ do: z.literal('cancel-terminal') }),
  z.object({ do: z.literal('hand-over') }),
  z.object({ do: z.literal('undo') }),
  z.object({ do: z.literal('start-over') }),
])
export type ReturnAction = z.infer<typeof ReturnAction>
