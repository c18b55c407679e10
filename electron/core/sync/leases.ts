import { setTimeout } from 'node:timers/promises'
import { later } from '../../../contract/days.ts'
import type { ClaimAim, ClaimReply } from '../../../contract/sync/wire.ts'
import { toldFacts } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { Errands } from './errands.ts'
import { unitsAtTerminal } from './coming-back.ts'
import { bearLineTrouble } from './line-trouble.ts'
import { progressOf } from './progress.ts'

interface ClaimRow {
  readonly unit_id: string
  readonly state: 'ours' | 'held' | 'gone'
  readonly until: string
  readonly who: string
}

/** How long a word of the centre about a unit that another has is believed. */
const BELIEVED_MS = 120_000

/**
 * Another till has the unit on its counter, as the centre said; null: not that we know. `isSold`: as far as this till
 * knows. Where it knows by now what the centre told ahead of the rows, that word has done its work.
 */
export function elsewhere(db: Reading, unitId: string, now: string, isSold: boolean): { till: string } | null {
  const row = sql(db, "SELECT * FROM unit_claims WHERE unit_id = ? AND state <> 'ours'").get(unitId) as ClaimRow | undefined
  if (!row || row.until <= now) return null
  if (row.state === 'held') return { till: row.who }
  // Sold or taken back a moment ago; the row that says where is on its way.
  return row.who === (isSold ? 'not-sold' : 'sold') ? { till: '…' } : null
}

export function keepClaim(db: Writing, unitId: string, reply: ClaimReply, now: string): void {
  const row =
    reply.is === 'yours'
      ? { state: 'ours', token: reply.token, until: reply.until, who: '' }
      : reply.is === 'held'
        ? { state: 'held', token: null, until: reply.until, who: reply.till }
        : { state: 'gone', token: null, until: later(now, BELIEVED_MS), who: reply.why }
  sql(
    db,
    `INSERT INTO unit_claims (unit_id, state, token, until, who) VALUES (@unitId, @state, @token, @until, @who)
     ON CONFLICT (unit_id) DO UPDATE SET state = excluded.state, token = excluded.token, until = excluded.until, who = excluded.who`,
  ).run({ unitId, ...row })
}

/** Forgets what the centre told under a date that was wrong: it would be believed until that date comes. */
export function forgetGoneAhead(db: Writing, now: string): void {
  sql(db, "DELETE FROM unit_claims WHERE state = 'gone' AND until > ?").run(later(now, BELIEVED_MS))
}

/** Pieces in carts here, and those whose money is on its way at a terminal. */
const IN_HAND = 'SELECT unit_id FROM holds WHERE until > @now UNION SELECT value FROM json_each(@atTerminal)'

/** Units in hand here of which the centre was not asked yet, or whose lease is half over. */
function toAsk(db: Reading, now: string, renewBefore: string): string[] {
  const rows = sql(
    db,
    `SELECT h.unit_id AS id FROM (${IN_HAND}) h LEFT JOIN unit_claims c ON c.unit_id = h.unit_id
     WHERE c.unit_id IS NULL OR c.until < @renewBefore ORDER BY h.unit_id LIMIT 100`,
  ).all({ now, renewBefore, atTerminal: JSON.stringify(unitsAtTerminal(db)) }) as { id: string }[]
  return rows.map(({ id }) => id)
}

/**
 * The lease of a unit that is not in hand here any more, and not in `spared`. One under which a piece was sold is kept until
 * the centre knows of the sale: given back before, it would let another till sell the same piece.
 */
function toRelease(db: Reading, now: string, spared: readonly string[]): { id: string; state: string; until: string } | undefined {
  return sql(
    db,
    `SELECT c.unit_id AS id, c.state, c.until FROM unit_claims c
     WHERE (c.state = 'ours' OR c.until < @now) AND c.unit_id NOT IN (${IN_HAND}) AND c.unit_id NOT IN (SELECT value FROM json_each(@spared))
       AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.unit_id = c.unit_id AND j.seq > @acked) LIMIT 1`,
  ).get({ now, acked: progressOf(db).acked, atTerminal: JSON.stringify(unitsAtTerminal(db)), spared: JSON.stringify(spared) }) as { id: string; state: string; until: string } | undefined
}

/** The last thing that happened to the unit at this till; 0: nothing. */
const lastOf = (db: Reading, unitId: string): number =>
  (sql(db, 'SELECT coalesce(max(seq), 0) AS seq FROM journal WHERE unit_id = ?').get(unitId) as { seq: number }).seq

/** Something this till did to the unit, and that changed what is true of it, is not at the centre yet. */
function isUntold(db: Reading, unitId: string): boolean {
  const { acked } = progressOf(db)
  const changing = "SELECT 1 FROM journal WHERE unit_id = ? AND seq > ? AND json_extract(body, '$.facts') IS NOT NULL LIMIT 1"
  return sql(db, changing).get(unitId, acked) !== undefined
}

export interface Asks {
  claim(unitId: string, to: ClaimAim, signal?: AbortSignal): Promise<ClaimReply>
  /** Gives back what the centre said last: a lease until that instant. */
  release(unitId: string, until: string, signal?: AbortSignal): Promise<void>
}

const RENEW_MS = 60_000
const REPLY_MS_MAX = 10_000
/** So many in one go. */
const RELEASED_MAX = 100
/** From the last look before money moves to the money, no lease is given back; the look itself ends long before. */
const LOOKED_MS = 5_000

/**
 * Keeps the leases of what is in the carts of this till: asked for after the scan, never before it, so a slow centre
 * delays no beep. What cannot be asked goes by the offline rule.
 */
export class Leases {
  readonly #ground: Ground
  readonly #asks: () => Asks | null
  readonly #told: () => void
  readonly #errands: Errands
  #isKeeping = false
  /** When somebody pressed the key that moves money for these units. */
  readonly #looked = new Map<string, number>()
  /** What is being given back at this moment: it is asked for again only after that. */
  readonly #givingBack = new Map<string, Promise<void>>()

  constructor(ground: Ground, asks: () => Asks | null, told: () => void, errands: Errands) {
    this.#ground = ground
    this.#asks = asks
    this.#told = told
    this.#errands = errands
  }

  /** Something in the carts may have changed. */
  kick(): void {
    if (this.#isKeeping || this.#asks() === null) return
    this.#isKeeping = true
    this.#errands.run(() => this.#keep().finally(() => void (this.#isKeeping = false)))
  }

  /**
   * Before money is taken: the leases of these units, asked for or renewed now, and waited for no longer than this. An
   * answer that comes later is heard all the same: the centre may have given the lease, or told who has it.
   */
  async confirm(unitIds: readonly string[], within_ms: number): Promise<void> {
    const asks = this.#asks()
    if (asks === null || unitIds.length === 0) return
    for (const unitId of unitIds) this.#looked.set(unitId, performance.now())
    const waiting = new AbortController()
    const late = setTimeout(within_ms, undefined, { signal: waiting.signal }).catch(() => undefined)
    await Promise.race([late, Promise.all(unitIds.map((unitId) => this.#confirmOne(asks, unitId)))])
    waiting.abort()
    this.#told()
  }

  #confirmOne(asks: Asks, unitId: string): Promise<void> {
    return this.#errands.over(async () => {
      await this.#givingBack.get(unitId)
      await askFor(this.#ground, asks, unitId, AbortSignal.any([this.#errands.signal, AbortSignal.timeout(REPLY_MS_MAX)])).then(this.#told, bearLineTrouble)
    })
  }

  /** Those whose money may move at this moment. */
  #spared(): string[] {
    const since_ms = performance.now() - LOOKED_MS
    for (const [unitId, at_ms] of this.#looked) if (at_ms < since_ms) this.#looked.delete(unitId)
    return [...this.#looked.keys()]
  }

  async #keep(): Promise<void> {
    const asks = this.#asks()
    if (asks === null) return
    const release: Asks['release'] = (unitId, until, stop) => {
      const going = asks.release(unitId, until, stop).finally(() => this.#givingBack.delete(unitId))
      this.#givingBack.set(unitId, going.catch(() => undefined))
      return going
    }
    try {
      if (await keepLeases(this.#ground, { claim: asks.claim.bind(asks), release }, this.#errands.signal, () => this.#spared())) this.#told()
    } catch (error) {
      // Not reached: the rule for offline holds, and the next change of a cart asks again.
      bearLineTrouble(error)
    }
  }
}

/** Asks for what is in hand and lets go of what is not any more, but for what is `spared`. Answers whether anything was asked. */
export async function keepLeases(ground: Ground, asks: Asks, stop?: AbortSignal, spared: () => readonly string[] = () => []): Promise<boolean> {
  const { store } = ground
  const now = ground.clock.now()
  const due = toAsk(store.reading, instant(now), instant(now + RENEW_MS))
  const within = (): AbortSignal => AbortSignal.any([...(stop === undefined ? [] : [stop]), AbortSignal.timeout(REPLY_MS_MAX)])
  for (const unitId of due) await askFor(ground, asks, unitId, within())
  // Looked up anew for each: while one is given back, another may come to be in hand.
  for (let most = RELEASED_MAX; most > 0; most -= 1) {
    const free = toRelease(store.reading, ground.now(), spared())
    if (free === undefined) break
    store.write((db) => sql(db, 'DELETE FROM unit_claims WHERE unit_id = ?').run(free.id))
    if (free.state === 'ours') await asks.release(free.id, free.until, stop)
  }
  return due.length > 0
}

/**
 * Asks for the lease of one piece, to sell what this till knows as the shop's and to take back what it knows as sold,
 * and keeps what was said. Of a piece that it sold or took back itself, and has not told yet, it knows more than the
 * centre: that one it does not ask for. Rejects when the centre is not reached.
 */
export async function askFor(ground: Ground, asks: Asks, unitId: string, signal?: AbortSignal): Promise<void> {
  const db = ground.store.reading
  if (isUntold(db, unitId)) return
  const before = lastOf(db, unitId)
  const title = toldFacts(ground.mirror, db, unitId)?.title.is
  const to = title === 'sold' || title === 'transferred' ? 'take-back' : 'sell'
  const reply = await asks.claim(unitId, to, signal)
  // A centre of an older version knows of sales only: what it says of a refund is no answer.
  if (to === 'take-back' && reply.is === 'gone' && reply.why === 'sold') return
  // A late answer: what was done here meanwhile is newer. A lease that was given is kept, so that it can be given back.
  if (reply.is !== 'yours' && lastOf(ground.store.reading, unitId) !== before) return
  ground.store.write((db) => keepClaim(db, unitId, reply, instant(ground.clock.now())))
}

const instant = (ms: number): string => new Date(ms).toISOString()
