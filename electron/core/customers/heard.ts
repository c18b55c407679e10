import type { CustomerField } from '../../../contract/sync/customer-wire.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/** What the centre last said of a person, under its own date (null: nothing yet), and what was changed here since. */
export interface Heard {
  readonly at: string | null
  readonly changed: readonly CustomerField[]
}

export function heardOf(db: Reading, id: string): Heard {
  const row = sql(db, 'SELECT at, changed FROM customers_heard WHERE customer_id = ?').get(id) as { at: string | null; changed: string } | undefined
  return row === undefined ? { at: null, changed: [] } : { at: row.at, changed: JSON.parse(row.changed) as CustomerField[] }
}

export function saveHeard(db: Writing, id: string, { at, changed }: Heard): void {
  sql(
    db,
    `INSERT INTO customers_heard VALUES (@id, @at, @changed)
     ON CONFLICT (customer_id) DO UPDATE SET at = excluded.at, changed = excluded.changed`,
  ).run({ id, at, changed: JSON.stringify(changed) })
}

/** These were changed here: they stay named until the centre has heard of it. */
export function noteChanged(db: Writing, id: string, fields: readonly CustomerField[]): void {
  const { at, changed } = heardOf(db, id)
  saveHeard(db, id, { at, changed: [...new Set([...changed, ...fields])] })
}
