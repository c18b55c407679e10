import { BROUGHT_MAX, type BroughtReply } from '../../contract/sync/customer-wire.ts'
import type { Query } from '../database.ts'

/**
 * What the buyer of a piece has brought back anywhere since an instant, by the pieces alone: nothing of the person leaves
 * the centre but the id under which tills keep what they know. Nobody where nobody is known to have bought it, and after
 * an erasure.
 */
export async function broughtBack(db: Query, unitId: string, since: string): Promise<BroughtReply> {
  const [owner] = await db.query<{ customer_id: string }>('SELECT customer_id FROM customer_unit WHERE unit_id = $1 ORDER BY since DESC, customer_id LIMIT 1', [unitId])
  if (owner === undefined) return { customerId: null, came: [] }
  const came = await db.query<{ unit_id: string; at: string }>(
    `SELECT e.unit_id, max(e.at) AS at FROM customer_unit c JOIN unit_event e ON e.unit_id = c.unit_id AND e.kind = 'returned' AND e.at >= c.since
     WHERE c.customer_id = $1 AND e.at >= $2 GROUP BY e.unit_id ORDER BY at DESC LIMIT $3`, [owner.customer_id, since, BROUGHT_MAX],
  )
  return { customerId: owner.customer_id, came: came.map((row) => ({ unitId: row.unit_id, at: row.at })) }
}
