import { z } from 'zod'
import { Id, Instant, Params } from '../ids.ts'

/**
 * The line to the centre as the screen tells it. `alone`: this till has no centre. `catching-up`: it is reached, and
 * there is more to hear. `unreached`: tried and not there; sales go on. `held`: a person of the centre has to look at
 * this till first. `revoked`: the centre does not talk to it any more.
 */
export const SyncState = z.enum(['alone', 'connecting', 'catching-up', 'up-to-date', 'unreached', 'held', 'revoked', 'too-old'])
export type SyncState = z.infer<typeof SyncState>

export const SyncView = z.object({
  state: SyncState,
  /** What is not at the centre yet. */
  waiting: z.object({ events: z.int(), sales: z.int(), returns: z.int(), since: Instant.nullable() }),
  heardAt: Instant.nullable(),
  /** Two facts that do not fit, which nobody has settled yet. */
  conflicts: z.int(),
  /**
   * A remark a person has to read: a copy of this till, a clock that is wrong, a lease that ended, a customer whom the
   * centre does not take, a key that does not open on this computer, a disk that has spoiled lives of pieces, once or
   * again in what was fetched anew.
   */
  remark: z.enum(['copy-found', 'older-than-centre', 'clock-wrong', 'lease-ending', 'lease-over', 'customer-left-off', 'key-elsewhere', 'lives-spoiled', 'disk-spoils']).nullable(),
  /** Bytes of a first mirror that have come, of how many; null where none is being fetched. */
  fetching: z.object({ bytes: z.int(), of: z.int() }).nullable(),
})
export type SyncView = z.infer<typeof SyncView>

/** Why two facts do not fit. Words: `conflict.<kind>`. A newer centre may know more. */
export const CONFLICT_KINDS = [
  'double-sale', 'sold-over-claim', 'refund-over-claim', 'sold-while-stolen', 'sold-while-recalled', 'unknown-unit', 'double-refund', 'refund-of-unsold',
  'refund-other-sale', 'void-of-other-sale', 'transfer-of-unsold', 'facts-differ',
] as const

/** One side of a case, as far as it is known. */
export const CaseSide = z.object({
  till: z.string().nullable(),
  store: z.string().nullable(),
  at: Instant.nullable(),
  who: z.string().nullable(),
  receipt: z.string().nullable(),
  kind: z.string(),
})
export type CaseSide = z.infer<typeof CaseSide>

export const SyncCase = z.object({
  caseId: Id,
  unitId: Id,
  kind: z.string(),
  product: z.string(),
  number: z.string(),
  openedAt: Instant,
  closed: z.object({ at: Instant, by: z.string(), how: z.string() }).nullable(),
  /** What the centre held for true, and what the till said that came second. */
  a: CaseSide.nullable(),
  b: CaseSide,
  /** Ways to settle it that fit, each with words. */
  ways: z.array(z.enum(['keep-first', 'keep-second', 'wrong-scan', 'fraud'])),
})
export type SyncCase = z.infer<typeof SyncCase>

/** One line of the queue: an event that is not at the centre yet. */
export const QueueLine = z.object({ seq: z.int(), at: Instant, kind: z.string(), text: z.string(), params: Params })
export type QueueLine = z.infer<typeof QueueLine>

export const SyncPanel = z.object({
  view: SyncView,
  hub: z.string().nullable(),
  queue: z.array(QueueLine),
  cases: z.array(SyncCase),
})
export type SyncPanel = z.infer<typeof SyncPanel>

/** A till that belongs to no centre: nothing waits, nothing is heard. */
export const ALONE: SyncView = {
  state: 'alone', waiting: { events: 0, sales: 0, returns: 0, since: null }, heardAt: null, conflicts: 0, remark: null, fetching: null,
}
