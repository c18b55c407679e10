import { z } from 'zod'
import { DAY_MS, HOUR_MS } from '../durations.ts'
import { Id, Instant } from '../ids.ts'
import { Cents, Currency } from '../money.ts'
import { TenderKind } from '../unit.ts'

/** The number of a receipt as any till of the centre writes it. */
export const ReceiptNumber = z.string().regex(/^[A-Z0-9]{1,6}-R\d{6,12}$/)

const LINES_MAX = 2_000

/** A sale as the centre has it from the till that made it: what was bought, how it was paid, and what has come back of it anywhere. */
export const ToldReceipt = z.object({
  number: ReceiptNumber,
  saleId: Id,
  storeId: Id,
  soldAt: Instant,
  currency: Currency,
  /** All lines in their order: what was paid for one follows from all. */
  lines: z.array(z.object({
    lineId: Id, tracking: z.enum(['unit', 'lot', 'plain', 'service']), productId: Id, unitId: Id.nullable(), name: z.string().max(512),
    serial: z.string().max(128).nullable(), quantity: z.int().min(1), total_cents: Cents, tax_bp: z.int().min(0).max(10_000),
    /** Of goods with a lot. An older centre does not tell it. */
    lot: z.string().max(128).nullable().optional(),
  })).max(LINES_MAX),
  tenders: z.array(z.object({ kind: TenderKind, amount_cents: Cents })).max(200),
  returned: z.array(z.object({ returnLineId: Id, lineId: Id, quantity: z.int().min(1) })).max(LINES_MAX),
  refunded: z.array(z.object({ returnId: Id, kind: TenderKind, amount_cents: Cents })).max(LINES_MAX),
})
export type ToldReceipt = z.infer<typeof ToldReceipt>

export const ReceiptQuestion = z.object({ number: ReceiptNumber })

/** A till has no more to do with a receipt that was kept for it until then. */
export const ReceiptRelease = z.object({ number: ReceiptNumber, until: Instant })
export type ReceiptRelease = z.infer<typeof ReceiptRelease>

/** One till at a time has a receipt on its counter: `held` names the other. An older centre does not say until when it is kept. */
export const ReceiptReply = z.discriminatedUnion('is', [
  z.object({ is: z.literal('told'), receipt: ToldReceipt, until: Instant.optional() }),
  z.object({ is: z.literal('held'), till: z.string(), until: Instant }),
  z.object({ is: z.literal('unknown') }),
])
export type ReceiptReply = z.infer<typeof ReceiptReply>

/** So many days one question for a purchase spans, and so many purchases are told: it is about one, and nobody goes through a shop's books. */
export const PURCHASE_DAYS_MAX = 14
export const PURCHASES_MAX = 20
/** Names of goods that are told of a purchase; the first of a long receipt say which it is. */
export const PURCHASE_PIECES_MAX = 10

/**
 * A purchase whose paper and number nobody has: between which instants it was, and for about how much. The days may be
 * no more than `PURCHASE_DAYS_MAX`, with the hour of a night when the clocks change, and the most no more than twice the least.
 */
export const PurchaseQuestion = z
  .object({ from: Instant, until: Instant, least_cents: Cents, most_cents: Cents })
  .refine(({ from, until }) => {
    const span_ms = Date.parse(until) - Date.parse(from)
    return span_ms > 0 && span_ms <= PURCHASE_DAYS_MAX * DAY_MS + HOUR_MS
  })
  .refine(({ least_cents, most_cents }) => least_cents > 0 && least_cents <= most_cents && most_cents <= 2 * least_cents)
export type PurchaseQuestion = z.infer<typeof PurchaseQuestion>

/** As much of a purchase as somebody needs to choose it; all else is told with the receipt, to one counter at a time. */
export const FoundPurchase = z.object({
  number: ReceiptNumber,
  soldAt: Instant,
  storeId: Id,
  /** The name of the till. */
  till: z.string(),
  currency: Currency,
  total_cents: Cents,
  pieces: z.array(z.string()),
})
export type FoundPurchase = z.infer<typeof FoundPurchase>

/** The newest first; `isMore`: others fit as well. */
export const PurchasesFound = z.object({ purchases: z.array(FoundPurchase).max(PURCHASES_MAX), isMore: z.boolean() })
export type PurchasesFound = z.infer<typeof PurchasesFound>
