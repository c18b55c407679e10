import { z } from 'zod'
import { Id, Instant, Language, Params } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { PrintState } from './print-state.ts'
import { Condition, Picture, TenderKind } from './unit.ts'
import { QUESTIONS } from './verdict.ts'

/** What a customer may see of a unit: the thing in his hand, nothing of any owner, and only the end of its number. */
export const PublicUnit = z.object({
  brand: z.string(),
  name: z.string(),
  variant: z.string(),
  picture: Picture,
  serialEnd: z.string().max(8),
})
export type PublicUnit = z.infer<typeof PublicUnit>

/** One answer in a customer's words: key of `reason.<code>.customer`. */
export const PublicAnswer = z.object({
  question: z.enum(QUESTIONS),
  tone: z.enum(['good', 'info', 'attention']),
  reason: z.string(),
  params: Params,
})
export type PublicAnswer = z.infer<typeof PublicAnswer>

/** One thing asked at a time; `words` are the shop's own where the program has none for the id. */
export const KioskQuestion = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reason'), choices: z.array(z.string()), chosen: z.string().nullable() }),
  z.object({ kind: z.literal('condition'), choices: z.array(Condition), chosen: Condition.nullable() }),
  z.object({ kind: z.literal('question'), id: z.string(), words: z.string().nullable(), chosen: z.boolean().nullable() }),
  z.object({ kind: z.literal('accessory'), id: z.string(), words: z.string().nullable(), chosen: z.boolean().nullable() }),
])
export type KioskQuestion = z.infer<typeof KioskQuestion>

/** How a kiosk may give money back. */
export const KioskTender = z.enum(['card', 'voucher'])
export type KioskTender = z.infer<typeof KioskTender>

/** What a customer comes for. */
export const KioskTask = z.enum(['return', 'check', 'buy'])
export type KioskTask = z.infer<typeof KioskTask>

/** One thing in the cart of a customer alone. */
export const KioskCartLine = PublicUnit.extend({
  lineId: Id,
  /** Null for goods without a number, of which there may be several. */
  serialEnd: z.string().max(8).nullable(),
  quantity: z.int(),
  total_cents: Cents,
  discount_cents: Cents,
})
export type KioskCartLine = z.infer<typeof KioskCartLine>

const session = { flowId: Id, language: Language, /** Remark under the instruction, as a code with words. */ remark: z.string().nullable() }
/** How far a return has come, as a customer counts: `step` of `steps`. */
const way = { step: z.int(), steps: z.int() }

export const KioskView = z.discriminatedUnion('at', [
  z.object({ at: z.literal('start'), languages: z.array(Language) }),
  /** Staff have shut it, or it cannot work. */
  z.object({ at: z.literal('closed'), why: z.enum(['by-staff']) }),
  z.object({ at: z.literal('choose-task'), ...session, /** The shop lets customers buy here, and a card can be taken. */ mayBuy: z.boolean() }),
  z.object({
    at: z.literal('scan'),
    task: z.enum(['return', 'check']),
    ...session,
    ...way,
    /** A receipt was scanned: now the piece itself is wanted, one of so many. */
    fromReceipt: z.int().nullable(),
    /** There is a pad to lay the piece on. */
    hasPad: z.boolean(),
  }),
  z.object({
    at: z.literal('answer'),
    /** A check ends here; a return goes on to the questions. */
    task: z.enum(['return', 'check']),
    ...session,
    ...way,
    unit: PublicUnit,
    answers: z.array(PublicAnswer),
    /** Somebody outside is still being asked; the answer may change. */
    isAsking: z.boolean(),
  }),
  z.object({ at: z.literal('questions'), ...session, ...way, unit: PublicUnit, question: KioskQuestion }),
  z.object({ at: z.literal('photo'), ...session, ...way, unit: PublicUnit, taken: z.int(), wanted: z.int(), maySkip: z.boolean() }),
  z.object({
    at: z.literal('confirm'),
    ...session,
    ...way,
    unit: PublicUnit,
    amount_cents: Cents,
    /** What missing accessories take off; already taken off the amount. */
    deducted_cents: Cents,
    currency: Currency,
    ways: z.array(KioskTender).min(1),
    isAsking: z.boolean(),
  }),
  /** The card terminal gives the money back. */
  z.object({
    at: z.literal('paying-out'),
    ...session,
    ...way,
    amount_cents: Cents,
    currency: Currency,
    outcome: z.enum(['asked', 'checking']),
  }),
  z.object({
    at: z.literal('done'),
    ...session,
    ...way,
    unit: PublicUnit,
    amount_cents: Cents,
    currency: Currency,
    to: TenderKind,
    /** Which slot the piece goes into; null where there is but one. */
    slot: z.string().nullable(),
    returnNumber: z.string(),
    /** The number of the voucher that was given out; null for money. */
    voucher: z.string().nullable(),
    print: PrintState,
    /** What became of the label for the piece; `none` where there is no label printer. */
    label: z.enum(['none', 'printing', 'printed', 'not-printed']),
  }),
  /** What was scanned to be bought. */
  z.object({
    at: z.literal('cart'),
    ...session,
    lines: z.array(KioskCartLine),
    total_cents: Cents,
    currency: Currency,
    /** This piece was scanned once more: perhaps it is to be taken out. */
    again: z.object({ lineId: Id, name: z.string() }).nullable(),
    /** Somebody outside is still being asked about a piece. */
    isAsking: z.boolean(),
  }),
  /** The card terminal takes the money. */
  z.object({ at: z.literal('paying'), ...session, amount_cents: Cents, currency: Currency, outcome: z.enum(['asked', 'checking']) }),
  z.object({ at: z.literal('bought'), ...session, amount_cents: Cents, currency: Currency, receiptNumber: z.string(), print: PrintState }),
  z.object({
    at: z.literal('colleague'),
    ...session,
    caseId: Id,
    /** Where to go or who comes, as the shop has written it. */
    place: z.string().nullable(),
    /** A colleague has taken this over, at that till. */
    takenBy: z.object({ name: z.string(), till: z.string() }).nullable(),
    /** Somebody was told: a screen at the counter shows this. */
    isTold: z.boolean(),
  }),
])
export type KioskView = z.infer<typeof KioskView>

/** The hidden door for staff, over whatever screen is in front; null while it is shut. */
export const KioskDoorView = z.discriminatedUnion('at', [
  z.object({ at: z.literal('asked'), name: z.string().nullable(), lockedUntil: Instant.nullable() }),
  z.object({
    at: z.literal('open'),
    name: z.string(),
    until: Instant,
    isClosed: z.boolean(),
    slots: z.array(z.object({ name: z.string(), inside: z.int(), holds: z.int() })),
    /**
     * Whether the window lets go of the machine: `locked` over the whole screen, or `open` beside other windows; null
     * where the page is shown by a browser, which is locked by whoever started it.
     */
    window: z.enum(['locked', 'open']).nullable(),
    /** The oldest card payment or refund of which nobody knows the end; whoever opened the door reads it off the terminal. */
    card: z.object({
      attemptId: Id,
      amount_cents: Cents,
      currency: Currency,
      askedAt: Instant,
      /** The terminal is being asked what became of it. */
      isAsking: z.boolean(),
      /** The piece that came back, and the receipt it was bought with; null for a payment. */
      refundFor: z.object({ name: z.string(), serialEnd: z.string().max(8), receiptNumber: z.string() }).nullable(),
    }).nullable(),
    /** Whether who opened the door may also change the window, end the program and set the clock right. */
    maySetUp: z.boolean(),
  }),
])
export type KioskDoorView = z.infer<typeof KioskDoorView>

export const KioskAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('begin'), language: Language }),
  z.object({ do: z.literal('choose-task'), task: KioskTask }),
  z.object({ do: z.literal('remove-line'), lineId: Id }),
  z.object({ do: z.literal('set-quantity'), lineId: Id, quantity: z.int().min(1).max(99) }),
  /** A piece that was scanned twice stays in the cart. */
  z.object({ do: z.literal('keep-line') }),
  z.object({ do: z.literal('pay') }),
  z.object({ do: z.literal('give-reason'), reason: z.string().max(64) }),
  z.object({ do: z.literal('grade'), condition: Condition }),
  z.object({ do: z.literal('answer'), question: z.string().max(64), good: z.boolean() }),
  z.object({ do: z.literal('count-accessory'), accessory: z.string().max(64), here: z.boolean() }),
  z.object({ do: z.literal('next') }),
  z.object({ do: z.literal('refund'), as: KioskTender }),
  z.object({ do: z.literal('cancel-card') }),
  z.object({ do: z.literal('back') }),
  z.object({ do: z.literal('call-colleague') }),
  z.object({ do: z.literal('more-time') }),
  z.object({ do: z.literal('finish') }),
])
export type KioskAction = z.infer<typeof KioskAction>

/** What staff can do at the open door. The last four need the right to set the till up. */
export const KioskDoorAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('ask') }),
  z.object({ do: z.literal('close-kiosk') }),
  z.object({ do: z.literal('open-kiosk') }),
  z.object({ do: z.literal('start-over') }),
  z.object({ do: z.literal('empty-slot'), slot: z.string().max(24) }),
  z.object({ do: z.literal('print-again') }),
  z.object({ do: z.literal('settle-card'), attemptId: Id, paid: z.boolean() }),
  z.object({ do: z.literal('ask-terminal-again'), attemptId: Id }),
  z.object({ do: z.literal('shut') }),
  z.object({ do: z.literal('open-window') }),
  z.object({ do: z.literal('lock-window') }),
  z.object({ do: z.literal('end-program') }),
  z.object({ do: z.literal('set-clock-right'), reason: z.string().max(200) }),
])
export type KioskDoorAction = z.infer<typeof KioskDoorAction>
