import type { z } from 'zod'
import { cents } from '../../contract/money.ts'
import type { CONFLICT_KINDS } from '../../contract/sync/sync-view.ts'
import type { reports, Span } from '../contract/report-calls.ts'
import { productNames } from '../catalogue/products.ts'
import type { Query } from '../database.ts'
import { IN_SPAN } from './days.ts'

type FraudRow = z.infer<NonNullable<(typeof reports)['frauds']['~orpc']['outputSchema']>>[number]
type FraudKind = FraudRow['kind']

interface Stopped {
  readonly day: string
  readonly reason: string | null
  readonly product_id: string | null
}

/**
 * What was stopped at a till or found out after it, by day and kind: pieces that were asked about and not let through,
 * by the reason that weighed most, and conflicts between tills. A window that was over is a rule and no fraud.
 */
export async function fraudsStopped(db: Query, span: Span): Promise<FraudRow[]> {
  const checked = await db.query<Stopped>(
    `SELECT day, params::jsonb ->> 'reason' AS reason, product_id FROM told
     WHERE ${IN_SPAN} AND kind = 'checked' AND params::jsonb ->> 'outcome' IN ('refuse', 'ask-staff')`,
    [span.from, span.to, span.storeId],
  )
  const conflicts = await db.query<Stopped>(
    `SELECT day, verdict AS reason, product_id FROM told WHERE ${IN_SPAN} AND verdict = ANY ($4::text[])`,
    [span.from, span.to, span.storeId, [...KIND_OF_CONFLICT.keys()]],
  )
  const stopped = [
    ...checked.flatMap((row) => kinded(row, KIND_OF_REASON.get(row.reason ?? ''))),
    ...conflicts.flatMap((row) => kinded(row, KIND_OF_CONFLICT.get(row.reason ?? ''))),
  ]
  const products = await productNames(db, stopped.flatMap(({ row }) => row.product_id ?? []))
  const found = new Map<string, { day: string; kind: FraudKind; count: number; value: number }>()
  for (const { row, kind } of stopped) {
    const key = `${row.day} ${kind}`
    const entry = found.get(key) ?? { day: row.day, kind, count: 0, value: 0 }
    entry.count += 1
    entry.value += products.get(row.product_id ?? '')?.price_cents ?? 0
    found.set(key, entry)
  }
  return [...found.values()].sort((a, b) => (a.day < b.day ? -1 : 1)).map(({ day, kind, count, value }) => ({ day, kind, count, value_cents: cents(value) }))
}

const kinded = (row: Stopped, kind: FraudKind | undefined): { row: Stopped; kind: FraudKind }[] => (kind === undefined ? [] : [{ row, kind }])

/** Reasons of a verdict that somebody may have meant to deceive with; every other reason is a rule, or a doubt. */
const KIND_OF_REASON: ReadonlyMap<string, FraudKind> = new Map([
  ['stolen-own', 'stolen'], ['stolen-reported', 'stolen'],
  ['counterfeit-suspected', 'counterfeit'], ['proof-failed', 'counterfeit'], ['contradiction', 'counterfeit'], ['bad-check-digit', 'counterfeit'],
  ['wrong-format', 'counterfeit'],
  ['returned-on', 'second-return'],
  ['not-ours', 'wrong-piece'], ['sold-by-another', 'wrong-piece'], ['not-sold-yet', 'wrong-piece'],
])

/**
 * What each conflict of the guard counts as. A piece that moved on where its till did not know better is nobody's fraud,
 * and what follows on a conflict belongs to that case and was counted with it.
 */
const CONFLICTS: Readonly<Record<Exclude<(typeof CONFLICT_KINDS)[number], 'facts-differ'>, FraudKind>> = {
  'sold-while-stolen': 'stolen', 'sold-while-recalled': 'other', 'double-refund': 'second-return',
  'refund-other-sale': 'wrong-piece', 'refund-of-unsold': 'wrong-piece', 'void-of-other-sale': 'wrong-piece',
  'double-sale': 'conflict', 'sold-over-claim': 'conflict', 'refund-over-claim': 'conflict', 'transfer-of-unsold': 'conflict', 'unknown-unit': 'conflict',
}
const KIND_OF_CONFLICT: ReadonlyMap<string, FraudKind> = new Map(Object.entries(CONFLICTS))
