import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { TenderKind } from './unit.ts'

export const TenderTotal = z.object({ kind: TenderKind, in_cents: Cents, out_cents: Cents, count: z.int() })

/** The open shift of this till: what the drawer should hold, and what was done since it was opened. */
export const ShiftView = z.discriminatedUnion('at', [
  z.object({
    at: z.literal('closed'),
    /** How the last shift ended: what should have been there, what was counted, and its report. */
    last: z
      .object({
        closedAt: Instant,
        closedBy: z.string(),
        expected_cents: Cents,
        counted_cents: Cents,
        difference_cents: Cents,
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
    tenders: z.array(TenderTotal),
    expectedCash_cents: Cents,
  }),
])
export type ShiftView = z.infer<typeof ShiftView>

export const ShiftAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('open'), float_cents: Cents }),
  z.object({ do: z.literal('close'), counted_cents: Cents }),
])
export type ShiftAction = z.infer<typeof ShiftAction>
