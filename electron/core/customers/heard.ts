import { allSaid } from '../../../contract/sync/person-merge.ts'
import type { CustomerField, SaidAt } from '../../../contract/sync/customer-wire.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/** What the centre last said of a person, under its own date (null: nothing yet), when each word was said, and what was changed here since. */
export interface Heard {
  readonly at: string | null
  readonly changed: readonly CustomerField[]
  readonly saidAt: SaidAt
}

export function heardOf(db: Reading, id: string): Heard {
  const row = sql(db, 'SELECT at, changed, said_at FROM customers_heard WHERE customer_id = ?').get(id) as { at: string | null; changed: string; said_at: string | null } | undefined
  if (row === undefined) return { at: null, changed: [], saidAt: {} }
  // Heard before dates of words were kept: as late as what was heard last.
  const saidAt = row.said_at !== null ? (JSON.parse(row.said_at) as SaidAt) : row.at === null ? {} : allSaid(row.at)
  return { at: row.at, changed: JSON.parse(row.changed) as CustomerField[], saidAt }
}

export function saveHeard(db: Writing, id: string, { at, changed, saidAt }: Heard): void {
  sql(
    db,
    `INSERT INTO customers_heard (customer_id, at, changed, said_at) VALUES (@id, @at, @changed, @saidAt)
     ON CONFLICT (customer_id) DO UPDATE SET at = excluded.at, changed = excluded.changed, said_at = excluded.said_at`,
  ).run({ id, at, changed: JSON.stringify(changed), saidAt: JSON.stringify(saidAt) })
}

/** These were changed here: they stay named until the centre has heard of it. */
export function noteChanged(db: Writing, id: string, fields: readonly CustomerField[]): void {
  const heard = heardOf(db, id)
  saveHeard(db, id, { ...heard, changed: [...new Set([...heard.changed, ...fields])] })
}
