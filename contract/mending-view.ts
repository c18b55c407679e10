import { z } from 'zod'
import { Instant } from './ids.ts'

/** What a file of the shop holds, as far as it can be read. */
export const Reach = z.object({
  receipts: z.int(),
  /** The number and the moment of its last sale. */
  lastReceipt: z.string().nullable(),
  lastAt: Instant.nullable(),
  events: z.int(),
})
export type Reach = z.infer<typeof Reach>

/**
 * `save`: what can be read, with what the centre and the newest copy have beside. `copy`: the newest copy, with what the
 * centre has beside. `empty`: a till without a past, where nothing else is left.
 */
export const MendWay = z.enum(['save', 'copy', 'empty'])
export type MendWay = z.infer<typeof MendWay>

/** What was saved, what was not, and how the till goes on. */
export const MendReport = z.object({
  at: Instant,
  way: MendWay,
  /** Where the damaged file lies now. */
  aside: z.string(),
  kept: Reach,
  /** Events that only the centre had, that stood behind a gap and were written down again, and that nobody has. */
  eventsFromCentre: z.int(),
  eventsAgain: z.int(),
  eventsLost: z.int(),
  /** Tables of which not every row could be read. */
  notWhole: z.array(z.string()),
  /** Set where numbers may have been given that nobody knows of: these letters stand in front of all that come now. */
  letters: z.object({ before: z.string(), now: z.string() }).nullable(),
})
export type MendReport = z.infer<typeof MendReport>

/** The precious file is damaged: nothing is sold before a person has chosen how to go on. */
export const MendingView = z.object({
  what: z.enum(['damaged', 'emptied']),
  /** What SQLite says. */
  detail: z.string(),
  /** The address of the centre; null for a till without one. */
  centre: z.string().nullable(),
  /** What can be read of the damaged file; null: nothing. */
  damaged: Reach.nullable(),
  /** The newest copy that was checked. */
  copy: Reach.extend({ day: z.string() }).nullable(),
  ways: z.array(MendWay),
  /** The same for whoever is asked for help, as text. */
  support: z.string(),
})
export type MendingView = z.infer<typeof MendingView>
