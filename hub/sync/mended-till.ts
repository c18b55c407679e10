import { type JournalBatch, type OwnJournal, BATCH_BYTES_MAX, BATCH_EVENTS_MAX, type SentEvent } from '../../contract/sync/wire.ts'
import type { Query } from '../database.ts'
import { instant, type HubGround } from '../ground.ts'
import { Refusal } from '../server.ts'
import { CHAIN_START } from './chain.ts'
import { freeCode, lettersTaken, oneByOne } from './devices.ts'

interface Ancestry {
  readonly inc: string
  readonly seq: number
  readonly base_seq: number
  readonly forked_from: string | null
}

/**
 * What a till's own journal is here, from its first event on: for a till whose file was damaged, and which goes on from
 * the later of what it can still read and what came here. Events that an earlier incarnation sent come under its name.
 */
export async function ownJournal(db: Query, gen: string, till: string, inc: string, after: number): Promise<OwnJournal> {
  const names = await ancestry(db, till, inc)
  const head = names.at(0)?.seq ?? 0
  const events: SentEvent[] = []
  let bytes = 0
  for (const [index, { inc: name, base_seq }] of [...names.entries()].reverse()) {
    const to = index === 0 ? head : (names[index - 1]?.base_seq ?? 0)
    const from = Math.max(after + events.length, base_seq)
    if (from >= to) continue
    const rows = await db.query<SentEvent>(
      'SELECT seq, hash, body FROM journal WHERE till = $1 AND inc = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT $5', [till, name, from, to, BATCH_EVENTS_MAX - events.length],
    )
    for (const row of rows) {
      bytes += Buffer.byteLength(row.body)
      if (bytes > BATCH_BYTES_MAX && events.length > 0) return { gen, head, events }
      events.push(row)
    }
    if (events.length >= BATCH_EVENTS_MAX) break
  }
  return { gen, head, events }
}

/** A journal and those it goes on from, the newest first. */
async function ancestry(db: Query, till: string, inc: string): Promise<Ancestry[]> {
  const rows = await db.query<Ancestry>('SELECT inc, seq, base_seq, forked_from FROM register_head WHERE till = $1', [till])
  const byName = new Map(rows.map((row) => [row.inc, row]))
  const names: Ancestry[] = []
  for (let next = byName.get(inc); next !== undefined && !names.includes(next); next = byName.get(next.forked_from ?? '')) names.push(next)
  return names
}

/** The journals that one goes on from, each with the last of its events that is in this one too. */
export async function sharedWith(db: Query, till: string, inc: string): Promise<Map<string, number>> {
  const shared = new Map<string, number>()
  let last = Number.POSITIVE_INFINITY
  for (const { inc: name, base_seq } of await ancestry(db, till, inc)) {
    if (name !== inc) shared.set(name, last)
    last = Math.min(last, base_seq)
  }
  return shared
}

/**
 * Other letters for a till that cannot know which numbers it has given. Its old ones are given to nobody again. Refuses
 * a till that does not take part.
 */
export function newLetters(ground: Pick<HubGround, 'db' | 'now_ms'>, till: string): Promise<string> {
  return ground.db.transaction(async (tx) => {
    await oneByOne(tx)
    const device = (await tx.query<{ code: string; state: string }>('SELECT code, state FROM device WHERE till = $1 FOR UPDATE', [till]))[0]
    if (device?.state !== 'joined') throw new Refusal(403, 'held')
    const letters = freeCode(device.code, await lettersTaken(tx))
    await tx.query('INSERT INTO letters_given (code, till, until) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING', [device.code, till, instant(ground.now_ms())])
    await tx.touch('UPDATE device SET code = $2 WHERE till = $1', [till, letters])
    return letters
  })
}

/**
 * The first word of a mended till's new incarnation: it begins behind the last event of the journal it goes on from,
 * which takes nothing more. Where this centre was itself put back to an older day it begins at what is here of it, and
 * is sent the rest again. False: the other journal went on meanwhile, so this is a copy, and a person looks.
 */
export async function beginFollowing(tx: Query, till: string, inc: string, follows: NonNullable<JournalBatch['follows']>): Promise<boolean> {
  const known = await tx.query('SELECT inc FROM register_head WHERE till = $1 AND inc = $2', [till, inc])
  if (known.length > 0) return true
  const [before] = await tx.query<{ seq: number; hash: string; followed_by: string | null }>(
    'SELECT seq, hash, followed_by FROM register_head WHERE till = $1 AND inc = $2 FOR UPDATE', [till, follows.inc],
  )
  const seq = before?.seq ?? 0
  const hash = before?.hash ?? CHAIN_START
  const isFree = (before?.followed_by ?? null) === null && seq <= follows.seq && (seq < follows.seq || hash === follows.hash)
  await tx.query(
    `INSERT INTO register_head (till, inc, seq, hash, applied, held, base_seq, base_hash, forked_from)
     VALUES ($1, $2, $3, $4, $3, $5, $3, $4, $6) ON CONFLICT (till, inc) DO NOTHING`,
    [till, inc, isFree ? seq : follows.seq, isFree ? hash : follows.hash, !isFree, follows.inc],
  )
  if (isFree && before !== undefined) await tx.touch('UPDATE register_head SET followed_by = $3 WHERE till = $1 AND inc = $2', [till, follows.inc, inc])
  if (!isFree) await tx.touch("UPDATE device SET state = 'held', state_why = $2 WHERE till = $1 AND state = 'joined'", [till, `copy of ${follows.inc} from event ${follows.seq + 1}`])
  return isFree
}
