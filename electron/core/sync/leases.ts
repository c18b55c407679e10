import type { ClaimReply } from '../../../contract/sync/wire.ts'
import type { Ground } from '../ground.ts'
import { sql, type Reading, type Store, type Writing } from '../store/store.ts'

interface ClaimRow {
  readonly unit_id: string
  readonly state: 'ours' | 'held' | 'gone'
  readonly until: string
  readonly who: string
}

/** How long a word of the centre about a unit that another has is believed. */
const BELIEVED_MS = 120_000

/** Another till has the unit in its cart, as the centre said; null: not that we know. */
export function elsewhere(db: Reading, unitId: string, now: string): { till: string } | null {
  const row = sql(db, "SELECT * FROM unit_claims WHERE unit_id = ? AND state <> 'ours'").get(unitId) as ClaimRow | undefined
  if (!row || row.until <= now) return null
  if (row.state === 'held') return { till: row.who }
  // Sold a moment ago; the row that says where is on its way.
  return row.who === 'sold' ? { till: '…' } : null
}

export function keepClaim(db: Writing, unitId: string, reply: ClaimReply, now: string): void {
  const row =
    reply.is === 'yours'
      ? { state: 'ours', token: reply.token, until: reply.until, who: '' }
      : reply.is === 'held'
        ? { state: 'held', token: null, until: reply.until, who: reply.till }
        : { state: 'gone', token: null, until: new Date(Date.parse(now) + BELIEVED_MS).toISOString(), who: reply.why }
  sql(
    db,
    `INSERT INTO unit_claims (unit_id, state, token, until, who) VALUES (@unitId, @state, @token, @until, @who)
     ON CONFLICT (unit_id) DO UPDATE SET state = excluded.state, token = excluded.token, until = excluded.until, who = excluded.who`,
  ).run({ unitId, ...row })
}

/** Units in carts here of which the centre was not asked yet, or whose lease is half over. */
export function toAsk(db: Reading, now: string, renewBefore: string): string[] {
  const rows = sql(
    db,
    `SELECT h.unit_id AS id FROM holds h LEFT JOIN unit_claims c ON c.unit_id = h.unit_id
     WHERE h.until > ? AND (c.unit_id IS NULL OR c.until < ?) ORDER BY h.unit_id LIMIT 100`,
  ).all(now, renewBefore) as { id: string }[]
  return rows.map(({ id }) => id)
}

/** Leases of units that are in no cart here any more. */
function toRelease(db: Reading, now: string): { id: string; ours: boolean }[] {
  const rows = sql(
    db,
    `SELECT c.unit_id AS id, c.state FROM unit_claims c LEFT JOIN holds h ON h.unit_id = c.unit_id AND h.until > @now
     WHERE h.unit_id IS NULL AND (c.state = 'ours' OR c.until < @now) LIMIT 100`,
  ).all({ now }) as { id: string; state: string }[]
  return rows.map(({ id, state }) => ({ id, ours: state === 'ours' }))
}

export interface Asks {
  claim(unitId: string, signal?: AbortSignal): Promise<ClaimReply>
  release(unitId: string): Promise<void>
}

const RENEW_MS = 60_000

/**
 * Keeps the leases of what is in the carts of this till: asked for after the scan, never before it, so a slow centre
 * delays no beep. What cannot be asked goes by the offline rule.
 */
export class Leases {
  readonly #ground: Ground
  readonly #asks: () => Asks | null
  readonly #told: () => void
  #isKeeping = false

  constructor(ground: Ground, asks: () => Asks | null, told: () => void) {
    this.#ground = ground
    this.#asks = asks
    this.#told = told
  }

  /** Something in the carts may have changed. */
  kick(): void {
    if (this.#isKeeping || this.#asks() === null) return
    this.#isKeeping = true
    void this.#keep().finally(() => {
      this.#isKeeping = false
    })
  }

  /** Before money is taken: the leases of these units, asked for or renewed now, and no longer than this. */
  async confirm(unitIds: readonly string[], within_ms: number): Promise<void> {
    const asks = this.#asks()
    if (asks === null || unitIds.length === 0) return
    const signal = AbortSignal.timeout(within_ms)
    await Promise.all(unitIds.map((unitId) => this.#ask(asks, unitId, signal).catch(() => undefined)))
    this.#told()
  }

  async #keep(): Promise<void> {
    const { store } = this.#ground
    const asks = this.#asks()
    if (asks === null) return
    const now = this.#ground.clock.now()
    const due = toAsk(store.reading, instant(now), instant(now + RENEW_MS))
    const done = toRelease(store.reading, instant(now))
    try {
      for (const unitId of due) await this.#ask(asks, unitId)
      for (const { id, ours } of done) await this.#letGo(asks, store, id, ours)
    } catch (error) {
      // Not reached: the rule for offline holds, and the next change of a cart asks again. A bug is not hidden.
      if (error instanceof TypeError && error.message !== 'fetch failed') throw error
    }
    if (due.length > 0) this.#told()
  }

  async #ask(asks: Asks, unitId: string, signal?: AbortSignal): Promise<void> {
    const reply = await asks.claim(unitId, signal)
    this.#ground.store.write((db) => keepClaim(db, unitId, reply, instant(this.#ground.clock.now())))
  }

  async #letGo(asks: Asks, store: Store, unitId: string, ours: boolean): Promise<void> {
    store.write((db) => sql(db, 'DELETE FROM unit_claims WHERE unit_id = ?').run(unitId))
    if (ours) await asks.release(unitId)
  }
}

const instant = (ms: number): string => new Date(ms).toISOString()
