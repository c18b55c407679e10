import type { Condition, Purchase, UnitFacts } from '../../../contract/unit.ts'
import { later } from '../../../contract/days.ts'
import { DAY_MS } from '../../../contract/durations.ts'
import { customerOfSale } from '../customers/customer-rows.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { NOTHING_LOOKED_AT, type LookedAt } from '../returns/condition-questions.ts'
import { staffOf } from '../people/staff.ts'
import { returnsOfCustomer } from '../store/returns.ts'
import { isSaleOfThisTill } from '../store/sales.ts'
import { sql } from '../store/store.ts'
import { hubPlace } from '../sync/progress.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import type { PastReturn } from './what-if.ts'

/** More than a store takes back in a month; a preview is read by a person who waits. */
const LOOKED_AT_MAX = 5_000

/**
 * Every return that was asked for here since an instant, refused ones too, by the last verdict of the day on each
 * piece: with the very facts it was decided on.
 */
export function returnsHere(ground: Ground, since: string): PastReturn[] {
  const rows = sql(
    ground.store.reading,
    `SELECT unit_id, max(at) AS at, facts, staff_id FROM verdicts
     WHERE intent = 'return' AND unit_id IS NOT NULL AND facts IS NOT NULL AND at >= ? GROUP BY unit_id, substr(at, 1, 10) LIMIT ${LOOKED_AT_MAX}`,
  ).all(since) as { unit_id: string; at: string; facts: string; staff_id: string | null }[]
  const roles = new Map(staffOf(ground).map(({ id, role }) => [id, role]))
  return rows.flatMap((row): PastReturn[] => {
    const unit = unitOf(ground, row.unit_id)
    const facts = JSON.parse(row.facts) as VerdictFacts | null
    const title = facts?.unit?.title
    if (!unit || facts === null || (title?.is !== 'sold' && title?.is !== 'transferred')) return []
    if (title.purchase.currency !== ground.place.currency) return []
    const taken = takenBack(ground, row.unit_id, row.at)
    return [{
      ...pieceOf(unit), at: row.at, amount_cents: title.purchase.paid_cents, ...lookedAt(taken), facts, known: 'here', beside_cents: taken?.beside_cents ?? 0,
      role: roles.get(taken?.staff_id ?? row.staff_id ?? '') ?? 'unknown', returner: returnerThen(ground, title.purchase.saleId, row.at, taken?.id ?? null),
    }]
  })
}

/**
 * Returns the centre has told of since an instant, anywhere in the chain, as they must have looked: sold, with the
 * customer, in no doubt. What this till saw itself is left to its own evidence.
 */
export function returnsTold(ground: Ground, since: string, seenHere: ReadonlySet<string>): PastReturn[] {
  const rows = sql(
    ground.mirror.reading,
    `SELECT unit_id, max(at) AS at FROM unit_events WHERE kind = 'returned' AND at >= ? GROUP BY unit_id LIMIT ${LOOKED_AT_MAX}`,
  ).all(since) as { unit_id: string; at: string }[]
  return rows.flatMap((row): PastReturn[] => {
    const unit = seenHere.has(row.unit_id) ? null : unitOf(ground, row.unit_id)
    if (!unit || unit.facts.title.is !== 'returned') return []
    const { purchase } = unit.facts.title
    // Limits are amounts of this store's money; what was paid in another is judged by its own stores.
    if (purchase.currency !== ground.place.currency) return []
    const facts = asItWas(ground, unit, purchase, row.at)
    return [{ ...pieceOf(unit), at: row.at, amount_cents: purchase.paid_cents, ...NOT_LOOKED_AT, facts, known: 'told', beside_cents: 0, role: 'unknown', returner: 'unknown' }]
  })
}

const pieceOf = (unit: KnownUnit) => ({
  unitId: unit.id,
  name: unit.product.name,
  serialEnd: (unit.aliases[0]?.value ?? '').slice(-4),
})

/** The return in which a piece came back on the day it was asked for; what it gave back beside this piece. */
interface TakenBack {
  readonly id: string
  readonly staff_id: string | null
  readonly beside_cents: number
  readonly condition: Condition
  readonly seen: string
}

/** Undefined where it did not get so far. */
const takenBack = (ground: Ground, unitId: string, at: string): TakenBack | undefined =>
  sql(
    ground.store.reading,
    `SELECT r.id, r.staff_id, r.refund_cents - l.refund_cents AS beside_cents, l.condition, l.looked_at AS seen
     FROM return_lines l JOIN returns r ON r.id = l.return_id
     WHERE l.unit_id = ? AND r.returned_at >= ? AND r.returned_at < ? ORDER BY r.returned_at LIMIT 1`,
  ).get(unitId, at, later(at, DAY_MS)) as TakenBack | undefined

/** How the piece was when it came back, and what was seen of it. */
const lookedAt = (taken: TakenBack | undefined): Pick<PastReturn, 'condition' | 'seen'> =>
  taken === undefined ? NOT_LOOKED_AT : { condition: taken.condition, seen: { ...NOTHING_LOOKED_AT, ...(JSON.parse(taken.seen) as Partial<LookedAt>) } }

/** Who brought it, by the sale in these books, and what he had brought before; other tills' returns of that day are not kept. */
function returnerThen(ground: Ground, saleId: string, at: string, returnId: string | null): PastReturn['returner'] {
  const db = ground.store.reading
  const customerId = customerOfSale(db, saleId)
  if (customerId === null) return isSaleOfThisTill(db, saleId) ? 'nobody' : 'unknown'
  const came = returnsOfCustomer(db, customerId, FIRST_DAY, at)
  const now = came.filter((one) => one.returnId === returnId)
  return {
    brought: Math.max(1, now.reduce((sum, { quantity }) => sum + quantity, 0)),
    before: came.filter((one) => one.returnId !== returnId), isAll: hubPlace(db) === null,
  }
}

const FIRST_DAY = '0000'

const NOT_LOOKED_AT = { condition: null, seen: null } as const

function asItWas(ground: Ground, unit: KnownUnit, purchase: Purchase, at: string): VerdictFacts {
  const facts: UnitFacts = { custody: { at: 'with-customer' }, title: { is: 'sold', purchase }, condition: 'open-box', flags: [], cover: unit.facts.cover }
  const { category, tracking, durable } = unit.product
  return {
    here: { seat: 'counter', storeId: ground.place.id, tillId: ground.till.id, timeZone: ground.place.time_zone, flowId: null },
    identity: { is: 'unit', matchedBy: 'serial', retiredLabel: null },
    product: { category, tracking, durable },
    unit: facts,
    heldBy: null,
    contradictions: [],
    asOf: { mirror: at, stolen: at, recall: at },
    source: 'mirror',
    storeNames: ground.storeNames,
  }
}
