import type { Office } from '../people/office.ts'
import { change } from '../sync/feed.ts'
import { judgeAnew } from './take-readings.ts'

const AT_ONCE = 200

/** Judges some hundreds of pieces by the changed limits of their product; answers whether there may be more. */
export async function judgeByChangedLimits(office: Pick<Office, 'db' | 'now_ms'>): Promise<boolean> {
  return change(office, async (tx, tell) => {
    const [next] = await tx.query<{ product_id: string; after_unit: string }>('SELECT product_id, after_unit FROM limits_changed ORDER BY product_id LIMIT 1 FOR UPDATE')
    if (next === undefined) return false
    const units = await tx.query<{ id: string }>(
      `SELECT u.id FROM unit u WHERE u.product_id = $1 AND u.id > $2 AND EXISTS (SELECT 1 FROM unit_reading r WHERE r.unit_id = u.id) ORDER BY u.id LIMIT $3`,
      [next.product_id, next.after_unit, AT_ONCE],
    )
    await judgeAnew(tx, tell, office, units.map(({ id }) => id))
    const last = units.at(-1)
    await (units.length === AT_ONCE && last !== undefined
      ? tx.query('UPDATE limits_changed SET after_unit = $2 WHERE product_id = $1', [next.product_id, last.id])
      : tx.query('DELETE FROM limits_changed WHERE product_id = $1', [next.product_id]))
    return true
  })
}
