import { z } from 'zod'
import { Id, Instant, Params } from './ids.ts'

/**
 * The closed vocabulary of what can happen to a unit or a till. What happens to a unit is mapped to EPCIS 2.0 / CBV 2.0;
 * what happens to the money of a till is no event of any piece.
 */
export const EventKind = z.enum([
  'commissioned', 'received', 'stocked', 'moved', 'held', 'released', 'put-in-cart', 'sold', 'voided', 'returned',
  'inspected', 'routed', 'exchanged', 'refunded', 'transferred', 'claimed', 'sent-to-repair', 'back-from-repair',
  'replaced', 'cover-added', 'cover-moved', 'relabelled', 'kitted', 'unkitted', 'counted', 'missed', 'found', 'lost',
  'flagged', 'unflagged', 'checked', 'remedied', 'shipped', 'retired', 'corrected',
  'shift-opened', 'shift-closed', 'settled', 'money-moved', 'drawer-opened', 'credit-issued', 'credit-spent',
  'tag-muted', 'tag-killed', 'authorised', 'cart-voided', 'line-voided', 'price-changed', 'gate-passed',
  'kiosk-let-go', 'clock-set-right', 'tested',
  'to-be-sent', 'packed', 'delivered', 'came-back', 'lost-under-way',
  'activation-asked', 'activated', 'activation-failed', 'activation-postponed', 'activation-dropped', 'authority-asked',
])
export type EventKind = z.infer<typeof EventKind>

/** One line of a unit's life, as a person reads it. `params` fill the sentence `event.<kind>` of the words. */
export const TimelineEntry = z.object({
  at: Instant,
  kind: EventKind,
  storeId: Id.nullable(),
  storeName: z.string().nullable(),
  who: z.string().nullable(),
  params: Params,
  /** False while only this till knows it. */
  atHub: z.boolean(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>
