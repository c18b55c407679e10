import type { Query } from '../database.ts'

/** Notes that pieces of these products are to be judged anew, from the first one on. In the transaction of the change. */
export async function noteLimitsChanged(tx: Query, productIds: readonly string[]): Promise<void> {
  if (productIds.length === 0) return
  await tx.query(
    `INSERT INTO limits_changed (product_id, after_unit) SELECT n.id, '' FROM unnest($1::text[]) AS n (id)
     ON CONFLICT (product_id) DO UPDATE SET after_unit = excluded.after_unit`, [[...productIds]],
  )
}
