import type { JournalBatch, SentEvent } from '../../contract/sync/wire.ts'
import { BATCH_BYTES_MAX } from '../../contract/sync/wire.ts'
import { LostRace, prepared, type Query } from '../database.ts'
import { instant, type HubGround } from '../ground.ts'
import { Refusal } from '../server.ts'
import { brokenAt, CHAIN_START } from './chain.ts'
import { beginFollowing } from './mended-till.ts'

export interface Head {
  readonly till: string
  readonly inc: string
  readonly seq: number
  readonly hash: string
  readonly applied: number
  readonly held: boolean
  readonly base_seq: number
  readonly base_hash: string
  /** The journal that goes on from this one: under this name nothing more is taken. */
  readonly followed_by: string | null
}

export interface Received {
  readonly inc: string
  readonly head: number
  readonly want: number | null
  /** The name under which a copy goes on. */
  readonly fork: string | null
}

/**
 * T1: takes a piece of a till's chain, exactly once, in one transaction on one shard. What is here already changes
 * nothing; what is ahead of the head is asked for again from there; what differs from what is here is a copy of the
 * till, and is kept under a name of its own. Refuses a chain that does not follow from itself.
 */
export async function receive(ground: Pick<HubGround, 'db' | 'now_ms'>, till: string, batch: JournalBatch): Promise<Received> {
  const bytes = batch.events.reduce((sum, event) => sum + Buffer.byteLength(event.body), 0)
  if (bytes > BATCH_BYTES_MAX && batch.events.length > 1) throw new Refusal(413, 'too-large')
  const broken = brokenAt(batch.prevSeq, batch.prevHash, batch.events)
  if (broken !== null) throw new Refusal(422, 'broken-chain')
  const now = instant(ground.now_ms())
  return (await next(ground.db, till, batch, now)) ?? ground.db.transaction((tx) => take(tx, till, batch, now))
}

/** Head, lines and evidence at once, where the head stands exactly before them; repeated, it finds that it does not. */
const NEXT = prepared(
  `WITH head AS (
     UPDATE register_head SET seq = $4, hash = $5 WHERE till = $1 AND inc = $2 AND seq = $3 AND hash = $6 AND followed_by IS NULL RETURNING till, inc
   ), line AS (
     INSERT INTO journal (till, inc, seq, id, kind, unit_id, at, hash, body, received_at)
     SELECT head.till, head.inc, n.seq, n.id, n.kind, n.unit_id, n.at, n.hash, n.body, $8
     FROM head, unnest($9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
       AS n (seq, id, kind, unit_id, at, hash, body)
   ), evidence AS (
     INSERT INTO batch (till, inc, last_seq, last_hash, signature, received_at)
     SELECT head.till, head.inc, $4, $5, $7, $8 FROM head ON CONFLICT DO NOTHING
   )
   SELECT till FROM head`,
)

/** What nearly every batch is: the next piece of a chain that is known. One statement; null where it is anything else. */
async function next(db: Query, till: string, batch: JournalBatch, now: string): Promise<Received | null> {
  const last = batch.events.at(-1)
  if (!last) return null
  const { inc, prevSeq, prevHash, events, signature } = batch
  const taken = await db.query(NEXT, [till, inc, prevSeq, last.seq, last.hash, prevHash, signature, now, ...columnsOf(events)])
  return taken.length === 1 ? { inc, head: last.seq, want: null, fork: null } : null
}

/** The events of a batch by columns: sequence, id, kind, unit, time, hash, body. */
function columnsOf(events: readonly SentEvent[]): (string | number | null)[][] {
  const parts = events.map((event) => partsOf(event.body))
  return [
    events.map((event) => event.seq), parts.map((part) => part.id), parts.map((part) => part.kind), parts.map((part) => part.unitId),
    parts.map((part) => part.at), events.map((event) => event.hash), events.map((event) => event.body),
  ]
}

async function take(tx: Query, till: string, batch: JournalBatch, now: string): Promise<Received> {
  if (batch.follows !== undefined) await beginFollowing(tx, till, batch.inc, batch.follows)
  await tx.query(
    `INSERT INTO register_head (till, inc, seq, hash, applied, base_hash) VALUES ($1, $2, 0, $3, 0, $3) ON CONFLICT (till, inc) DO NOTHING`,
    [till, batch.inc, CHAIN_START],
  )
  const head = await lockedHead(tx, till, batch.inc)
  const { prevSeq, prevHash, events } = batch
  const last = prevSeq + events.length
  if (prevSeq > head.seq) return { inc: batch.inc, head: head.seq, want: head.seq, fork: null }
  const here = await hashesHere(tx, head, prevSeq, Math.min(last, head.seq))
  if (here.get(prevSeq) !== prevHash) return parting(head, prevSeq)
  const differs = events.find((event) => event.seq <= head.seq && here.get(event.seq) !== event.hash)
  if (differs) return fork(tx, till, batch, differs, now)
  const fresh = events.filter((event) => event.seq > head.seq)
  if (head.followed_by !== null && fresh[0] !== undefined) return fork(tx, till, batch, fresh[0], now)
  if (fresh.length > 0) await append(tx, head, fresh, batch.signature, now)
  return { inc: batch.inc, head: Math.max(head.seq, last), want: null, fork: null }
}

/** Two histories differ somewhere before what was sent: the till goes back until both agree, at the latest at the start. */
const parting = (head: Head, prevSeq: number): Received => ({
  inc: head.inc, head: head.seq, want: Math.max(head.base_seq, Math.min(prevSeq - 500, head.seq)), fork: null,
})

async function lockedHead(tx: Query, till: string, inc: string): Promise<Head> {
  const rows = await tx.query<Head>('SELECT * FROM register_head WHERE till = $1 AND inc = $2 FOR UPDATE', [till, inc])
  const head = rows[0]
  if (!head) throw new LostRace('a head that was just made')
  return head
}

async function hashesHere(tx: Query, head: Head, from: number, to: number): Promise<Map<number, string>> {
  const rows = await tx.query<{ seq: number; hash: string }>(
    'SELECT seq, hash FROM journal WHERE till = $1 AND inc = $2 AND seq >= $3 AND seq <= $4', [head.till, head.inc, from, to],
  )
  return new Map([[head.base_seq, head.base_hash], ...rows.map((row) => [row.seq, row.hash] as const)])
}

async function append(tx: Query, head: Pick<Head, 'till' | 'inc' | 'seq' | 'hash'>, events: readonly SentEvent[], signature: string, now: string): Promise<void> {
  const last = events.at(-1)
  if (!last) return
  await tx.query(
    `INSERT INTO journal (till, inc, seq, id, kind, unit_id, at, hash, body, received_at)
     SELECT $1, $2, n.seq, n.id, n.kind, n.unit_id, n.at, n.hash, n.body, $3
     FROM unnest($4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[]) AS n (seq, id, kind, unit_id, at, hash, body)`,
    [head.till, head.inc, now, ...columnsOf(events)],
  )
  await tx.query('INSERT INTO batch VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING', [head.till, head.inc, last.seq, last.hash, signature, now])
  const moved = await tx.touch(
    'UPDATE register_head SET seq = $3, hash = $4 WHERE till = $1 AND inc = $2 AND seq = $5 AND hash = $6',
    [head.till, head.inc, last.seq, last.hash, head.seq, head.hash],
  )
  if (moved !== 1) throw new LostRace('the head of a journal')
}

/** For looking things up. A body that cannot be read is kept as well: it is chained, and somebody has to look at it. */
function partsOf(body: string): { id: string; kind: string; unitId: string | null; at: string } {
  try {
    const read = JSON.parse(body) as Record<string, unknown>
    const text = (name: string): string | null => (typeof read[name] === 'string' ? read[name].slice(0, 64).replaceAll('\0', '') : null)
    return { id: text('id') ?? '', kind: text('kind') ?? 'unreadable', unitId: text('unitId'), at: text('at') ?? '' }
  } catch {
    return { id: '', kind: 'unreadable', unitId: null, at: '' }
  }
}

/**
 * The same till twice: a restored backup, a copied disk. The branch that came second goes on under a name that follows
 * from its first own event, so that sending it again finds the same place. It is kept and not applied, and the till is
 * held, until a person has looked.
 */
async function fork(tx: Query, till: string, batch: JournalBatch, first: SentEvent, now: string): Promise<Received> {
  const inc = `${batch.inc.slice(0, 40)}.${first.hash.slice(0, 12)}`
  const base = first.seq - 1
  const baseHash = base === batch.prevSeq ? batch.prevHash : (batch.events.find((event) => event.seq === base)?.hash ?? batch.prevHash)
  await tx.query(
    `INSERT INTO register_head (till, inc, seq, hash, applied, held, base_seq, base_hash, forked_from)
     VALUES ($1, $2, $3, $4, $3, true, $3, $4, $5) ON CONFLICT (till, inc) DO NOTHING`,
    [till, inc, base, baseHash, batch.inc],
  )
  const head = await lockedHead(tx, till, inc)
  const fresh = batch.events.filter((event) => event.seq > head.seq)
  if (fresh.length > 0 && fresh[0]?.seq === head.seq + 1) await append(tx, head, fresh, batch.signature, now)
  await tx.touch("UPDATE device SET state = 'held', state_why = $2 WHERE till = $1 AND state = 'joined'", [till, `copy of ${batch.inc} from event ${first.seq}`])
  return { inc, head: Math.max(head.seq, batch.events.at(-1)?.seq ?? head.seq), want: null, fork: inc }
}
