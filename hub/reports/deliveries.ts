import { DAY_MS } from '../../contract/durations.ts'
import type { DeliveryRow, Span } from '../contract/report-calls.ts'
import type { Query } from '../database.ts'
import { medianOf } from './days.ts'

interface Came {
  readonly supplier: string | null
  readonly at: string
  readonly day: string
  readonly damaged: string | null
  readonly notice: string | null
  readonly due_on: string | null
  readonly announced_at: string | null
}

/**
 * What suppliers brought in a span of days: how many pieces, how many of them damaged, later than they were due, or on no
 * notice at all, and the days from the notice to the shelf. Pieces from another store are no delivery.
 */
export async function deliveries(db: Query, span: Span): Promise<DeliveryRow[]> {
  const rows = await db.query<Came>(
    `SELECT r.supplier, r.at, r.day, r.params::jsonb ->> 'arrived' AS damaged, o.notice, n.due_on,
       (SELECT min(c.at) FROM told c WHERE c.unit_id = r.unit_id AND c.feed = 'all' AND c.kind = 'commissioned' AND c.params::jsonb ->> 'despatch' = o.notice) AS announced_at
     FROM told r LEFT JOIN unit_origin o ON o.unit_id = r.unit_id LEFT JOIN receive_notice n ON n.number = o.notice
     WHERE r.feed = 'all' AND r.kind = 'received' AND r.day >= $1 AND r.day <= $2 AND ($3::text IS NULL OR r.store_id = $3)
       AND r.params::jsonb ->> 'from' IS NULL AND (r.verdict IS NULL OR r.verdict IN ('accepted', 'noted'))`,
    [span.from, span.to, span.storeId],
  )
  const found = new Map<string, { received: number; damaged: number; late: number; unannounced: number; days: number[] }>()
  for (const row of rows) {
    const supplier = row.supplier ?? ''
    const entry = found.get(supplier) ?? { received: 0, damaged: 0, late: 0, unannounced: 0, days: [] }
    found.set(supplier, entry)
    entry.received += 1
    if (row.damaged === 'damaged') entry.damaged += 1
    if (row.due_on !== null && row.day > row.due_on) entry.late += 1
    if (row.notice === null) entry.unannounced += 1
    if (row.announced_at !== null) entry.days.push((Date.parse(row.at) - Date.parse(row.announced_at)) / DAY_MS)
  }
  return [...found].map(([supplier, { days, ...row }]) => ({ supplier, ...row, medianDays: medianOf(days) })).sort((a, b) => b.received - a.received)
}
