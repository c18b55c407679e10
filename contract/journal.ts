import { z } from 'zod'
import { Id, Instant, Params } from './ids.ts'

/** What every till of a chain reads. One of a program that knows these alone fails on a piece with a line of any other. */
const FIRST_KINDS = [
  'commissioned', 'received', 'stocked', 'moved', 'held', 'released', 'put-in-cart', 'sold', 'voided', 'returned',
  'inspected', 'routed', 'exchanged', 'refunded', 'transferred', 'claimed', 'sent-to-repair', 'back-from-repair',
  'replaced', 'cover-added', 'cover-moved', 'relabelled', 'kitted', 'unkitted', 'counted', 'missed', 'found', 'lost',
  'flagged', 'unflagged', 'checked', 'remedied', 'shipped', 'retired', 'corrected',
  'shift-opened', 'shift-closed', 'settled', 'money-moved', 'drawer-opened', 'credit-issued', 'credit-spent',
  'tag-muted', 'tag-killed', 'authorised', 'cart-voided', 'line-voided', 'price-changed', 'gate-passed',
  'kiosk-let-go', 'clock-set-right', 'tested',
  'activation-asked', 'activated', 'activation-failed', 'activation-postponed', 'activation-dropped', 'authority-asked',
] as const
export const isFirstKind = (kind: string): boolean => (FIRST_KINDS as readonly string[]).includes(kind)

/**
 * The closed vocabulary of what can happen to a unit or a till. What happens to a unit is mapped to EPCIS 2.0 / CBV 2.0;
 * what happens to the money of a till is no event of any piece.
 */
export const EventKind = z.enum([...FIRST_KINDS, 'to-be-sent', 'packed', 'delivered', 'came-back', 'lost-under-way'])
export type EventKind = z.infer<typeof EventKind>

/** One line of a unit's life. `params` fill the sentence `event.<kind>` of the words. */
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

/** The kind of a line that only a newer program has a name for. */
export const NEWER_KIND = 'of-newer-program'

/** One line of a unit's life as a person reads it: one that only a newer program understands is there too, and says so. */
export const LifeLine = TimelineEntry.extend({ kind: EventKind.or(z.literal(NEWER_KIND)) })
export type LifeLine = z.infer<typeof LifeLine>

export const lifeKindOf = (kind: string): LifeLine['kind'] => EventKind.safeParse(kind).data ?? NEWER_KIND

/** The lines from which something follows for the piece. */
export const isUnderstood = (line: LifeLine): line is TimelineEntry => line.kind !== NEWER_KIND
