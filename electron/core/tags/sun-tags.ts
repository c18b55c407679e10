import { tapUid, verifySun } from '../proofs/sun.ts'
import type { SunKeys, SunMessage } from '../proofs/sun.ts'
import { ENCRYPTED_LAYOUT, PLAIN_LAYOUT, sunMessageOf } from '../proofs/sun-url.ts'
import type { SunLayout } from '../proofs/sun-url.ts'
import { sealOf } from '../store/secret-seal.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import type { Proof, ProofBreach } from './proof.ts'

/** A chip of our own stock with the keys derived for it. A master key never comes to a till. */
export interface SunTag {
  /** Seven bytes in upper-case hexadecimal. */
  readonly uid: string
  readonly unitId: string
  /** Sixteen bytes each, in hexadecimal. */
  readonly fileKey: string
  readonly metaKey: string | null
}

/** What a tap was found to be about. `counter` is to be kept, in the transaction that uses the result. */
export interface Tap {
  readonly unitId: string
  readonly uid: string
  readonly proof: Proof
  readonly counter: number | null
}

interface SunTagRow {
  readonly uid: string
  readonly unit_id: string
  readonly file_key: string
  readonly meta_key: string | null
  readonly counter: number
}

/** The forms in which chips write their address; encrypted file data stands in front of the MAC, which covers it. */
const LAYOUTS: readonly SunLayout[] = [
  { ...ENCRYPTED_LAYOUT, encFileData: 'enc', macFrom: 'enc' },
  ENCRYPTED_LAYOUT,
  PLAIN_LAYOUT,
]

/** Puts a chip on a piece at commissioning, its keys sealed. A chip that moves keeps its counter: its old taps stay old. */
export function enrolSunTag(db: Writing, tag: SunTag): void {
  sql(
    db,
    `INSERT INTO sun_tags (uid, unit_id, file_key, meta_key, counter) VALUES (@uid, @unitId, @fileKey, @metaKey, 0)
     ON CONFLICT (uid)
     DO UPDATE SET unit_id = excluded.unit_id, file_key = excluded.file_key, meta_key = excluded.meta_key`,
  ).run({
    ...tag, fileKey: sealOf(db).seal(tag.fileKey, aboutFile(tag.uid)), metaKey: tag.metaKey === null ? null : sealedMetaKey(db, tag.metaKey),
  })
}

/** A key that opens all chips of a kind is sealed once, so that there are as few of them to try as there are keys. */
export function sealedMetaKey(db: Reading, key: string): string {
  const seal = sealOf(db)
  return metaKeys(db).find((sealed) => seal.open(sealed, ABOUT_META) === key) ?? seal.seal(key, ABOUT_META)
}

/** What a sealed key is about, so that it cannot be moved to another chip. */
export const aboutFile = (uid: string): string => `sun-tag ${uid}`
const ABOUT_META = 'sun-meta'

const metaKeys = (db: Reading): string[] =>
  sql(db, 'SELECT DISTINCT meta_key FROM sun_tags WHERE meta_key IS NOT NULL LIMIT 32').pluck().all() as string[]

/**
 * Reads a tapped address. Null where it is no tap or no chip of ours: then nothing can be said for or against it.
 * A tap of ours proves the chip, or is suspect: forged, or presented before. Writes nothing; see {@link acceptTap}.
 */
export function readTap(db: Reading, url: string): Tap | null {
  for (const layout of LAYOUTS) {
    const read = sunMessageOf(url, layout)
    if (!read.ok) continue
    const row = tagOf(db, read.message)
    if (row !== null) return judged(db, read.message, row)
  }
  return null
}

/** Keeps the counter of an accepted tap. Call it in the same transaction that uses the tap. */
export function acceptTap(db: Writing, tap: Tap): void {
  if (tap.counter === null) return
  const raise = sql(db, 'UPDATE sun_tags SET counter = @counter WHERE uid = @uid AND counter < @counter')
  const done = raise.run({ counter: tap.counter, uid: tap.uid })
  if (done.changes !== 1) throw new Error(`the tap ${tap.counter} of ${tap.uid} was taken before`)
}

/** Null also where the chip's keys were sealed with another key than this till has: then it can say nothing. */
function judged(db: Reading, message: SunMessage, row: SunTagRow): Tap | null {
  const [fileKey, metaKey] = [sealOf(db).open(row.file_key, aboutFile(row.uid)), row.meta_key === null ? null : sealOf(db).open(row.meta_key, ABOUT_META)]
  if (fileKey === null || (row.meta_key !== null && metaKey === null)) return null
  const keys: SunKeys = { fileReadKey: fileKey, ...(metaKey === null ? {} : { metaReadKey: metaKey }) }
  const about = { unitId: row.unit_id, uid: row.uid }
  const suspect = (how: ProofBreach): Tap =>
    ({ ...about, counter: null, proof: { says: 'suspect', how, detail: row.uid } })
  const tap = verifySun(message, keys, row.counter)
  if (tap.ok) {
    const detail = `${row.uid} ${tap.counter}`
    return { ...about, counter: tap.counter, proof: { says: 'proven', how: 'sun-tap', detail } }
  }
  if (tap.code === 'COUNTER_REPLAY') return suspect(tap.code)
  return tap.code === 'MAC' ? suspect('TAP_FORGED') : null
}

/** The chip that a message names. An encrypted uid opens with one of the few keys that tell chips apart. */
function tagOf(db: Reading, message: SunMessage): SunTagRow | null {
  if (message.uid !== undefined) return tagByUid(db, message.uid.toUpperCase(), null)
  for (const sealed of metaKeys(db)) {
    const key = sealOf(db).open(sealed, ABOUT_META)
    const opened = key === null ? null : tapUid(message, key)
    const row = opened?.ok === true ? tagByUid(db, opened.uid, sealed) : null
    if (row !== null) return row
  }
  return null
}

function tagByUid(db: Reading, uid: string, sealedMeta: string | null): SunTagRow | null {
  const row = sql(db, 'SELECT * FROM sun_tags WHERE uid = ?').get(uid) as SunTagRow | undefined
  return row !== undefined && (sealedMeta === null || row.meta_key === sealedMeta) ? row : null
}
