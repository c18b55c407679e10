import { ok, refused, type FaultCode, type Result } from '../../../contract/fault.ts'
import { reservationIn } from '../../../contract/reservation.ts'
import type { Shipment } from '../../../contract/shipment-view.ts'
import { isInACart, judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { formatNumber } from '../flows/numbers.ts'
import { tell } from '../service/claims.ts'
import { partsOf } from '../sets/set-of.ts'
import { nextNumber } from '../store/meta.ts'
import { recordDocument } from '../store/papers.ts'
import { shipmentPaper } from './shipment-paper.ts'

/**
 * Sends pieces to another store of the shop: from here on they are on their way, sellable nowhere until that store has
 * scanned them. All or none. Refuses an unknown store and this one, and each piece that does not stand here free: in a
 * cart, part of a set that stays, sold, looked for, or kept for a customer who fetches it elsewhere. A set takes its parts along.
 */
export function sendPieces(deed: Deed, shipment: Shipment): Result<{ documentId: string }> {
  const { ground, db } = deed
  const to = ground.mirror.store(shipment.toStoreId)
  if (to === null || to.id === ground.place.id) return refused('no-such-store')
  const pieces: KnownUnit[] = []
  for (const unitId of new Set(shipment.unitIds)) {
    const unit = unitOf(ground, unitId)
    if (unit === null) return refused('no-such-unit')
    const fault = faultOf(deed, unit, shipment)
    if (fault !== null) return refused(fault, { name: unit.product.name, serial: unit.aliases[0]?.value ?? unit.id })
    pieces.push(unit)
  }
  const number = formatNumber(ground, 'shipment', nextNumber(db, 'shipment'))
  const along = pieces.flatMap(({ id }) => partsOf(ground, id).map((part) => part.id))
  for (const id of new Set([...pieces.map((piece) => piece.id), ...along]))
    tell(deed, id, 'shipped', { number, to: to.id, store: to.name }, (facts) => ({
      ...facts, custody: { at: 'in-transit', fromStoreId: ground.place.id, toStoreId: to.id },
    }))
  const documentId = ground.newId()
  const at = ground.now()
  const body = shipmentPaper({ number, at, who: deed.staff?.name ?? '', from: ground.place.name, to, note: shipment.note.trim(), pieces }, deed.setting)
  recordDocument(db, { id: documentId, kind: body.kind, number, at, total_cents: 0, summary: `${to.name} · ${pieces.length} ×`, body })
  return ok({ documentId })
}

function faultOf({ ground }: Deed, unit: KnownUnit, { unitIds: together, toStoreId }: Shipment): FaultCode | null {
  const { custody, flags, partOf } = unit.facts
  if (custody.at !== 'in-stock' || custody.storeId !== ground.place.id) return 'not-in-stock-here'
  if (partOf !== undefined && !together.includes(partOf)) return 'part-of-set'
  if (isInACart(ground, unit)) return 'piece-in-cart'
  const kept = reservationIn(flags, ground.now())
  if (kept !== null && kept.toStoreId !== toStoreId) return 'reserved-already'
  return judgeUnit(ground, 'check', unit, null).verdict.findings.stolen.answer === 'flagged' ? 'piece-looked-for' : null
}
