import { z } from 'zod'
import { Day, Id, Instant } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { Notice, WhichOne } from './notice.ts'
import { PrintState } from './print-state.ts'
import { Alias, Picture, TenderKind } from './unit.ts'
import { Verdict } from './verdict.ts'

/** What somebody takes off by hand: so much of it, or an amount. */
export const Off = z.discriminatedUnion('is', [
  z.object({ is: z.literal('percent'), off_bp: z.int().min(1).max(10_000) }),
  z.object({ is: z.literal('amount'), amount_cents: Cents }),
])
export type Off = z.infer<typeof Off>

/** A discount by hand, with who answers for it and why. */
export const HandDiscount = z.object({ off: Off, reason: z.string(), staffId: Id })
export type HandDiscount = z.infer<typeof HandDiscount>

/** What a number is that no piece of ours carries beside a product we know. Words: `stranger.<code>`. */
export const StrangerWhy = z.enum(['typed-wrong', 'not-received', 'other-product', 'not-ours'])
export type StrangerWhy = z.infer<typeof StrangerWhy>

/** One part of a line's discount: its reason is the name of a promotion, or what was said. */
export const DiscountPart = z.object({
  kind: z.enum(['promotion', 'line', 'cart']),
  amount_cents: Cents,
  reason: z.string(),
  promotionId: Id.nullable(),
  staffId: Id.nullable(),
})
export type DiscountPart = z.infer<typeof DiscountPart>

/** A piece that goes with its set: sold with it on one line, with a number, a verdict and a warranty of its own. */
export const LinePart = z.object({
  unitId: Id,
  productId: Id,
  brand: z.string(),
  name: z.string(),
  variant: z.string(),
  picture: Picture,
  aliases: z.array(Alias),
  category: z.string(),
  /** What it would cost alone: by this the price of the set is shared out. */
  weight_cents: Cents,
  verdict: Verdict,
})
export type LinePart = z.infer<typeof LinePart>

/** A serialised line is a unit: its quantity is one and cannot be typed. */
export const SaleLine = z.object({
  lineId: Id,
  tracking: z.enum(['unit', 'lot', 'plain', 'service']),
  productId: Id,
  unitId: Id.nullable(),
  brand: z.string(),
  name: z.string(),
  variant: z.string(),
  gtin: z.string().nullable(),
  picture: Picture,
  aliases: z.array(Alias),
  lot: z.string().nullable(),
  expiry: z.string().nullable(),
  quantity: z.int().min(1).max(9_999),
  unitPrice_cents: Cents,
  discount_cents: Cents,
  total_cents: Cents,
  taxRate_bp: z.int(),
  verdict: Verdict.nullable(),
  category: z.string().optional(),
  /** What `discount_cents` consists of. */
  discounts: z.array(DiscountPart).optional(),
  /** Taken off this line by hand; its amount follows the quantity. */
  byHand: HandDiscount.optional(),
  /** A plan: the piece it protects and for how long; `earlier` where that was sold before. */
  plan: z.object({ unitId: Id, name: z.string(), serial: z.string(), months: z.int(), earlier: z.boolean() }).optional(),
  /** Why it is in the cart although its verdict did not accept it: a colleague decided, or the shop is only trying the rules. */
  waived: z.enum(['colleague', 'shadow']).optional(),
  /** Of a set: the pieces packed with this one. */
  parts: z.array(LinePart).optional(),
  /** Where the price was set by hand: what a piece would have cost. */
  priceSet: z.object({ listPrice_cents: Cents, reason: z.string(), staffId: Id }).optional(),
})
export type SaleLine = z.infer<typeof SaleLine>

export const TaxTotal = z.object({ rate_bp: z.int(), gross_cents: Cents, tax_cents: Cents })

export const Totals = z.object({
  currency: Currency,
  gross_cents: Cents,
  /** What the lines sum to where the tax comes on top of them; null where they have it in them. */
  net_cents: Cents.nullable(),
  discount_cents: Cents,
  taxes: z.array(TaxTotal),
  pieces: z.int(),
})
export type Totals = z.infer<typeof Totals>

export const Tender = z.object({
  tenderId: Id,
  kind: TenderKind,
  amount_cents: Cents,
  given_cents: Cents,
  change_cents: Cents,
  /** The voucher, store credit or deposit it is taken from, and what is left on it after. */
  credit: z.object({ number: z.string().max(32), left_cents: Cents }).nullable().optional(),
})
export type Tender = z.infer<typeof Tender>

export const ParkedSale = z.object({
  flowId: Id,
  name: z.string(),
  pieces: z.int(),
  total_cents: Cents,
  currency: Currency,
  parkedAt: Instant,
  by: z.string(),
  /**
   * What was left on the goods already, and the number of the deposit; null where nothing was. `back` is how the deposit
   * of this number would go back: as it came.
   */
  deposit: z.object({
    number: z.string().max(32), amount_cents: Cents, back: z.array(z.object({ kind: TenderKind, amount_cents: Cents })),
  }).nullable().optional(),
})
export type ParkedSale = z.infer<typeof ParkedSale>

const cart = {
  flowId: Id,
  lines: z.array(SaleLine),
  totals: Totals,
  notice: Notice.nullable(),
}

/** What a card terminal says meanwhile. Words: `terminal.<code>`. */
export const TerminalProgress = z.enum([
  'confirm-amount', 'insert-card', 'remove-card', 'enter-pin', 'wrong-pin', 'connecting', 'asking-bank',
  'card-not-taken', 'card-unreadable', 'approved', 'declined', 'reversing', 'end-of-day', 'please-wait',
])
export type TerminalProgress = z.infer<typeof TerminalProgress>

/** The code that a stand-alone terminal prints; too short for the number of a card. */
export const ApprovalCode = z.string().trim().max(12).regex(/^[A-Za-z0-9-]*$/)

/** What the law or the shop wants looked at before a thing is sold. Words: `gate.<code>`. */
export const GateKind = z.enum(['age', 'licence', 'register', 'wait', 'cold-chain'])
export type GateKind = z.infer<typeof GateKind>

/** What must be looked at before a product is sold. */
export interface ProductGate {
  readonly gate: GateKind
  readonly value: string
}

/** One question before the tender, about one or several lines. What is looked at is never kept, only that it was. */
export const Gate = z.object({
  gateId: Id,
  gate: GateKind,
  /** Years, degrees or days; which licence, which book. */
  value: z.string(),
  names: z.array(z.string()),
  /** What has to be written down with a yes: the number in the book, the day from which the waiting counts. */
  entry: z.enum(['none', 'text', 'day']),
  /** Of an age: born on this day or before. */
  bornUntil: Day.nullable(),
})
export type Gate = z.infer<typeof Gate>

export const SaleView = z.discriminatedUnion('at', [
  z.object({
    at: z.literal('open'),
    ...cart,
    question: WhichOne.nullable(),
    undo: z.string().nullable(),
    cartDiscount: HandDiscount.nullable(),
    /** What the sets in the cart still lack, by name: each is scanned before anybody pays. */
    missing: z.array(z.string()),
    /** A number of nobody that somebody must say something about; it is never sold as a piece without one. */
    stranger: z.object({ text: z.string(), name: z.string() }).nullable(),
    /** A piece that was scanned alone and belongs to a set: the whole is sold, or the piece is taken out of it. */
    partOfSet: z.object({ unitId: Id, name: z.string(), set: z.string(), setSerial: z.string().nullable() }).nullable(),
  }),
  /** Between the cart and the tender: what must be looked at first, one after the other. */
  z.object({ at: z.literal('gating'), ...cart, gates: z.array(Gate) }),
  z.object({
    at: z.literal('tendering'),
    ...cart,
    tenders: z.array(Tender),
    due_cents: Cents,
    /** Amounts a customer is likely to hand over, smallest first, all of them enough. */
    quickAmounts: z.array(Cents),
    /** What this till can take beside cash; a way to pay that nobody could check is not offered. */
    otherTenders: z.array(TenderKind),
  }),
  /** The card terminal has the word; nothing else can be done to the sale meanwhile. */
  z.object({
    at: z.literal('asking-terminal'),
    ...cart,
    tenders: z.array(Tender),
    attemptId: Id,
    amount_cents: Cents,
    /** A deposit that goes back to its card; left out where the card is charged. */
    way: z.literal('refund').optional(),
    /** `hand`: the clerk keys the amount into a stand-alone terminal and types what it says. */
    by: z.enum(['line', 'hand']),
    /** `checking`: the terminal is asked what became of it; `unknown`: it cannot say, the clerk looks and decides. */
    outcome: z.enum(['asked', 'checking', 'unknown']),
    /** What the customer or the terminal is doing, as far as it tells. */
    progress: TerminalProgress.nullable(),
  }),
  z.object({
    at: z.literal('paid'),
    ...cart,
    saleId: Id,
    receiptNumber: z.string(),
    documentId: Id,
    tenders: z.array(Tender),
    change_cents: Cents,
    /** Gift vouchers that were bought: each is a paper of its own, handed over with the goods. */
    vouchers: z.array(z.object({ number: z.string().max(32), amount_cents: Cents })),
    print: PrintState,
  }),
])
export type SaleView = z.infer<typeof SaleView>

/** What a person may do to a sale. `scan` is not here: scans come through `desk.scan`, from whatever device. */
export const SaleAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('choose'), choice: Id }),
  z.object({ do: z.literal('dismiss-question') }),
  z.object({ do: z.literal('remove-line'), lineId: Id }),
  z.object({ do: z.literal('set-quantity'), lineId: Id, quantity: z.int().min(1).max(9_999) }),
  z.object({ do: z.literal('undo') }),
  z.object({ do: z.literal('settle-stranger'), why: StrangerWhy }),
  /** Of a piece that belongs to a set: the whole set into the cart, or the piece alone, out of its set for good. */
  z.object({ do: z.literal('take-whole-set') }),
  z.object({ do: z.literal('take-out-of-set'), reason: z.string().trim().max(200) }),
  /** Takes a piece into the cart that only a colleague may decide on. */
  z.object({ do: z.literal('accept-anyway'), unitId: Id }),
  /** Takes something off a line, or off the whole cart where no line is named; null takes it back. */
  z.object({ do: z.literal('discount'), lineId: Id.nullable(), off: Off.nullable(), reason: z.string().trim().max(200) }),
  /** Sets the price of a piece. */
  z.object({ do: z.literal('set-price'), lineId: Id, price_cents: Cents, reason: z.string().trim().min(1).max(200) }),
  z.object({ do: z.literal('pay') }),
  z.object({ do: z.literal('answer-gate'), gateId: Id, passed: z.boolean(), entry: z.string().trim().max(64) }),
  z.object({ do: z.literal('back-to-cart') }),
  /** With an approval code a card was taken beside the till, whatever terminal is set up. */
  z.object({
    do: z.literal('tender'), kind: TenderKind, given_cents: Cents, approvalCode: ApprovalCode.optional(),
    /** The number of the voucher or store credit, as scanned or typed. */
    credit: z.string().max(64).optional(),
  }),
  /** Takes cash or a voucher off the table again, before the sale is paid. */
  z.object({ do: z.literal('drop-tender'), tenderId: Id }),
  /** Leaves the money on the table as a deposit and puts the goods aside under a name. */
  z.object({ do: z.literal('leave-deposit'), name: z.string().trim().min(1).max(80) }),
  /** The clerk has read the terminal: on a stand-alone one, or where it could not say what became of a payment. */
  z.object({ do: z.literal('terminal-read'), paid: z.boolean(), approvalCode: ApprovalCode.optional() }),
  z.object({ do: z.literal('ask-terminal-again') }),
  z.object({ do: z.literal('cancel-terminal') }),
  z.object({ do: z.literal('park'), name: z.string().trim().max(80) }),
  z.object({ do: z.literal('void') }),
])
export type SaleAction = z.infer<typeof SaleAction>
