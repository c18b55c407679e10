import type { PhotoNote } from '../../../contract/case-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { keepPhoto, photosOfFlow } from '../cases/photos.ts'
import type { Deed } from '../flows/deed.ts'
import type { Reading } from '../store/store.ts'
import { claimOf, openClaims, recordStep } from './claim-rows.ts'

/**
 * A photograph of the piece as it came in, kept with the claim: its hash stands in the claim's own history, so that a
 * picture that was lost or changed is seen to be. Refuses a claim that is closed (`not-in-this-state`) and what
 * `keepPhoto` refuses. The same picture twice is one.
 */
export function photographClaim(deed: Deed, claimId: string, base64: string): Result<PhotoNote> {
  const { db, staff } = deed
  const claim = claimOf(db, claimId)
  if (claim === null) return refused('no-such-claim')
  if (!openClaims(db).some(({ id }) => id === claimId)) return refused('not-in-this-state')
  const before = photosOfClaim(db, claimId)
  const kept = keepPhoto({ ...deed, flowId: claimId }, { base64, unitId: claim.unit_id })
  if (!kept.ok || before.some(({ photoId }) => photoId === kept.value.photoId)) return kept
  const { photoId, at, hash } = kept.value
  recordStep(db, claimId, staff?.staffId ?? null, { at, who: staff?.name ?? '', what: 'note', params: { photoId, hash }, note: '' })
  return ok(kept.value)
}

/** The photographs of a claim, oldest first; the pictures themselves are asked for one by one. */
export const photosOfClaim = (db: Reading, claimId: string): PhotoNote[] =>
  photosOfFlow(db, claimId).map(({ id, at, hash }) => ({ photoId: id, at, hash }))
