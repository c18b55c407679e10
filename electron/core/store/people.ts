import { sql, type Reading, type Writing } from './store.ts'

/** Wrong PINs in a row since the last right one, and when the last one was. */
export function wrongTries(db: Reading, staffId: string): { count: number; lastAt: string | null } {
  const rows = sql(db, 'SELECT at, good FROM pin_tries WHERE staff_id = ? ORDER BY n DESC LIMIT 100').all(staffId) as {
    at: string
    good: number
  }[]
  const good = rows.findIndex((row) => row.good === 1)
  const wrong = good === -1 ? rows : rows.slice(0, good)
  return { count: wrong.length, lastAt: wrong[0]?.at ?? null }
}

/** Wrong PINs of whomever since then, and when the last one was. */
export function wrongTriesSince(db: Reading, since: string): { count: number; lastAt: string | null } {
  // Read from the end: nobody tries more than this between two waits.
  const wrong = (sql(db, 'SELECT at, good FROM pin_tries ORDER BY n DESC LIMIT 200').all() as { at: string; good: number }[])
    .filter((row) => row.good === 0 && row.at > since)
  return { count: wrong.length, lastAt: wrong[0]?.at ?? null }
}

/** Tries that a wrong clock has dated ahead count from now: nobody waits until that date. */
export function bringTriesBack(db: Writing, at: string): void {
  sql(db, 'UPDATE pin_tries SET at = ? WHERE at > ?').run(at, at)
}

export function recordPinTry(db: Writing, staffId: string, at: string, good: boolean): void {
  sql(db, 'INSERT INTO pin_tries (staff_id, at, good) VALUES (?, ?, ?)').run(staffId, at, good ? 1 : 0)
}
