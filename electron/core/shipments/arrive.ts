import assert from 'node:assert/strict'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { fullName } from '../../../contract/product-name.ts'
import type { Arrival, Arrived } from '../../../contract/shipment-view.ts'
import type { UnitFacts } from '../../../contract/unit.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import type { Ground } from '../ground.ts'
import type { Product } from '../mirror/mirror.ts'
import { bringIntoBeing } from '../returns/bring-into-being.ts'
import { serialFault } from '../scans/by-identity.ts'
import { isAside, type Found } from '../scans/found.ts'
import { lookAt } from '../scans/look.ts'
import { comingPieces, isComingHere } from './coming.ts'
import { receivePiece } from './receive-piece.ts'

const SERIAL_MAX = 128

/**
 * What is scanned while goods are taken in: a piece on the list of what is to come, one that belongs elsewhere, one that
 * nobody announced, or an article whose pieces are scanned next. A piece nobody announced comes into being only when
 * somebody says that it is new (`not-announced` before that): a number misread would be a piece that never was. What was
 * said of one piece of an article goes for its next ones, and for nothing that the code knows as other goods. Refuses a
 * number its maker cannot have given out (`wrong-number`) and goods without numbers of their own (`no-numbers`).
 */
export function arrive(deed: Deed, arrival: Arrival): Result<Arrived> {
  const text = arrival.text.trim()
  const found = lookAt(deed.ground, text)
  if (isAside(found)) return refused('no-such-unit')
  const chosen = arrival.productId === null ? null : deed.ground.mirror.product(arrival.productId)
  const known = knownPiece(deed.ground, found, chosen)
  if (known !== null) return take(deed, known, arrival, isComingHere(deed.ground, known) ? 'announced' : 'elsewhere')
  switch (found.is) {
    case 'product':
      if (found.product.tracking !== 'serial') return refused('no-numbers', { name: nameOf(found.product) })
      if (found.strangeSerial === null) return ok({ is: 'asks-serial', productId: found.product.id, name: nameOf(found.product), coming: comingPieces(deed.ground) })
      return takeNew(deed, found.product, found.strangeSerial, arrival, arrival.alsoNew && found.product.id === chosen?.id)
    case 'nothing':
      if (chosen === null || found.why === 'card-number') return refused(found.why === 'card-number' ? 'card-number' : 'no-such-unit')
      if (found.why !== 'unknown-code') return refused('wrong-number', { name: nameOf(chosen), serial: text })
      return takeNew(deed, chosen, text, arrival, arrival.alsoNew)
    default:
      // The number belongs to something else, and may stand on a piece of this article all the same: makers share none.
      return chosen === null ? refused('no-such-unit') : takeNew(deed, chosen, text, arrival, false)
  }
}

/**
 * The piece that a scan means: the one on the list of what is to come, whatever article was scanned before it; else, under
 * such an article, only a piece of that article.
 */
function knownPiece(ground: Ground, found: Found, chosen: Product | null): KnownUnit | null {
  const units = (found.is === 'unit' ? [found.hit] : found.is === 'many' ? found.hits : []).map(({ unit }) => unit)
  const ofArticle = units.filter(({ product }) => chosen === null || product.id === chosen.id)
  const announced = (some: readonly KnownUnit[]) => some.filter((unit) => isComingHere(ground, unit))
  const [meant] = [announced(ofArticle), announced(units), ofArticle].filter((some) => some.length === 1)
  return meant?.[0] ?? null
}

/** `isSaid`: somebody has said of the article's pieces that they are new, and the code does not speak against it. */
function takeNew(deed: Deed, product: Product, serial: string, arrival: Arrival, isSaid: boolean): Result<Arrived> {
  const { ground } = deed
  const named = { name: nameOf(product), serial }
  if (serial.length > SERIAL_MAX) return refused('too-long')
  if (serialFault(product.id, serial, { mirror: ground.mirror, today: ground.now().slice(0, 10) }) !== null) return refused('wrong-number', named)
  if (!arrival.asNew && !isSaid) return refused('not-announced', named)
  const facts: UnitFacts = { custody: { at: 'expected', storeId: ground.place.id }, title: { is: 'unknown' }, condition: 'new', flags: [], cover: [] }
  const unit = unitOf(ground, bringIntoBeing(deed, { productId: product.id, serial, from: 'supplier', facts }))
  assert(unit !== null, 'a piece that came into being is known')
  return take(deed, unit, arrival, 'new')
}

function take(deed: Deed, unit: KnownUnit, arrival: Arrival, as: 'announced' | 'new' | 'elsewhere'): Result<Arrived> {
  const received = receivePiece(deed, unit, arrival.anyway, arrival.isDamaged)
  return received.ok ? ok({ is: 'received', ...received.value, as, isDamaged: arrival.isDamaged, coming: comingPieces(deed.ground) }) : received
}

const nameOf = ({ brand, name }: Product): string => fullName(brand, name)
