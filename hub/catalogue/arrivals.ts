import { EVERYWHERE, readCursors } from '../../contract/sync/wire.ts'
import type { Arrival } from '../contract/shop-calls.ts'
import type { Query } from '../database.ts'
import { instant } from '../ground.ts'

/** A till that takes part, and up to where it has taken up what all tills must know. */
interface Follower {
  readonly till: string
  readonly name: string
  readonly heard: number | null
}

/** Up to where tills have taken what was sent down their lines, kept so that any process of the centre can say where news has arrived. */
export async function noteHeard(db: Query, heard: readonly { readonly till: string; readonly cursors: string }[], now: string): Promise<void> {
  // The same order in every process: two of them never wait for each other in a circle. A till may hold two lines for a moment.
  const sorted = [...new Map(heard.map((one) => [one.till, one])).values()].sort((a, b) => (a.till < b.till ? -1 : 1))
  if (sorted.length === 0) return
  await db.query(
    `INSERT INTO till_heard (till, cursors, at) SELECT n.till, n.cursors, $1 FROM unnest($2::text[], $3::text[]) AS n (till, cursors)
     ON CONFLICT (till) DO UPDATE SET cursors = excluded.cursors, at = excluded.at`,
    [now, sorted.map(({ till }) => till), sorted.map(({ cursors }) => cursors)],
  )
}

export async function followersOf(db: Query): Promise<Follower[]> {
  const rows = await db.query<{ till: string; name: string; cursors: string | null }>(
    "SELECT d.till, d.name, h.cursors FROM device d LEFT JOIN till_heard h ON h.till = d.till WHERE d.state = 'joined' ORDER BY d.name",
  )
  return rows.map(({ till, name, cursors }) => ({ till, name, heard: cursors === null ? null : (readCursors(cursors)?.[EVERYWHERE] ?? null) }))
}

export const headOfAll = async (db: Query): Promise<number> =>
  (await db.query<{ seq: number }>('SELECT seq FROM feed_head WHERE scope = $1', [EVERYWHERE]))[0]?.seq ?? 0

const NAMES_MAX = 8

/** How far the news with this number has come: a till has it when its line has taken it; one that is not connected does not. */
export function arrivalOf(followers: readonly Follower[], seq: number): Arrival {
  const waiting = followers.filter(({ heard }) => heard === null || heard < seq)
  return { tills: followers.length, arrived: followers.length - waiting.length, waiting: waiting.slice(0, NAMES_MAX).map(({ name }) => name) }
}

interface Noted {
  readonly at: string
  readonly seq: number
}

/** Remembers which number of the feed a change has at the most; asked after its commit. */
export async function noteChange(db: Query, what: string, now_ms: number): Promise<void> {
  const value = JSON.stringify({ at: instant(now_ms), seq: await headOfAll(db) } satisfies Noted)
  await db.query('INSERT INTO hub_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [`changed ${what}`, value])
}

/** The number under which a change went out; 0 for what was there before the centre kept them. */
export async function changesOf(db: Query, prefix: string): Promise<(what: string) => number> {
  const rows = await db.query<{ key: string; value: string }>('SELECT key, value FROM hub_meta WHERE key LIKE $1', [`changed ${prefix}%`])
  const found = new Map(rows.map((row) => [row.key, (JSON.parse(row.value) as Noted).seq]))
  return (what) => found.get(`changed ${what}`) ?? 0
}
