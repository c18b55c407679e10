import type { Condition, Purchase, UnitFacts } from '../../../contract/unit.ts'
import { later } from '../../../contract/days.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { NOTHING_LOOKED_AT, type LookedAt } from '../returns/condition-questions.ts'
import { sql } from '../store/store.ts'
import type { VerdictFacts } from '../../../contract/verdicts/facts.ts'
import type { PastReturn } from './what-if.ts'

const DAY_MS = 86_400_000

/** More than a store takes back in a month; a preview is read by a person who waits. */
const LOOKED_AT_MAX = 5_000

/**
 * Every return that was asked for here since an instant, refused ones too, by the last verdict of the day on each
 * piece: with the very facts it was decided on.
 */
export function returnsHere(ground: Ground, since: string): PastReturn[] {
  const rows = sql(
    ground.store.reading,
    `SELECT unit_id, max(at) AS at, facts FROM verdicts
     WHERE intent = 'return' AND unit_id IS NOT NULL AND facts IS NOT NULL AND at >= ? GROUP BY unit_id, substr(at, 1, 10) LIMIT ${LOOKED_AT_MAX}`,
  ).all(since) as { unit_id: string; at: string; facts: string }[]
  return rows.flatMap((row): PastReturn[] => {
    const unit = unitOf(ground, row.unit_id)
    const facts = JSON.parse(row.facts) as VerdictFacts | null
    const title = facts?.unit?.title
    if (!unit || facts === null || (title?.is !== 'sold' && title?.is !== 'transferred')) return []
    if (title.purchase.currency !== ground.place.currency) return []
    return [{ ...pieceOf(unit), at: row.at, amount_cents: title.purchase.paid_cents, ...lookedAt(ground, row.unit_id, row.at), facts, known: 'here' }]
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
    return [{ ...pieceOf(unit), at: row.at, amount_cents: purchase.paid_cents, ...NOT_LOOKED_AT, facts, known: 'told' }]
  })
}

const pieceOf = (unit: KnownUnit) => ({
  unitId: unit.id,
  name: unit.product.name,
  serialEnd: (unit.aliases[0]?.value ?? '').slice(-4),
})

/** How the piece was when it came back, and what was seen of it; null where it did not get so far. */
function lookedAt(ground: Ground, unitId: string, at: string): Pick<PastReturn, 'condition' | 'seen'> {
  const row = sql(
    ground.store.reading,
    `SELECT l.condition, l.looked_at AS seen FROM return_lines l JOIN returns r ON r.id = l.return_id
     WHERE l.unit_id = ? AND r.returned_at >= ? AND r.returned_at < ? ORDER BY r.returned_at LIMIT 1`,
  ).get(unitId, at, later(at, DAY_MS)) as { condition: Condition; seen: string } | undefined
  return row === undefined ? NOT_LOOKED_AT : { condition: row.condition, seen: { ...NOTHING_LOOKED_AT, ...(JSON.parse(row.seen) as Partial<LookedAt>) } }
}

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
