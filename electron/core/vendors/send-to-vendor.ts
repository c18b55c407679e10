import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { VendorParcel, VendorPiece } from '../../../contract/vendor-view.ts'
import { judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { formatNumber } from '../flows/numbers.ts'
import { keptVerdict } from '../papers/paper-rows.ts'
import { vendorPaper, type VendorPaperLine } from '../papers/vendor-paper.ts'
import { recordStep } from '../service/claim-rows.ts'
import { actClaim, tell } from '../service/claims.ts'
import { partsOf } from '../sets/set-of.ts'
import { nextNumber } from '../store/meta.ts'
import { recordDocument } from '../store/papers.ts'
import { claimsToSend, VENDOR_PAPER, vendorPieceOf, vendorPieces, type ClaimToSend } from './vendor-pieces.ts'

/**
 * Pieces leave for their maker or supplier, all of them or none, on one paper with a number of this till. Of our stock
 * each is told as shipped, with its parts, and is no longer here. What belongs to a customer goes by its claim: sent
 * with it where it still stands here, and only written down where the claim has told that already, so nothing is told
 * twice. Refuses a piece that is not here (`not-in-this-state`) and one that is looked for (`piece-looked-for`).
 */
export function sendToVendor(deed: Deed, parcel: VendorParcel, documentId: string): Result<{ documentId: string }> {
  const { ground, db, staff } = deed
  const number = formatNumber(ground, 'vendor', nextNumber(db, 'vendor'))
  const at = ground.now()
  const [waiting, claims] = [vendorPieces(ground), claimsToSend(db)]
  const along = new Set(parcel.unitIds.flatMap((unitId) => partsOf(ground, unitId).map((part) => part.id)))
  const lines: VendorPaperLine[] = []
  for (const unitId of new Set(parcel.unitIds)) {
    // A part goes with its whole, also where both were scanned.
    if (along.has(unitId)) continue
    const unit = unitOf(ground, unitId)
    if (unit === null) return refused('no-such-unit')
    const piece = vendorPieceOf(ground, unitId, waiting)
    if (piece === null) return refused('not-in-this-state')
    if (judgeUnit(ground, 'check', unit, null).verdict.findings.stolen.answer === 'flagged') return refused('piece-looked-for')
    lines.push(lineOf(deed, unit, piece))
    const claim = claims.find((one) => one.unitId === unitId)
    const sent = claim === undefined ? ship(deed, unitId, number, parcel.vendor) : sendClaim(deed, claim, number, parcel)
    if (!sent.ok) return sent
  }
  const body = vendorPaper({ number, at, who: staff?.name ?? '', ...parcel, lines }, deed.setting)
  const summary = [parcel.vendor, ...lines.map(({ unit }) => unit.aliases[0]?.value ?? unit.product.name)].join(' ').slice(0, 500)
  recordDocument(db, { id: documentId, kind: body.kind, number, at, total_cents: 0, summary, body })
  return ok({ documentId })
}

function ship(deed: Deed, unitId: string, number: string, vendor: string): Result<null> {
  for (const id of [unitId, ...partsOf(deed.ground, unitId).map((part) => part.id)])
    tell(deed, id, 'shipped', { number, from: deed.ground.place.name, to: vendor }, (facts) => ({ ...facts, custody: { at: 'at-vendor', vendor } }))
  return ok(null)
}

function sendClaim(deed: Deed, claim: ClaimToSend, number: string, { vendor, note }: VendorParcel): Result<null> {
  if (claim.away === null) {
    const sent = actClaim(deed, claim.claimId, { do: 'send', to: vendor, note })
    if (!sent.ok) return sent
  }
  const { ground, db, staff } = deed
  recordStep(db, claim.claimId, staff?.staffId ?? null, { at: ground.now(), who: staff?.name ?? '', what: 'note', params: { [VENDOR_PAPER]: number }, note: number })
  return ok(null)
}

function lineOf({ db }: Deed, unit: KnownUnit, { reason, symptom, number }: VendorPiece): VendorPaperLine {
  return { unit, reason, symptom, number, verdictId: keptVerdict(db, { by: 'unit', value: unit.id })?.id ?? null }
}
