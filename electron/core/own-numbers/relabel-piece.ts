import type { LabelWhy, Relabel } from '../../../contract/label-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { keepPhoto } from '../cases/photos.ts'
import { unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import { isAside } from '../scans/found.ts'
import { lookAt } from '../scans/look.ts'
import { recordEvent } from '../store/journal.ts'
import { takeNumber } from './give-number.ts'
import type { Issued } from './issue-number.ts'
import { putLabel } from './unit-labels.ts'

/** Labels of the shop that are no longer to be believed; the number of the maker stays what it is, readable or not. */
const ENDS_OWN_LABELS: ReadonlySet<LabelWhy> = new Set(['damaged', 'lost', 'wrong'])

/**
 * Gives a piece a number of the shop for a new label: the number, the end of the labels it had from us, the photographs
 * of what was there and the line in its life are one act. Refuses a piece nobody knows, a till without numbers, and a
 * picture that cannot be kept.
 */
export function relabelPiece(deed: Deed, { unitId, why, photos }: Relabel): Result<Issued> {
  const { db, ground, staff } = deed
  const unit = unitOf(ground, unitId)
  if (unit === null) return refused('no-such-unit')
  const at = ground.now()
  const issued = takeNumber(ground, db, { unitId, staffId: staff?.staffId ?? null, at })
  if (issued === null) return refused('no-numbers-left')
  const eventId = ground.newId()
  const hashes: string[] = []
  for (const base64 of photos) {
    const kept = keepPhoto({ ...deed, flowId: eventId }, { base64, unitId })
    if (!kept.ok) return kept
    hashes.push(kept.value.hash)
  }
  const ended = ENDS_OWN_LABELS.has(why) ? unit.aliases.filter(({ kind, retiredWhy }) => kind === 'own' && retiredWhy === null) : []
  for (const { value } of ended) putLabel(db, { value, unitId, kind: 'own', retiredWhy: why }, at)
  putLabel(db, { value: issued.number, unitId, kind: 'own', retiredWhy: null }, at)
  const told = { unitId, at, storeId: ground.place.id, tillId: ground.till.id, staffId: staff?.staffId ?? null, who: staff?.name ?? null, facts: null }
  const [old, ...others] = ended
  recordEvent(db, {
    ...told, id: eventId, kind: 'relabelled',
    params: { to: issued.number, why, ...(old === undefined ? {} : { from: old.value }), ...(hashes.length === 0 ? {} : { photos: hashes.join(' ') }) },
  })
  // A piece may have had more than one label of ours; every till is told of each that is no longer to be believed.
  for (const { value } of others) recordEvent(db, { ...told, id: ground.newId(), kind: 'relabelled', params: { to: issued.number, why, from: value } })
  return ok(issued)
}

/**
 * Whether the label that was just stuck on names the piece in the hand: printed on one, stuck on another is the mistake
 * that is found years later. A right one is told in the life of the piece.
 */
export function confirmLabel(deed: Deed, unitId: string, text: string): Result<boolean> {
  const { db, ground, staff } = deed
  const found = lookAt(ground, text)
  const isRight = !isAside(found) && found.is === 'unit' && found.hit.unit.id === unitId
  if (isRight)
    recordEvent(db, {
      id: ground.newId(), kind: 'checked', unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
      staffId: staff?.staffId ?? null, who: staff?.name ?? null, facts: null, params: { outcome: 'accept', seat: ground.seat, intent: 'check', label: text.slice(0, 64) },
    })
  return ok(isRight)
}
