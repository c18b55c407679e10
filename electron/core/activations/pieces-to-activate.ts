import type { Activation, ActivationService, PieceToActivate } from '../../../contract/activation.ts'
import { fullName } from '../../../contract/product-name.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { activationOf, openActivations, unitsOfSale, type ActivationRow, type SoldUnit } from './activation-rows.ts'

/** The pieces of a sale that somebody may connect, with what became of each so far. */
export const piecesOfSale = (ground: Ground, saleId: string): PieceToActivate[] =>
  unitsOfSale(ground.store.reading, saleId).flatMap((sold) => pieceToActivate(ground, sold))

/** Those of any sale that wait for somebody; what came back meanwhile waits for nobody. */
export const openPieces = (ground: Ground): PieceToActivate[] =>
  openActivations(ground.store.reading).flatMap((row) =>
    unitsOfSale(ground.store.reading, row.sale_id).filter(({ unit_id }) => unit_id === row.unit_id).flatMap((sold) => pieceToActivate(ground, sold)),
  )

/** Who connects pieces like this one. */
export const servicesFor = (ground: Ground, { product }: KnownUnit): ActivationService[] =>
  (ground.policy().activation ?? []).filter(({ categories }) => categories.includes('*') || categories.includes(product.category))

/** True while the piece is with whoever bought it in this sale, or has it from there. */
export function isStillSold({ facts: { title } }: KnownUnit, saleId: string): boolean {
  return (title.is === 'sold' || title.is === 'transferred') && title.purchase.saleId === saleId
}

function pieceToActivate(ground: Ground, sold: SoldUnit): PieceToActivate[] {
  const unit = unitOf(ground, sold.unit_id)
  if (unit === null || !isStillSold(unit, sold.sale_id)) return []
  const row = activationOf(ground.store.reading, sold.sale_id, sold.unit_id)
  const services = servicesFor(ground, unit)
  if (row === null && services.length === 0) return []
  return [{
    saleId: sold.sale_id, unitId: unit.id, name: fullName(unit.product.brand, unit.product.name), serial: unit.aliases[0]?.value ?? unit.id,
    receiptNumber: sold.number, imeis: imeisOf(unit), services: services.map(({ id, provider }) => ({ serviceId: id, provider })),
    activation: row === null ? null : viewOf(row),
  }]
}

export const imeisOf = (unit: KnownUnit): string[] =>
  unit.aliases.flatMap(({ kind, value, retiredWhy }) => (kind === 'imei' && retiredWhy === null ? [value] : []))

const viewOf = (row: ActivationRow): Activation => ({
  activationId: row.id, state: row.state, why: row.why, serviceId: row.service_id, provider: row.provider, imei: row.imei, simEnd: row.sim_end, reference: row.reference, at: row.changed_at,
})
