import { DAY_MS } from '../../contract/durations.ts'
import type { Query } from '../database.ts'
import { digestOf, newSecret } from './sessions.ts'

/** Beyond the longest holidays; each sign-in begins it anew. */
export const BROWSER_KNOWN_MS = 180 * DAY_MS

/** True where this person, by the key of the name, has shown a second factor in the browser with this secret. */
export async function isKnownBrowser(db: Query, secret: string | null, nameKey: string, now_ms: number): Promise<boolean> {
  if (secret === null) return false
  const known = await db.query(
    'SELECT k.digest FROM known_browser k JOIN person p ON p.id = k.person_id WHERE k.digest = $1 AND p.name_key = $2 AND k.until_ms > $3', [digestOf(secret), nameKey, now_ms],
  )
  return known.length > 0
}

/**
 * Remembers a browser for a person; several people of one desk share its secret. Gives the secret for the cookie: a new
 * one, unless the one that came was made here.
 */
export async function knowBrowser(db: Query, secret: string | null, personId: string, now_ms: number): Promise<string> {
  await db.query('DELETE FROM known_browser WHERE person_id = $1 AND until_ms < $2', [personId, now_ms])
  const isOurs = secret !== null && (await db.query('SELECT digest FROM known_browser WHERE digest = $1 LIMIT 1', [digestOf(secret)])).length > 0
  const kept = isOurs ? secret : newSecret()
  await db.query(
    'INSERT INTO known_browser (digest, person_id, until_ms) VALUES ($1, $2, $3) ON CONFLICT (digest, person_id) DO UPDATE SET until_ms = excluded.until_ms',
    [digestOf(kept), personId, now_ms + BROWSER_KNOWN_MS],
  )
  return kept
}
