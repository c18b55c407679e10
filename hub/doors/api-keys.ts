import { Scope, type ApiKeyRow as KeyView } from '../contract/office-calls.ts'
import type { Query } from '../database.ts'
import { instant, newId } from '../ground.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { logAct, type Office } from '../people/office.ts'
import { digestOf, newSecret } from '../people/sessions.ts'

interface KeyRow {
  readonly digest: string
  readonly id: string
  readonly name: string
  readonly scopes: string
  readonly made_at: string
  readonly used_at: string | null
  readonly revoked_at: string | null
}

/** Recognisable in a file where it should not be, for people and for programs that look for lost secrets. */
const PREFIX = 'cmk_'
const NOTE_EVERY_MS = 60_000

export interface Caller {
  readonly keyId: string
  readonly name: string
  readonly scopes: readonly Scope[]
}

const keyView = (row: KeyRow): KeyView => ({
  id: row.id, name: row.name, scopes: Scope.array().parse(JSON.parse(row.scopes)), madeAt: row.made_at, lastUsedAt: row.used_at, revokedAt: row.revoked_at,
})

export const listKeys = async (db: Query): Promise<KeyView[]> =>
  (await db.query<KeyRow>('SELECT * FROM api_key ORDER BY made_at DESC')).map(keyView)

/** A key of 256 random bits, shown once; only its digest is kept, so whoever reads the database can use none. */
export async function makeKey(office: Office, who: string, given: { name: string; scopes: readonly Scope[] }): Promise<{ key: string; row: KeyView }> {
  const key = `${PREFIX}${newSecret()}`
  const row: KeyRow = {
    digest: digestOf(key), id: newId(), name: given.name, scopes: JSON.stringify(given.scopes), made_at: instant(office.now_ms()), used_at: null, revoked_at: null,
  }
  await office.db.query('INSERT INTO api_key (digest, id, name, scopes, made_at) VALUES ($1, $2, $3, $4, $5)', [row.digest, row.id, row.name, row.scopes, row.made_at])
  await logAct(office.db, office, who, 'key-made', `${given.name}: ${given.scopes.join(', ')}`)
  return { key, row: keyView(row) }
}

export async function revokeKey(office: Office, who: string, id: string): Promise<KeyView[]> {
  const gone = await office.db.touch('UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, instant(office.now_ms())])
  if (gone === 0) throw new HubRefusal('no-such-thing')
  await logAct(office.db, office, who, 'key-revoked', id)
  return listKeys(office.db)
}

/** Whose key stands in an `Authorization: Bearer` header; null for none, an unknown and a revoked one. */
export async function callerOf(office: Pick<Office, 'db' | 'now_ms'>, header: string | undefined): Promise<Caller | null> {
  const key = /^Bearer (\S+)$/u.exec(header ?? '')?.[1]
  if (key === undefined || !key.startsWith(PREFIX)) return null
  const [row] = await office.db.query<KeyRow>('SELECT * FROM api_key WHERE digest = $1 AND revoked_at IS NULL', [digestOf(key)])
  if (row === undefined) return null
  const now_ms = office.now_ms()
  if (row.used_at === null || now_ms - Date.parse(row.used_at) > NOTE_EVERY_MS)
    await office.db.query('UPDATE api_key SET used_at = $2 WHERE digest = $1', [row.digest, instant(now_ms)])
  return { keyId: row.id, name: row.name, scopes: Scope.array().parse(JSON.parse(row.scopes)) }
}
