import type { CustomerPurchase, OwnerNews } from '../../../contract/customer.ts'
import { dayIn, daysBetween } from '../../../contract/days.ts'
import type { CoverLayer } from '../../../contract/unit.ts'
import { fullName } from '../../../contract/product-name.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { campaignsOfProduct } from '../recalls/campaigns.ts'

/** From so many days before its end somebody is told that a promise is ending. */
const ENDS_SOON_DAYS = 30

/** More pieces than a person at the counter asks after; the newest are looked at. */
const PIECES_MAX = 60

/**
 * What a customer who stands here is to be told of the pieces still owned: recalls first, which everybody is told for
 * safety's sake; then, to who agreed to be told, promises that end within a month.
 */
export function newsOf(ground: Ground, purchases: readonly CustomerPurchase[], mayTellOfCover: boolean): OwnerNews[] {
  const bought = purchases.flatMap(({ saleId, lines }) => lines.flatMap(({ unitId, isBack }) => (unitId === null || isBack ? [] : [{ saleId, unitId }])))
  const owned = bought.slice(0, PIECES_MAX).flatMap(({ saleId, unitId }) => {
    const unit = unitOf(ground, unitId)
    const title = unit?.facts.title
    return unit && title?.is === 'sold' && title.purchase.saleId === saleId ? [unit] : []
  })
  return [...owned.flatMap((unit) => recallsOf(ground, unit)), ...(mayTellOfCover ? owned.flatMap((unit) => endingOf(ground, unit)) : [])]
}

function recallsOf(ground: Ground, unit: KnownUnit): OwnerNews[] {
  const { flags } = unit.facts
  const open = flags.filter(({ kind, reference }) => kind === 'recall' && !flags.some((other) => other.kind === 'recall-remedied' && other.reference === reference))
  return open.map((flag) => {
    const campaign = campaignsOfProduct(ground.mirror.reading, unit.product.id).find(({ reference }) => reference === flag.reference)
    return { is: 'recall', ...pieceOf(unit), reference: flag.reference ?? '', reason: flag.reason, remedy: campaign?.remedy ?? '', stopUse: campaign?.stopUse ?? false }
  })
}

function endingOf(ground: Ground, unit: KnownUnit): OwnerNews[] {
  const today = dayIn(ground.now(), ground.place.time_zone)
  const endsSoon = ({ end, voidWhy, layer }: CoverLayer): boolean => {
    const left = daysBetween(today, end)
    return voidWhy === null && layer !== 'repair' && left >= 0 && left <= ENDS_SOON_DAYS
  }
  return unit.facts.cover.filter(endsSoon).map(({ layer, end }) => ({ is: 'ends', ...pieceOf(unit), layer, end }))
}

const pieceOf = (unit: KnownUnit) => ({ unitId: unit.id, name: fullName(unit.product.brand, unit.product.name), serial: unit.aliases[0]?.value ?? unit.id })
