import { createHash } from 'node:crypto'
import type { CountPiece, CountScope } from '../../../contract/counting-view.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { Custody, UnitFacts } from '../../../contract/unit.ts'
import { isInACart, unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { sql } from '../store/store.ts'
import type { CountRow } from './count-rows.ts'

/**
 * Goods first and pieces after: so the pieces of one store are found by an index, however many the shop has. What is
 * packed in a set is counted with the whole, and what a customer has bought is not the shop's to count.
 */
export const TOLD_HERE = `SELECT u.id, u.area, p.category FROM products p CROSS JOIN units u
  ON u.product_id = p.id AND u.store_id = @store AND u.custody IN ('in-stock', 'in-cart')
  WHERE u.title NOT IN ('sold', 'transferred') AND (u.more IS NULL OR json_extract(u.more, '$.partOf') IS NULL)`

interface PieceHere {
  readonly id: string
  /** Null while it lies in a cart of another till: then nobody knows which shelf it came from, and no shelf is asked for it. */
  readonly area: string | null
  readonly category: string
}

export const isHere = (ground: Ground, custody: Custody): boolean =>
  (custody.at === 'in-stock' || custody.at === 'in-cart') && custody.storeId === ground.place.id

export const isSold = ({ title }: UnitFacts): boolean => title.is === 'sold' || title.is === 'transferred'

/** In a cart of this till or another: it is in the store, and on no shelf. A lease that ran out holds nothing. */
export const liesInCart = (ground: Ground, unit: KnownUnit): boolean =>
  isInACart(ground, unit) || (unit.facts.custody.at === 'in-cart' && unit.facts.custody.until > ground.now())

/** Every piece that stands in this store alone or as a set: what the centre told, and over it what happened here since. */
export function piecesHere(ground: Ground): PieceHere[] {
  const told = sql(ground.mirror.reading, TOLD_HERE).all({ store: ground.place.id }) as PieceHere[]
  const local = sql(ground.store.reading, 'SELECT unit_id AS id, facts FROM unit_overlays').all() as { id: string; facts: string }[]
  const changed = new Map(local.map(({ id, facts }) => [id, JSON.parse(facts) as UnitFacts]))
  const here = [...changed].flatMap(([id, facts]): PieceHere[] => {
    if (!isHere(ground, facts.custody) || facts.partOf !== undefined || isSold(facts)) return []
    const unit = unitOf(ground, id)
    return unit === null ? [] : [{ id, area: areaOf(unit), category: unit.product.category }]
  })
  return [...told.filter(({ id }) => !changed.has(id)), ...here]
}

const isIn = (scope: CountScope, piece: Omit<PieceHere, 'id'>): boolean =>
  (scope.category === null || piece.category === scope.category) && (scope.area === null || piece.area === scope.area)

interface ToBeFound {
  readonly unitIds: readonly string[]
  /** Of a sample: the highest lot that was drawn, by which another till draws the same. */
  readonly lotUpTo: string | null
}

/**
 * What a count is to find. A sample is drawn by lot: the hash of the count's own id and the piece's decides, so nobody
 * can choose it and anybody can draw it again.
 */
export function toBeFound(ground: Ground, scope: CountScope, countId: string): ToBeFound {
  const ids = idsIn(ground, scope)
  if (scope.sample === null) return { unitIds: ids, lotUpTo: null }
  const unitIds = drawn(ids, scope.sample, countId)
  const last = unitIds.at(-1)
  return { unitIds, lotUpTo: last === undefined ? null : lotOf(last, countId) }
}

/** The same by the records of another till that counts along. */
export const toBeFoundAlong = (ground: Ground, { id, scope, lot_up_to }: Pick<CountRow, 'id' | 'scope' | 'lot_up_to'>): string[] =>
  idsIn(ground, scope).filter((unitId) => lot_up_to === null || lotOf(unitId, id) <= lot_up_to)

const idsIn = (ground: Ground, scope: CountScope): string[] => piecesHere(ground).filter((piece) => isIn(scope, piece)).map(({ id }) => id)

const lotOf = (id: string, seed: string): string => createHash('sha256').update(`${seed} ${id}`).digest('hex')

export function drawn(ids: readonly string[], size: number, seed: string): string[] {
  return ids.map((id) => ({ id, lot: lotOf(id, seed) })).toSorted((a, b) => (a.lot < b.lot ? -1 : 1)).slice(0, size).map(({ id }) => id)
}

/** Whether a piece that came after the count began would have been asked for; a sample asks for no other than its own. */
export const wouldBeAsked = (ground: Ground, scope: CountScope, unit: KnownUnit): boolean =>
  scope.sample === null && isHere(ground, unit.facts.custody) && unit.facts.partOf === undefined && !isSold(unit.facts) &&
  isIn(scope, { area: areaOf(unit), category: unit.product.category })

export const areaOf = ({ facts: { custody } }: KnownUnit): string | null => (custody.at === 'in-stock' ? custody.area : null)

export const countPiece = (unit: KnownUnit): CountPiece => ({
  unitId: unit.id,
  name: fullName(unit.product.brand, unit.product.name),
  serial: unit.aliases[0]?.value ?? unit.id,
  picture: unit.product.picture,
  area: areaOf(unit),
})
