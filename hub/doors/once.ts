import { createHash } from 'node:crypto'
import { DAY_MS } from '../../contract/durations.ts'
import type { Query } from '../database.ts'
import type { Office } from '../people/office.ts'
import { change, type Tell } from '../sync/feed.ts'
import { DoorRefusal } from './door-refusal.ts'
import type { Caller } from './api-keys.ts'

const KEPT_MS = 7 * DAY_MS

/**
 * Does a write once under its token: the first call does it and keeps the answer in the same transaction; every further
 * one gets that answer. The same token with other content is refused, because one of the two would be lost.
 */
export async function once<T>(office: Office, caller: Caller, token: string | null, input: unknown, body: (tx: Query, tell: Tell) => Promise<T>): Promise<T> {
  if (token === null || !/^[\x21-\x7E]{1,200}$/u.test(token)) throw new DoorRefusal('TOKEN', 'token-missing')
  const digest = createHash('sha256').update(JSON.stringify(input)).digest('hex')
  const answer = await change(office, async (tx, tell): Promise<string> => {
    const fresh = await tx.touch('INSERT INTO idempotent (key_id, token, digest, at_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [caller.keyId, token, digest, office.now_ms()])
    if (fresh === 0) return keptAnswer(tx, caller, token, digest)
    const made = JSON.stringify(await body(tx, tell))
    await tx.query('UPDATE idempotent SET answer = $3 WHERE key_id = $1 AND token = $2', [caller.keyId, token, made])
    return made
  })
  return JSON.parse(answer) as T
}

async function keptAnswer(tx: Query, caller: Caller, token: string, digest: string): Promise<string> {
  const [row] = await tx.query<{ digest: string; answer: string | null }>('SELECT digest, answer FROM idempotent WHERE key_id = $1 AND token = $2', [caller.keyId, token])
  if (row?.digest !== digest || row.answer === null) throw new DoorRefusal('TOKEN', 'token-used-for-something-else')
  return row.answer
}

/** Tokens are kept for a week: nobody repeats a call later than that. */
export async function forgetOldTokens(office: Pick<Office, 'db' | 'now_ms'>): Promise<number> {
  return office.db.touch('DELETE FROM idempotent WHERE at_ms < $1', [office.now_ms() - KEPT_MS])
}
