import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Params } from '../../../contract/ids.ts'
import type { UnitFacts } from '../../../contract/unit.ts'
import { isInACart, unitOf } from '../facts/judge.ts'
import { toldFacts, type KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { recordEvent } from '../store/journal.ts'
import { partsOf, withoutSet } from './set-of.ts'

/** More than anybody packs into one box. */
const PARTS_MAX = 20

/** The piece stands alone from here on. Throws for a piece nobody knows; one that stands alone stays as it is. */
export function takeOut(deed: Deed, unitId: string, reason: string): void {
  const facts = toldFacts(deed.ground.mirror, deed.db, unitId)
  if (facts === null) throw new Error(`unit ${unitId} is gone`)
  if (facts.partOf === undefined) return
  tell(deed, 'unkitted', unitId, { parent: facts.partOf, ...(reason === '' ? {} : { reason }) }, withoutSet(facts))
}

/**
 * Packs a piece with another: sold together from here on, under the number of the other. Refuses what is in a cart or
 * in a set already, what does not lie in this store, a piece with itself, a set in a set, and too many parts
 * (`not-for-a-set`).
 */
export function packWith(deed: Deed, wholeId: string, unitId: string): Result<null> {
  const { ground, db } = deed
  const whole = unitOf(ground, wholeId)
  const unit = unitOf(ground, unitId)
  if (whole === null || unit === null) return refused('no-such-unit')
  const parts = partsOf(ground, wholeId)
  const fits = (one: KnownUnit): boolean => one.facts.partOf === undefined && liesHere(deed, one) && !isInACart(ground, one)
  if (wholeId === unitId || !fits(whole) || !fits(unit) || partsOf(ground, unitId).length > 0 || parts.length >= PARTS_MAX) return refused('not-for-a-set')
  const facts = toldFacts(ground.mirror, db, unitId)
  if (facts === null) return refused('no-such-unit')
  tell(deed, 'kitted', unitId, { parent: wholeId, set: whole.product.name }, { ...facts, partOf: wholeId })
  return ok(null)
}

/** Takes a piece out of this set in this store. Refuses one that is not in it, not here, or in a cart (`not-for-a-set`). */
export function takeOutOfStock(deed: Deed, wholeId: string, unitId: string, reason: string): Result<null> {
  const whole = unitOf(deed.ground, wholeId)
  const unit = unitOf(deed.ground, unitId)
  if (whole === null || unit === null) return refused('no-such-unit')
  if (unit.facts.partOf !== wholeId || !liesHere(deed, unit) || [whole, unit].some((one) => isInACart(deed.ground, one))) return refused('not-for-a-set')
  takeOut(deed, unitId, reason)
  return ok(null)
}

/** Writes down the number of a part that is no piece of its own. */
export function notePart(deed: Deed, unitId: string, part: string, number: string): Result<null> {
  const facts = toldFacts(deed.ground.mirror, deed.db, unitId)
  if (facts === null) return refused('no-such-unit')
  tell(deed, 'kitted', unitId, { part, number }, { ...facts, parts: { ...facts.parts, [part]: number } })
  return ok(null)
}

const liesHere = ({ ground }: Deed, { facts: { custody } }: KnownUnit): boolean => custody.at === 'in-stock' && custody.storeId === ground.place.id

function tell(deed: Deed, kind: 'kitted' | 'unkitted', unitId: string, params: Params, facts: UnitFacts): void {
  const { ground, db, staff } = deed
  recordEvent(db, {
    id: ground.newId(), kind, unitId, at: ground.now(), storeId: ground.place.id, tillId: ground.till.id,
    staffId: staff?.staffId ?? null, who: staff?.name ?? null, params, facts,
  })
}
