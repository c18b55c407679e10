import { createHash, randomBytes } from 'node:crypto'
import { DAY_MS } from '../../contract/durations.ts'
import type { Query } from '../database.ts'
import type { HubRole } from '../contract/allowed.ts'

/** Nobody works longer in one go, and a page left open is closed for whoever comes after. */
const LONGEST_MS = DAY_MS
const IDLE_MS = 60 * 60_000
/** Each click would be a write; a minute is near enough. */
const NOTE_EVERY_MS = 60_000

export const COOKIE = 'countermark_hub'
/** Outlives the session: by it a browser is known as one its person has signed in with before. */
export const BROWSER_COOKIE = 'countermark_hub_browser'

export interface Signed {
  readonly personId: string
  readonly name: string
  readonly role: HubRole
  /** 1: the password was right and there is no second factor yet. */
  readonly factors: number
  readonly digest: string
}

export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Opens a session and gives the secret for the cookie; the database learns only its digest. */
export async function openSession(db: Query, personId: string, factors: number, now_ms: number): Promise<string> {
  const secret = newSecret()
  await db.query('INSERT INTO session (digest, person_id, factors, made_ms, seen_ms) VALUES ($1, $2, $3, $4, $4)', [
    digestOf(secret), personId, factors, now_ms,
  ])
  return secret
}

interface SessionRow {
  readonly person_id: string
  readonly factors: number
  readonly made_ms: number
  readonly seen_ms: number
  readonly name: string
  readonly role: HubRole
}

/** Who sent this cookie; null for nobody, for a session that ran out, and for a person who may not come in any more. */
export async function signedBy(db: Query, secret: string | null, now_ms: number): Promise<Signed | null> {
  if (secret === null) return null
  const digest = digestOf(secret)
  const [row] = await db.query<SessionRow>(
    `SELECT s.person_id, s.factors, s.made_ms, s.seen_ms, p.name, p.role FROM session s JOIN person p ON p.id = s.person_id
     WHERE s.digest = $1 AND p.active`, [digest],
  )
  if (row === undefined) return null
  if (now_ms > row.made_ms + LONGEST_MS || now_ms > row.seen_ms + IDLE_MS) {
    await closeSession(db, digest)
    return null
  }
  if (now_ms > row.seen_ms + NOTE_EVERY_MS) {
    await db.query('UPDATE session SET seen_ms = $2 WHERE digest = $1', [digest, now_ms])
    await db.query('UPDATE person SET seen_at = $2 WHERE id = $1', [row.person_id, new Date(now_ms).toISOString()])
  }
  return { personId: row.person_id, name: row.name, role: row.role, factors: row.factors, digest }
}

export const closeSession = (db: Query, digest: string): Promise<number> => db.touch('DELETE FROM session WHERE digest = $1', [digest])

/** A person whose password, factors or rights changed starts again everywhere. */
export const closeSessionsOf = (db: Query, personId: string): Promise<number> =>
  db.touch('DELETE FROM session WHERE person_id = $1', [personId])

/** The secret of a cookie in a `Cookie` header, if it is there. */
export function secretIn(header: string | undefined, cookie: string): string | null {
  const found = (header ?? '').split(';').map((part) => part.trim()).find((part) => part.startsWith(`${cookie}=`))
  return found === undefined ? null : found.slice(cookie.length + 1)
}

/** Unreadable for scripts, never sent along by other sites, and over TLS only where there is TLS. */
export function cookieText(cookie: string, secret: string | null, secure: boolean, kept_ms = LONGEST_MS): string {
  const end = `; Max-Age=${secret === null ? 0 : kept_ms / 1_000}`
  return `${cookie}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${end}`
}
