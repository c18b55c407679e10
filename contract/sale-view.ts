import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { Notice, WhichOne } from './notice.ts'
import { PrintState } from './print-state.ts'
import { Alias, Picture, TenderKind } from './unit.ts'
import { Verdict } from './verdict.ts'

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
})
export type SaleLine = z.infer<typeof SaleLine>

export const TaxTotal = z.object({ rate_bp: z.int(), gross_cents: Cents, tax_cents: Cents })

export const Totals = z.object({
  currency: Currency,
  gross_cents: Cents,
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

export const SaleView = z.discriminatedUnion('at', [
  z.object({
    at: z.literal('open'),
    ...cart,
    question: WhichOne.nullable(),
    undo: z.string().nullable(),
  }),
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
  z.object({ do: z.literal('pay') }),
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
  z.object({ do: z.literal('park'), name: z.string().max(80) }),
  z.object({ do: z.literal('void') }),
])
export type SaleAction = z.infer<typeof SaleAction>
