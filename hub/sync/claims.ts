import type { ClaimAim, ClaimReply } from '../../contract/sync/wire.ts'
import { prepared, type Query } from '../database.ts'
import { instant, type HubGround } from '../ground.ts'
import { factsOf, readUnits, type HubUnit } from './units.ts'

/** How long a unit stays in a basket without a word from its till. */
export const LEASE_MS = 120_000

/**
 * Takes or renews the lease of a till on a unit. The lease first, the look after: whoever sells it at this moment holds
 * the lease's row until the sale is written, so a lease is never given on what was just sold.
 */
export function claim(ground: Pick<HubGround, 'db' | 'now_ms'>, till: string, unitId: string, to: ClaimAim = 'sell'): Promise<ClaimReply> {
  return ground.db.transaction(async (tx) => {
    const now = ground.now_ms()
    const taken = await tx.query<{ token: number; until_ms: number }>(
      `INSERT INTO claim (unit_id, till, token, until_ms) VALUES ($1, $2, 1, $3)
       ON CONFLICT (unit_id) DO UPDATE SET till = excluded.till, until_ms = greatest(excluded.until_ms, claim.until_ms + 1),
         token = claim.token + CASE WHEN claim.till = excluded.till AND claim.until_ms > $4 THEN 0 ELSE 1 END
       WHERE claim.until_ms <= $4 OR claim.till = excluded.till
       RETURNING token, until_ms`,
      [unitId, till, now + LEASE_MS, now],
    )
    const lease = taken[0]
    if (!lease) return heldByOther(tx, unitId, now)
    const unit = (await readUnits(tx, [unitId])).get(unitId)
    const why = unit ? whyNot(unit, to) : 'unknown'
    if (why !== null) throw new Gone(why)
    return { is: 'yours', token: lease.token, until: instant(lease.until_ms) } as const
  }).catch((error: unknown) => {
    if (error instanceof Gone) return { is: 'gone', why: error.why } as const
    throw error
  })
}

/**
 * The unit is not to be had: nothing of the asking stays. A lease the till was promised before runs to its end, because
 * the till may not hear this answer, and what it sells until then must not lose against a later one.
 */
class Gone extends Error {
  readonly why: WhyGone
  constructor(why: WhyGone) {
    super(why)
    this.why = why
  }
}

type WhyGone = Extract<ClaimReply, { is: 'gone' }>['why']

/** A piece that is with a customer is not sold again, and one that is not cannot come back: it has come back already. */
function whyNot(unit: HubUnit, to: ClaimAim): WhyGone | null {
  const isSold = unit.title === 'sold' || unit.title === 'transferred'
  if (to === 'take-back') return isSold ? null : 'not-sold'
  return isSold ? 'sold' : factsOf(unit).flags.some(isGrave) ? 'flagged' : null
}

const isGrave = ({ kind }: { kind: string }): boolean => kind === 'stolen-own' || kind === 'stolen-reported' || kind === 'recall'

async function heldByOther(tx: Query, unitId: string, now: number): Promise<ClaimReply> {
  const rows = await tx.query<{ till: string; until_ms: number }>('SELECT till, until_ms FROM claim WHERE unit_id = $1', [unitId])
  const holder = rows[0]
  const named = await tx.query<{ name: string }>('SELECT name FROM device WHERE till = $1', [holder?.till ?? ''])
  return { is: 'held', till: named[0]?.name ?? holder?.till ?? '', until: instant(holder?.until_ms ?? now) }
}

/**
 * The unit left the basket. A lease that is another's by now is not touched, and neither is one that the same till was
 * told since: a word that was long on its way takes nothing away that is promised. `until` null: of a till that does not say.
 */
export async function release(ground: Pick<HubGround, 'db'>, till: string, unitId: string, until: string | null): Promise<void> {
  const told_ms = until === null ? Number.MAX_SAFE_INTEGER : Date.parse(until)
  await ground.db.touch('UPDATE claim SET until_ms = 0 WHERE unit_id = $1 AND till = $2 AND until_ms <= $3', [unitId, till, told_ms])
}

const LOCK = prepared(
  `INSERT INTO claim (unit_id, till, token, until_ms) SELECT n.id, $2, 1, 0 FROM unnest($1::text[]) AS n (id)
   ON CONFLICT (unit_id) DO UPDATE SET until_ms = claim.until_ms
   WHERE claim.until_ms <= $3 OR claim.till = $2 RETURNING unit_id`,
)

/**
 * Inside of applying sales and refunds: takes the row of each lease, so that nobody can be given one before the sale is written.
 * Answers the units that no other till holds. A lease of this till stays as it is: it may be for the next time the
 * same piece is in its cart, and the till gives it back itself when the cart is empty.
 */
export async function lockClaims(tx: Query, till: string, unitIds: readonly string[], now_ms: number): Promise<Set<string>> {
  if (unitIds.length === 0) return new Set()
  const rows = await tx.query<{ unit_id: string }>(LOCK, [[...unitIds], till, now_ms])
  return new Set(rows.map((row) => row.unit_id))
}
