import { z } from 'zod'
import { Day, Id } from '../../contract/ids.ts'
import { LossWhy } from '../../contract/mark-view.ts'
import { Cents, Currency } from '../../contract/money.ts'
import { looking } from './allowed.ts'

/** Whole days, both included, by the clock on the wall of each store. */
export const Span = z.object({ from: Day, to: Day, storeId: Id.nullable().default(null) })
export type Span = z.infer<typeof Span>

export const RateBy = z.enum(['model', 'lot', 'serials', 'supplier'])
export type RateBy = z.infer<typeof RateBy>

/** Of so many pieces sold, so many came back, and so many of these because something was wrong with them. */
export const RateRow = z.object({
  key: z.string(), name: z.string(), sold: z.int(), returned: z.int(), failed: z.int(), claimed: z.int(),
  /** In basis points of what was sold; null where too few were sold to say anything. */
  returned_bp: z.int().nullable(), failed_bp: z.int().nullable(),
})
export type RateRow = z.infer<typeof RateRow>

const DayAmount = z.object({ day: Day, currency: Currency, pieces: z.int(), sold_cents: Cents, refunded_cents: Cents })
export type DayAmount = z.infer<typeof DayAmount>
const WarrantyRow = z.object({
  key: z.string(), name: z.string(), claims: z.int(), repaired: z.int(), replaced: z.int(), medianDays: z.number().nullable(), open: z.int(),
})
const AgeRow = z.object({ storeId: Id, storeName: z.string(), currency: Currency, bucket: z.enum(['30', '90', '180', '365', 'older']), pieces: z.int(), value_cents: Cents })
const FraudRow = z.object({ day: Day, kind: z.enum(['stolen', 'counterfeit', 'second-return', 'wrong-piece', 'conflict', 'other']), count: z.int(), value_cents: Cents })
const TraceRow = z.object({ day: Day, questions: z.int(), median_ms: z.int(), slowest_ms: z.int() })

/** What left the books and why; `found` is what turned up again, `other` what was not said in a word of ours. */
export const LossKind = z.enum([...LossWhy.options, 'found', 'other'])
export const LossRow = z.object({ why: LossKind, currency: Currency, pieces: z.int(), value_cents: Cents })
export type LossRow = z.infer<typeof LossRow>

/** What a supplier brought; the empty name is a supplier nobody named. */
export const DeliveryRow = z.object({
  supplier: z.string(), received: z.int(), damaged: z.int(), late: z.int(), unannounced: z.int(),
  /** From the notice to the shelf; null where nothing was announced. */
  medianDays: z.number().nullable(),
})
export type DeliveryRow = z.infer<typeof DeliveryRow>

export const reports = {
  rates: looking.input(Span.extend({ by: RateBy })).output(z.array(RateRow)),
  sales: looking.input(Span).output(z.array(DayAmount)),
  warranty: looking.input(Span).output(z.array(WarrantyRow)),
  stockAge: looking.input(Span.pick({ storeId: true })).output(z.array(AgeRow)),
  losses: looking.input(Span).output(z.array(LossRow)),
  deliveries: looking.input(Span).output(z.array(DeliveryRow)),
  frauds: looking.input(Span).output(z.array(FraudRow)),
  /** How long the centre took to answer where a piece is and what happened to it. */
  traceability: looking.input(Span).output(z.array(TraceRow)),
}
