import { Purpose } from '../../../contract/customer.ts'
import type { CustomerField, SaidAt, Tellings } from '../../../contract/sync/customer-wire.ts'
import { allSaid, saidOnceMore, type PersonWord } from '../../../contract/sync/person-merge.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/** What the centre last said of a person, under its own date (null: nothing yet), when and by which tellings each word was said, and what was changed here since. */
export interface Heard {
  readonly at: string | null
  readonly changed: readonly CustomerField[]
  readonly saidAt: SaidAt
  readonly tellings: Tellings
}

interface HeardRow {
  readonly at: string | null
  readonly changed: string
  readonly said_at: string | null
  readonly tellings: string
}

export function heardOf(db: Reading, id: string): Heard {
  const row = sql(db, 'SELECT at, changed, said_at, tellings FROM customers_heard WHERE customer_id = ?').get(id) as HeardRow | undefined
  if (row === undefined) return { at: null, changed: [], saidAt: {}, tellings: {} }
  // Heard before dates of words were kept: as late as what was heard last.
  const saidAt = row.said_at !== null ? (JSON.parse(row.said_at) as SaidAt) : row.at === null ? {} : allSaid(row.at)
  return { at: row.at, changed: JSON.parse(row.changed) as CustomerField[], saidAt, tellings: JSON.parse(row.tellings) as Tellings }
}

export function saveHeard(db: Writing, id: string, { at, changed, saidAt, tellings }: Heard): void {
  sql(
    db,
    `INSERT INTO customers_heard (customer_id, at, changed, said_at, tellings) VALUES (@id, @at, @changed, @saidAt, @tellings)
     ON CONFLICT (customer_id) DO UPDATE SET at = excluded.at, changed = excluded.changed, said_at = excluded.said_at, tellings = excluded.tellings`,
  ).run({ id, at, changed: JSON.stringify(changed), saidAt: JSON.stringify(saidAt), tellings: JSON.stringify(tellings) })
}

/** These words were changed here: they stay named until the centre has heard of it. `telling` is the id of this change. */
export function noteChanged(db: Writing, id: string, words: readonly PersonWord[], telling: string): void {
  const heard = heardOf(db, id)
  const fields = words.map((word) => (isPurpose(word) ? 'consents' : word))
  saveHeard(db, id, { ...heard, changed: [...new Set([...heard.changed, ...fields])], tellings: saidOnceMore(heard.tellings, words, telling) })
}

const isPurpose = (word: PersonWord): word is Purpose => Purpose.options.some((purpose) => purpose === word)
