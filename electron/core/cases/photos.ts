import { createHash } from 'node:crypto'
import { PHOTO_BYTES_MAX, PHOTOS_MAX, type PhotoNote } from '../../../contract/case-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Deed } from '../flows/deed.ts'
import { sql, type Reading } from '../store/store.ts'

export type PhotoType = 'image/jpeg' | 'image/png' | 'image/webp'

export interface Photo {
  readonly id: string
  readonly at: string
  readonly type: PhotoType
  /** SHA-256 of the content in hexadecimal: what stands in the evidence. */
  readonly hash: string
  readonly content: Buffer
}

/**
 * Keeps a photograph of the piece of a flow, in the transaction of the deed. Refuses what is larger than
 * `PHOTO_BYTES_MAX` (`photo-too-large`), what is no JPEG, PNG or WebP by its first bytes (`unusable-picture`), and a
 * ninth of one flow (`too-many-photos`). The same picture twice is one.
 */
export function keepPhoto(deed: Deed, shot: { readonly base64: string; readonly unitId: string | null }): Result<PhotoNote> {
  const { db, ground } = deed
  const content = Buffer.from(shot.base64, 'base64')
  if (content.length > PHOTO_BYTES_MAX) return refused('photo-too-large', { most_kb: PHOTO_BYTES_MAX / 1024 })
  const type = typeOf(content)
  if (type === null) return refused('unusable-picture', { why: 'not-a-picture' })
  const hash = createHash('sha256').update(content).digest('hex')
  const before = photosOfFlow(db, deed.flowId)
  const same = before.find((photo) => photo.hash === hash)
  if (same) return ok({ photoId: same.id, at: same.at, hash })
  if (before.length >= PHOTOS_MAX) return refused('too-many-photos', { most: PHOTOS_MAX })
  const photoId = ground.newId()
  const at = ground.now()
  sql(db, 'INSERT INTO photos (id, flow_id, unit_id, at, staff_id, type, hash, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    photoId, deed.flowId, shot.unitId, at, deed.staff?.staffId ?? null, type, hash, content,
  )
  return ok({ photoId, at, hash })
}

/** By the signatures of JFIF/EXIF, PNG (ISO/IEC 15948) and RIFF WebP. */
export function typeOf(content: Uint8Array): PhotoType | null {
  const starts = (bytes: readonly number[], at = 0): boolean => bytes.every((byte, index) => content[at + index] === byte)
  if (starts([0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (starts([0x52, 0x49, 0x46, 0x46]) && starts([0x57, 0x45, 0x42, 0x50], 8)) return 'image/webp'
  return null
}

/** The photographs taken during one act, oldest first; the content is not read. */
export const photosOfFlow = (db: Reading, flowId: string): Omit<Photo, 'content'>[] =>
  sql(db, 'SELECT id, at, type, hash FROM photos WHERE flow_id = ? ORDER BY at, id').all(flowId) as Omit<Photo, 'content'>[]

export const photoOf = (db: Reading, photoId: string): Photo | null =>
  (sql(db, 'SELECT id, at, type, hash, content FROM photos WHERE id = ?').get(photoId) as Photo | undefined) ?? null

/** Whether a photograph is still what it was when it was taken. */
export const isWhole = (photo: Photo): boolean => createHash('sha256').update(photo.content).digest('hex') === photo.hash
