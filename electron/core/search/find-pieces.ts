import { daysBetween } from '../../../contract/days.ts'
import { PIECES_SHOWN_MAX, type FoundPiece, type FoundPieces, type PieceWish } from '../../../contract/found-piece.ts'
import type { EventKind } from '../../../contract/journal.ts'
import { cents } from '../../../contract/money.ts'
import { reservationIn } from '../../../contract/reservation.ts'
import type { CoverLayer } from '../../../contract/unit.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import { isOnlyElsewhere } from '../../../contract/verdicts/only-elsewhere.ts'
import { timelineOf } from '../facts/history.ts'
import { isInACart, judgeUnit, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { productIdOf } from '../returns/own-units.ts'
import { isComingHere, UNDER_WAY } from '../shipments/coming.ts'
import { sql } from '../store/store.ts'
import { findProducts } from './find-products.ts'
import { wordsOf } from './words.ts'

/** So many are looked at: each is judged, and a customer at the till is not kept waiting for it. */
const LOOKED_AT_MAX = 200
const OF_ONE_KIND_HERE_MAX = 25
const OF_ONE_KIND_THERE_MAX = 8
const IN_STORE = `SELECT id FROM units WHERE product_id = ? AND store_id = ? AND custody = 'in-stock' LIMIT ?`
/** What came into this store at this till since the centre told of it, among it pieces the centre has never heard of. */
const CAME_HERE = `SELECT unit_id AS id FROM unit_overlays
  WHERE json_extract(facts, '$.custody.at') = 'in-stock' AND json_extract(facts, '$.custody.storeId') = ? ORDER BY seq`

/**
 * Single pieces of the shop by what they are like: goods by any word, in this store or in all of them, with a condition
 * and with cover left. Those that are here and free come first, and of them what has lain longest. Only what this till
 * has heard of is found, and it only reads.
 */
export function findPieces(ground: Ground, wish: PieceWish): FoundPieces {
  const { ids, isMore } = idsFor(ground, wish)
  const fitting = ids.flatMap((id): FoundPiece[] => {
    const unit = unitOf(ground, id)
    const piece = unit === null ? null : foundPiece(ground, unit)
    return piece !== null && fits(piece, wish, ground.now()) ? [piece] : []
  })
  const all = fitting.toSorted(byUse)
  return { pieces: all.slice(0, PIECES_SHOWN_MAX), isMore: isMore || all.length > PIECES_SHOWN_MAX }
}

/** This store first, then one store after the other: in a large chain the last are not reached, and that is told. */
function idsFor(ground: Ground, wish: PieceWish): { ids: string[]; isMore: boolean } {
  const { mirror, place, store } = ground
  const productIds = findProducts(mirror, wordsOf(wish.text)).filter(({ tracking }) => tracking === 'serial').map(({ id }) => id)
  const ids = new Set<string>()
  let isMore = false
  const stores = wish.where === 'here' ? [place.id] : [place.id, ...mirror.stores().map(({ id }) => id).filter((id) => id !== place.id)]
  for (const storeId of stores) {
    const most = storeId === place.id ? OF_ONE_KIND_HERE_MAX : OF_ONE_KIND_THERE_MAX
    for (const productId of productIds) {
      const rows = sql(mirror.reading, IN_STORE).all(productId, storeId, most) as { id: string }[]
      isMore ||= rows.length === most
      for (const { id } of rows) ids.add(id)
    }
    if (storeId === place.id)
      for (const { id } of [...sql(store.reading, CAME_HERE).all(place.id), ...sql(mirror.reading, UNDER_WAY).all(place.id)] as { id: string }[])
        if (productIds.includes(productIdOf(mirror, store.reading, id) ?? '')) ids.add(id)
    if (ids.size >= LOOKED_AT_MAX) return { ids: [...ids].slice(0, LOOKED_AT_MAX), isMore: true }
  }
  return { ids: [...ids], isMore }
}

/** Null for a piece that has left since the centre told of it. */
function foundPiece(ground: Ground, unit: KnownUnit): FoundPiece | null {
  const { product, facts } = unit
  const { custody } = facts
  const isComing = isComingHere(ground, unit)
  if (custody.at !== 'in-stock' && !isComing) return null
  const storeId = custody.at === 'in-stock' ? custody.storeId : custody.at === 'in-transit' ? custody.fromStoreId : ground.place.id
  const { verdict } = judgeUnit(ground, 'sell', unit, null)
  return {
    unitId: unit.id, brand: product.brand, name: product.name, variant: product.variant, picture: product.picture,
    serial: unit.aliases[0]?.value ?? unit.id, condition: facts.condition, price_cents: cents(unit.price_cents),
    store: { id: storeId, name: ground.storeNames[storeId] ?? storeId },
    isHere: custody.at === 'in-stock' && storeId === ground.place.id,
    isComing,
    since: sinceWhen(ground, unit.id),
    coverUntil: lastDayOf(facts.cover),
    keptUntil: reservationIn(facts.flags, ground.now())?.until ?? null,
    isInCart: isInACart(ground, unit),
    trouble: troubleOf(verdict),
  }
}

/** Why it may not be sold as it is, beside where it is, in whose cart and for whom: these stand on the piece by themselves. */
function troubleOf(verdict: Verdict): FoundPiece['trouble'] {
  const [first] = verdict.reasons
  if (verdict.outcome === 'accept' || first === undefined || isOnlyElsewhere(verdict)) return null
  const { answer, reason, params } = verdict.findings[first]
  const standsByItself = verdict.reasons.length === 1 && (answer === 'in-another-cart' || answer === 'in-transit' || reason === 'reserved' || reason === 'not-received-yet')
  return standsByItself ? null : { reason: verdict.quiet ? 'on-hold' : reason, params: verdict.quiet ? {} : params }
}

const lastDayOf = (cover: readonly CoverLayer[]): string | null =>
  cover.filter(({ voidWhy }) => voidWhy === null).map(({ end }) => end).toSorted().at(-1) ?? null

const CAME: ReadonlySet<EventKind> = new Set(['received', 'stocked', 'returned', 'exchanged', 'found', 'back-from-repair'])
const sinceWhen = (ground: Ground, unitId: string): string | null => timelineOf(ground, unitId).findLast(({ kind }) => CAME.has(kind))?.at ?? null

function fits(piece: FoundPiece, { condition, coverDays_min }: PieceWish, now: string): boolean {
  if (condition !== null && piece.condition !== condition) return false
  return coverDays_min === 0 || piece.coverUntil === null || daysBetween(now.slice(0, 10), piece.coverUntil) >= coverDays_min
}

const isFree = ({ keptUntil, isInCart, trouble, isComing }: FoundPiece): boolean => keptUntil === null && !isInCart && trouble === null && !isComing

function byUse(a: FoundPiece, b: FoundPiece): number {
  const weight = (piece: FoundPiece) => (isFree(piece) ? 0 : 2) + (piece.isHere ? 0 : 1)
  if (weight(a) !== weight(b)) return weight(a) - weight(b)
  const [first, second] = [a.since ?? '', b.since ?? '']
  return first === second ? (a.serial < b.serial ? -1 : 1) : first < second ? -1 : 1
}
