import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { TenderKind } from './unit.ts'

export const TenderTotal = z.object({ kind: TenderKind, in_cents: Cents, out_cents: Cents, count: z.int() })

/** Money that moves without a sale or a return. `credit-out`: a promise that was paid out. Words: `cash-move.<kind>`. */
export const MoveKind = z.enum(['paid-in', 'paid-out', 'drop', 'deposit-in', 'deposit-out', 'credit-out'])
export type MoveKind = z.infer<typeof MoveKind>

/** What is not finished or not known while a shift is closed. Words: `open-work.<kind>`. */
export const OpenWorkKind = z.enum(['payment', 'sale-paying', 'sale-open', 'sale-parked', 'paper-unknown', 'paper-waiting', 'unsent'])
export const OpenWork = z.object({
  kind: OpenWorkKind,
  count: z.int().min(1),
  /** Money whose end nobody knows: it is settled first, seeing it is not enough. */
  blocks: z.boolean(),
})
export type OpenWork = z.infer<typeof OpenWork>

/** The open shift of this till: what the drawer should hold, and what was done since it was opened. */
export const ShiftView = z.discriminatedUnion('at', [
  z.object({
    at: z.literal('closed'),
    /** How the last shift ended: what should have been there, what was counted, and its report. */
    last: z
      .object({
        shiftId: Id,
        closedAt: Instant,
        closedBy: z.string(),
        expected_cents: Cents,
        counted_cents: Cents,
        difference_cents: Cents,
        reason: z.string().nullable(),
        currency: Currency,
        documentId: Id.nullable(),
      })
      .nullable(),
  }),
  z.object({
    at: z.literal('open'),
    shiftId: Id,
    openedAt: Instant,
    openedBy: z.string(),
    currency: Currency,
    float_cents: Cents,
    sales: z.int(),
    returns: z.int(),
    /** What was taken by each means. Empty for whoever counts blind. */
    tenders: z.array(TenderTotal),
    /** What should be in the drawer; null for whoever counts blind. */
    expectedCash_cents: Cents.nullable(),
    /** More cash than the policy wants in a drawer: some should go to the safe. */
    isFull: z.boolean(),
    openWork: z.array(OpenWork),
  }),
])
export type ShiftView = z.infer<typeof ShiftView>

const Reason = z.string().trim().max(200)
/** Pieces by their value in minor units. */
const Counts = z.record(z.string().regex(/^[1-9]\d{0,6}$/), z.int().min(0).max(99_999))

export const ShiftAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open'), float_cents: Cents, counts: Counts.optional() }),
  z.object({ do: z.literal('paid-in'), amount_cents: Cents, reason: Reason }),
  z.object({ do: z.literal('paid-out'), amount_cents: Cents, reason: Reason }),
  /** Cash that goes from the drawer to the safe. */
  z.object({ do: z.literal('drop'), amount_cents: Cents }),
  /** Opens the drawer without a sale. */
  z.object({ do: z.literal('no-sale'), reason: Reason }),
  z.object({
    do: z.literal('close'),
    counted_cents: Cents,
    counts: Counts.optional(),
    /** Why the drawer is not right, where it is not. */
    reason: Reason.optional(),
    /** The open work that the person has seen, as `<kind>:<count>`. */
    seen: z.array(z.string().max(40)).max(20).optional(),
  }),
])
export type ShiftAction = z.infer<typeof ShiftAction>

/** How open work is said to have been seen. Letters to the centre go on leaving, so only that there are some counts. */
export const seenAs = (work: OpenWork): string => (work.kind === 'unsent' ? work.kind : `${work.kind}:${work.count}`)

const TaxSum = z.object({ rate_bp: z.int(), gross_cents: Cents, tax_cents: Cents })
const Counted = z.object({ count: z.int(), amount_cents: Cents })

/** An X or a Z report: every sum of a shift, all of them sums of rows, none of them kept. */
export const ShiftReport = z.object({
  shiftId: Id,
  /** The number of the Z; null while the shift is open. */
  number: z.string().nullable(),
  openedAt: Instant,
  openedBy: z.string(),
  closedAt: Instant.nullable(),
  closedBy: z.string().nullable(),
  currency: Currency,
  float_cents: Cents,
  sales: Counted,
  discount_cents: Cents,
  rounding_cents: Cents,
  returns: Counted,
  /** Sales given up and lines taken out, by what they would have brought. */
  voids: Counted,
  /** Times that the drawer was opened without a sale. */
  drawerOpened: z.int(),
  /** Sales and returns together, by rate. */
  taxes: z.array(TaxSum),
  tenders: z.array(TenderTotal),
  moves: z.array(z.object({ what: MoveKind, kind: TenderKind, amount_cents: Cents, count: z.int() })),
  /** Vouchers and store credit given out. */
  credits: Counted,
  expected_cents: Cents,
  counted_cents: Cents.nullable(),
  difference_cents: Cents.nullable(),
  reason: z.string().nullable(),
})
export type ShiftReport = z.infer<typeof ShiftReport>
