import { v7 } from 'uuid'
import { metaValue, setMeta } from '../store/meta.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/** The centre this till belongs to. */
export interface HubPlace {
  readonly url: string
  readonly storeId: string
  /** Base64 of the centre's public key: first mirrors and leases are signed with it. */
  readonly hubKey: string
}

/** How far this till and its centre have come with each other. */
export interface Progress {
  /** Names this journal. Another one after the disk was lost, or a copy of this till was found. */
  readonly inc: string
  /** The journal that this one goes on from, since the file was mended: up to there its events have its name. */
  readonly follows: { readonly inc: string; readonly seq: number; readonly hash: string } | null
  readonly gen: string
  /** The centre has everything up to here for good. */
  readonly acked: number
  /** Its verdicts are known up to here. */
  readonly answered: number
  /** Until when the till may sell without a word from the centre; null until it has heard the first. */
  readonly leaseUntil: string | null
  readonly state: 'joined' | 'held' | 'revoked'
  /** This till's clock beside the centre's, in milliseconds; positive: the till is fast. */
  readonly clock_ms: number
  readonly heardAt: string | null
  /** Since when this till knows that its disk has spoiled something of its mirror. */
  readonly spoiledAt: string | null
  /** When the mirror was last fetched anew because of that. */
  readonly renewedAt: string | null
}

export const hubPlace = (db: Reading): HubPlace | null => metaValue<HubPlace>(db, 'hub')

const FIRST: Omit<Progress, 'inc'> = { follows: null, gen: '', acked: 0, answered: 0, leaseUntil: null, state: 'joined', clock_ms: 0, heardAt: null, spoiledAt: null, renewedAt: null }

export const progressOf = (db: Reading): Progress => ({ ...FIRST, inc: '', ...metaValue<Partial<Progress>>(db, 'sync') })

export function saveProgress(db: Writing, change: Partial<Progress>): void {
  setMeta(db, 'sync', { ...progressOf(db), ...change })
}

/**
 * For how long the till may still sell without a word from its centre, by the centre's own clock; below nothing when
 * that is over. Null for a till without a centre, and before the centre's first word.
 */
export function leaseLeft_ms(db: Reading, now_ms: number): number | null {
  const { leaseUntil, clock_ms } = progressOf(db)
  return hubPlace(db) === null || leaseUntil === null ? null : Date.parse(leaseUntil) - (now_ms - clock_ms)
}

/** The till belongs to this centre from now on. Its journal gets a name the first time, and keeps it. */
export function saveHubPlace(db: Writing, place: HubPlace): void {
  setMeta(db, 'hub', place)
  const { inc } = progressOf(db)
  saveProgress(db, { inc: inc === '' ? v7() : inc })
}

export interface Waiting {
  readonly events: number
  readonly sales: number
  readonly returns: number
  /** Since when the oldest of them waits. */
  readonly since: string | null
}

/** What this till did and the centre does not have yet. Where there is no centre, nothing waits. */
export function waitingOf(db: Reading): Waiting {
  if (hubPlace(db) === null) return { events: 0, sales: 0, returns: 0, since: null }
  const { acked } = progressOf(db)
  const counts = sql(db, 'SELECT max(seq) AS last, (SELECT at FROM journal WHERE seq = ?) AS since FROM journal').get(acked + 1) as { last: number | null; since: string | null }
  const booked = sql(db, 'SELECT count(*) AS n FROM booked WHERE book = ? AND seq > ?')
  return {
    events: Math.max(0, (counts.last ?? 0) - acked),
    sales: (booked.get('sales', acked) as { n: number }).n,
    returns: (booked.get('returns', acked) as { n: number }).n,
    since: counts.since,
  }
}
