import { sql, type Reading, type Writing } from './store.ts'

/** The few single values of this till: its id, its seat's front, who is signed in. */
export type MetaKey = 'till' | 'front' | 'session' | 'grant' | 'demo' | 'language' | 'own-shop' | 'revision' | 'clock' | 'paper-template' | 'mail'
  | 'tag-passwords' | 'hub' | 'sync' | 'kiosk-door' | 'kiosk-closed' | 'old-papers-forgot'

export function metaValue<T>(db: Reading, key: MetaKey): T | null {
  const row = sql(db, 'SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined
  return row ? (JSON.parse(row.value) as T) : null
}

export function setMeta(db: Writing, key: MetaKey, value: unknown): void {
  if (value === null) sql(db, 'DELETE FROM meta WHERE key = ?').run(key)
  else
    sql(db, 'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
      key,
      JSON.stringify(value),
    )
}

/** The next number of a gapless series of this till, such as its receipts. Given back when the transaction fails. */
export function nextNumber(db: Writing, series: string): number {
  const row = sql(
    db,
    'INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value',
  ).get(series) as { value: number }
  return row.value
}
