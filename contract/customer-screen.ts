import { z } from 'zod'
import { Id, Language } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { TerminalProgress } from './sale-view.ts'

/** A line as the customer reads it: what it is and what it costs. */
export const CustomerLine = z.object({
  lineId: Id,
  name: z.string(),
  variant: z.string(),
  quantity: z.int(),
  discount_cents: Cents,
  total_cents: Cents,
})
export type CustomerLine = z.infer<typeof CustomerLine>

/** The tax that leads from the lines to the total; null where the lines have it in them. */
const OnTop = Cents.nullable()

/**
 * What the customer's screen shows. It is a view of its own and no part of the desk's: no name of staff, no verdict, no
 * remark and no number of a piece is in it, so none can be shown by mistake.
 */
export const CustomerScreen = z.object({
  shop: z.string(),
  language: Language,
  currency: Currency,
  show: z.discriminatedUnion('at', [
    z.object({ at: z.literal('idle') }),
    z.object({ at: z.literal('cart'), lines: z.array(CustomerLine), tax_cents: OnTop, total_cents: Cents }),
    z.object({
      at: z.literal('to-pay'),
      lines: z.array(CustomerLine),
      tax_cents: OnTop,
      total_cents: Cents,
      given_cents: Cents,
      due_cents: Cents,
      /** What to do at the card terminal; null while it is not asked. */
      card: TerminalProgress.nullable(),
    }),
    z.object({ at: z.literal('paid'), total_cents: Cents, given_cents: Cents, change_cents: Cents }),
  ]),
})
export type CustomerScreen = z.infer<typeof CustomerScreen>
