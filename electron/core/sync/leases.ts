import { later } from '../../../contract/days.ts'
import type { ClaimAim, ClaimReply } from '../../../contract/sync/wire.ts'
import { toldFacts } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { Errands } from './errands.ts'
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

/** Units in carts here of which the centre was not asked yet, or whose lease is half over. */
function toAsk(db: Reading, now: string, renewBefore: string): string[] {
  const rows = sql(
    db,
    `SELECT h.unit_id AS id FROM holds h LEFT JOIN unit_claims c ON c.unit_id = h.unit_id
     WHERE h.until > ? AND (c.unit_id IS NULL OR c.until < ?) ORDER BY h.unit_id LIMIT 100`,
  ).all(now, renewBefore) as { id: string }[]
  return rows.map(({ id }) => id)
}

/**
 * Leases of units that are in no cart here any more. One under which a piece was sold is kept until the centre knows of
 * the sale: given back before, it would let another till sell the same piece.
 */
function toRelease(db: Reading, now: string): { id: string; ours: boolean }[] {
  const rows = sql(
    db,
    `SELECT c.unit_id AS id, c.state FROM unit_claims c LEFT JOIN holds h ON h.unit_id = c.unit_id AND h.until > @now
     WHERE h.unit_id IS NULL AND (c.state = 'ours' OR c.until < @now)
       AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.unit_id = c.unit_id AND j.seq > @acked) LIMIT 100`,
  ).all({ now, acked: progressOf(db).acked }) as { id: string; state: string }[]
  return rows.map(({ id, state }) => ({ id, ours: state === 'ours' }))
}

/** Something this till did to the unit, and that changed what is true of it, is not at the centre yet. */
function isUntold(db: Reading, unitId: string): boolean {
  const { acked } = progressOf(db)
  const changing = "SELECT 1 FROM journal WHERE unit_id = ? AND seq > ? AND json_extract(body, '$.facts') IS NOT NULL LIMIT 1"
  return sql(db, changing).get(unitId, acked) !== undefined
}

export interface Asks {
  claim(unitId: string, to: ClaimAim, signal?: AbortSignal): Promise<ClaimReply>
  release(unitId: string, signal?: AbortSignal): Promise<void>
}

const RENEW_MS = 60_000
const REPLY_MS_MAX = 10_000

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

  /** Before money is taken: the leases of these units, asked for or renewed now, and no longer than this. */
  async confirm(unitIds: readonly string[], within_ms: number): Promise<void> {
    const asks = this.#asks()
    if (asks === null || unitIds.length === 0) return
    const signal = AbortSignal.any([this.#errands.signal, AbortSignal.timeout(within_ms)])
    await Promise.all(unitIds.map((unitId) => askFor(this.#ground, asks, unitId, signal).catch(() => undefined)))
    this.#told()
  }

  async #keep(): Promise<void> {
    const asks = this.#asks()
    if (asks === null) return
    try {
      if (await keepLeases(this.#ground, asks, this.#errands.signal)) this.#told()
    } catch (error) {
      // Not reached: the rule for offline holds, and the next change of a cart asks again.
      bearLineTrouble(error)
    }
  }
}

/** Asks for what is in the carts and lets go of what is not any more. Answers whether anything was asked. */
export async function keepLeases(ground: Ground, asks: Asks, stop?: AbortSignal): Promise<boolean> {
  const { store } = ground
  const now = ground.clock.now()
  const due = toAsk(store.reading, instant(now), instant(now + RENEW_MS))
  const done = toRelease(store.reading, instant(now))
  const within = (): AbortSignal => AbortSignal.any([...(stop === undefined ? [] : [stop]), AbortSignal.timeout(REPLY_MS_MAX)])
  for (const unitId of due) await askFor(ground, asks, unitId, within())
  for (const { id, ours } of done) {
    store.write((db) => sql(db, 'DELETE FROM unit_claims WHERE unit_id = ?').run(id))
    if (ours) await asks.release(id, stop)
  }
  return due.length > 0
}

/**
 * Asks for the lease of one piece, to sell what this till knows as the shop's and to take back what it knows as sold,
 * and keeps what was said. Of a piece that it sold or took back itself, and has not told yet, it knows more than the
 * centre: that one it does not ask for. Rejects when the centre is not reached.
 */
export async function askFor(ground: Ground, asks: Asks, unitId: string, signal?: AbortSignal): Promise<void> {
  if (isUntold(ground.store.reading, unitId)) return
  const title = toldFacts(ground.mirror, ground.store.reading, unitId)?.title.is
  const to = title === 'sold' || title === 'transferred' ? 'take-back' : 'sell'
  const reply = await asks.claim(unitId, to, signal)
  // A centre of an older version knows of sales only: what it says of a refund is no answer.
  if (to === 'take-back' && reply.is === 'gone' && reply.why === 'sold') return
  ground.store.write((db) => keepClaim(db, unitId, reply, instant(ground.clock.now())))
}

const instant = (ms: number): string => new Date(ms).toISOString()
