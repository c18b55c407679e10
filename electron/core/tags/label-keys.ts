import type { TrustedLabelKey } from '../proofs/signed-label.ts'
import { verifySignedLabel } from '../proofs/signed-label.ts'
import { sealOf } from '../store/secret-seal.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { Proof } from './proof.ts'

/**
 * Trusts the public half of a key that labels are signed with. A key id keeps its key: a second one is refused. It is no
 * secret; it is sealed so that nobody who only has the file can put a key of his own in its place.
 */
export function trustLabelKey(db: Writing, key: TrustedLabelKey, at: string): void {
  sql(db, 'INSERT INTO label_keys (key_id, public_key, trusted_at) VALUES (?, ?, ?)').run(key.keyId, sealOf(db).seal(key.publicKey, aboutLabelKey(key.keyId)), at)
}

export const aboutLabelKey = (keyId: string): string => `label-key ${keyId}`

/**
 * What the signature on a scanned label says; null where there is none, or none that this till can judge: a key that
 * nobody here trusts, or a time that is over, prove nothing and accuse nobody.
 */
export function proofByLabel(db: Reading, text: string, today: string): Proof | null {
  if (!/[?&]sig=/.test(text)) return null
  const rows = sql(db, 'SELECT key_id AS keyId, public_key AS sealed FROM label_keys').all() as { keyId: string; sealed: string }[]
  const keys: TrustedLabelKey[] = rows.flatMap(({ keyId, sealed }) => {
    const publicKey = sealOf(db).open(sealed, aboutLabelKey(keyId))
    return publicKey === null ? [] : [{ keyId, publicKey }]
  })
  const label = verifySignedLabel(text, keys, today)
  if (label.is === 'proven') return { says: 'proven', how: 'signed-label', detail: label.keyId }
  const isForged = label.is === 'refused' && label.why === 'tampered'
  return isForged ? { says: 'suspect', how: 'LABEL_FORGED', detail: label.why } : null
}
