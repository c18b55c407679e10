import { sql, type Reading, type Writing } from '../store/store.ts'

export interface MergedId {
  readonly customer_id: string
  readonly into_id: string
}

/** The id that stands for this person. */
export const standingFor = (db: Reading, id: string): string =>
  (sql(db, 'SELECT into_id FROM customers_merged WHERE customer_id = ?').pluck().get(id) as string | undefined) ?? id

/** All ids under which one person is known here, the one that stands for them first. */
export function idsOf(db: Reading, id: string): string[] {
  const stands = standingFor(db, id)
  return [stands, ...(sql(db, 'SELECT customer_id FROM customers_merged WHERE into_id = ? ORDER BY customer_id').pluck().all(stands) as string[])]
}

export const mergedIds = (db: Reading): MergedId[] => sql(db, 'SELECT customer_id, into_id FROM customers_merged ORDER BY customer_id').all() as MergedId[]

export const leadTo = (db: Writing, { customer_id, into_id }: MergedId): void =>
  void sql(db, 'INSERT INTO customers_merged VALUES (?, ?) ON CONFLICT (customer_id) DO UPDATE SET into_id = excluded.into_id').run(customer_id, into_id)

export const leadNowhere = (db: Writing, id: string): void => void sql(db, 'DELETE FROM customers_merged WHERE customer_id = ?').run(id)
