import type { VendorPiece } from '../../../contract/vendor-view.ts'
import { unitCard } from '../desk/flow-views.ts'
import { isInACart, unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { waitingPieces } from '../returns/waiting-pieces.ts'
import { openClaims, stepsOf } from '../service/claim-rows.ts'
import { mayFollow, standingOf, type Standing } from '../service/claim-steps.ts'
import { nameOf } from '../service/service-view.ts'
import { sql, type Reading } from '../store/store.ts'

const LIST_MAX = 500

/** In the parameters of a claim's note: the paper with which its piece went to the vendor. */
export const VENDOR_PAPER = 'vendorReturn'

/** An open claim whose piece may go to a vendor now, or has gone there without a paper. */
export interface ClaimToSend {
  readonly claimId: string
  readonly number: string
  readonly unitId: string
  readonly symptom: string
  readonly since: string
  readonly away: string | null
}

/** Every piece that stands here for its maker. A piece that has left, or was routed anew, waits no longer. */
export function vendorPieces(ground: Ground): VendorPiece[] {
  const { reading } = ground.store
  const here = (unitId: string): boolean => mayLeave(ground, unitId)
  const pieces = [
    ...claimsToSend(reading).map((claim) => fromClaim(ground, claim)),
    ...waitingPieces(ground, unitCard)
      .filter(({ unit, place }) => place === 'maker' && here(unit.unitId))
      .map(({ unit: { unitId }, since, reason, number }) => ({ unitId, ...shown(ground, unitId), since, reason, number, symptom: null, away: null })),
    ...inspectedForMaker(reading).filter(({ unitId }) => here(unitId)).map((one) => fromStock(ground, one)),
  ]
  return pieces.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0)).slice(0, LIST_MAX)
}

/** One piece that somebody wants to send along, wherever in the store it stands; null where it may not leave. */
export function vendorPieceOf(ground: Ground, unitId: string, waiting: readonly VendorPiece[] = vendorPieces(ground)): VendorPiece | null {
  const known = waiting.find((piece) => piece.unitId === unitId)
  if (known) return known
  return mayLeave(ground, unitId) ? fromStock(ground, { unitId, since: ground.now() }) : null
}

/** In our stock, in this store, in nobody's cart, and no part that would leave its set alone. */
function mayLeave(ground: Ground, unitId: string): boolean {
  const unit = unitOf(ground, unitId)
  if (unit === null) return false
  const { custody, partOf } = unit.facts
  return custody.at === 'in-stock' && custody.storeId === ground.place.id && partOf === undefined && !isInACart(ground, unit)
}

export function claimsToSend(db: Reading): ClaimToSend[] {
  return openClaims(db).flatMap(({ id, number, unit_id, symptom, opened_at }) => {
    const steps = stepsOf(db, id)
    const standing = standingOf(steps)
    const sent = steps.findLastIndex(({ what }) => what === 'send')
    const isOnPaper = steps.some(({ params }, index) => index > sent && params[VENDOR_PAPER] !== undefined)
    const waits = standing.state === 'away' ? !isOnPaper : isForRepair(standing)
    return waits ? [{ claimId: id, number, unitId: unit_id, symptom, since: steps[sent]?.at ?? opened_at, away: standing.away }] : []
  })
}

/** Decided, and what was decided is done by somebody else; a piece that is back waits for its owner. */
const isForRepair = (standing: Standing): boolean =>
  standing.state === 'decided' && (standing.remedy === 'repair' || standing.remedy === 'paid-repair') && mayFollow(standing, 'send') === true

const fromClaim = (ground: Ground, { unitId, since, symptom, number, away }: ClaimToSend): VendorPiece => ({
  unitId, ...shown(ground, unitId), since, reason: null, symptom, number, away,
})

const fromStock = (ground: Ground, { unitId, since }: { unitId: string; since: string }): VendorPiece => ({
  unitId, ...shown(ground, unitId), since, ...lastReturnOf(ground.store.reading, unitId), symptom: null, away: null,
})

function shown(ground: Ground, unitId: string): { name: string; brand: string; serial: string } {
  const unit = unitOf(ground, unitId)
  return { ...nameOf(unit, unitId), brand: unit?.product.brand ?? '' }
}

/** Pieces whose last look here sent them on to the maker. */
const inspectedForMaker = (db: Reading): { unitId: string; since: string }[] =>
  sql(
    db,
    `SELECT i.unit_id AS unitId, i.at AS since FROM inspections i
     WHERE i.next_place = 'maker' AND NOT EXISTS (SELECT 1 FROM inspections j WHERE j.unit_id = i.unit_id AND (j.at, j.id) > (i.at, i.id))
     ORDER BY i.at DESC LIMIT ${LIST_MAX}`,
  ).all() as { unitId: string; since: string }[]

/** Why and on which document a piece last came back over this till. */
function lastReturnOf(db: Reading, unitId: string): { reason: string | null; number: string | null } {
  const row = sql(
    db,
    `SELECT l.reason, r.number FROM return_lines l JOIN returns r ON r.id = l.return_id
     WHERE l.unit_id = ? ORDER BY r.returned_at DESC LIMIT 1`,
  ).get(unitId) as { reason: string; number: string } | undefined
  return row ?? { reason: null, number: null }
}
