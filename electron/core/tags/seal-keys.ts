import { sealOf } from '../store/secret-seal.ts'
import { sql, type Reading, type Store, type Writing } from '../store/store.ts'
import { aboutLabelKey } from './label-keys.ts'
import { aboutFile, sealedMetaKey } from './sun-tags.ts'

/** As a chip's key and a label's public key stood before they were sealed; a sealed one is longer than both. */
const TAG_KEY_LETTERS = 32
const LABEL_KEY_LETTERS = 43

/**
 * Seals the keys of chips and labels that a till of an earlier day kept in the plain, in one transaction; a till that has
 * none of those writes nothing. Their old bytes are wiped in the file and its log, where SQLite would leave them.
 */
export function sealKeys(store: Store): void {
  if (!hasPlain(store.reading)) return
  store.reading.pragma('secure_delete = ON')
  try {
    store.write(sealAll)
    store.reading.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    store.reading.pragma('secure_delete = OFF')
  }
}

const hasPlain = (db: Reading): boolean =>
  sql(db, 'SELECT (SELECT count(*) FROM sun_tags WHERE length(file_key) = ? OR length(meta_key) = ?) + (SELECT count(*) FROM label_keys WHERE length(public_key) = ?)')
    .pluck().get(TAG_KEY_LETTERS, TAG_KEY_LETTERS, LABEL_KEY_LETTERS) !== 0

function sealAll(db: Writing): void {
  const seal = sealOf(db)
  const files = sql(db, 'SELECT uid, file_key AS key FROM sun_tags WHERE length(file_key) = ?').all(TAG_KEY_LETTERS) as { uid: string; key: string }[]
  for (const { uid, key } of files) sql(db, 'UPDATE sun_tags SET file_key = ? WHERE uid = ?').run(seal.seal(key, aboutFile(uid)), uid)
  const metas = sql(db, 'SELECT DISTINCT meta_key FROM sun_tags WHERE length(meta_key) = ?').pluck().all(TAG_KEY_LETTERS) as string[]
  for (const key of metas) sql(db, 'UPDATE sun_tags SET meta_key = ? WHERE meta_key = ?').run(sealedMetaKey(db, key), key)
  const labels = sql(db, 'SELECT key_id AS keyId, public_key AS key FROM label_keys WHERE length(public_key) = ?').all(LABEL_KEY_LETTERS) as { keyId: string; key: string }[]
  for (const { keyId, key } of labels) sql(db, 'UPDATE label_keys SET public_key = ? WHERE key_id = ?').run(seal.seal(key, aboutLabelKey(keyId)), keyId)
}
