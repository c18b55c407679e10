import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { ComingPiece } from '../../../contract/shipment-view.ts'
import type { NextPlace } from '../../../contract/verdict.ts'
import { isOnlyElsewhere } from '../../../contract/verdicts/only-elsewhere.ts'
import { nextPlace } from '../../../contract/verdicts/next-place.ts'
import { judgeUnit } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Deed } from '../flows/deed.ts'
import { areaOf } from '../returns/routes.ts'
import { tell } from '../service/claims.ts'
import { partsOf } from '../sets/set-of.ts'
import { comingPiece, isComingHere } from './coming.ts'

/**
 * A piece that was on its way has come in; the verdict says where it goes: a recalled one never to the shelf. Refuses a
 * piece that already stands here, one that is not the shop's, and one that is missing or off the books (`find-it-first`):
 * that it was found is said of it by whoever may say so, and no delivery says it. One that is meant for another store, or stands in
 * another by the records, is received only `anyway`: it is here, and the records follow the thing. What arrived damaged is
 * looked at before it is sold.
 */
export function receivePiece(deed: Deed, unit: KnownUnit, anyway: boolean, isDamaged = false): Result<{ piece: ComingPiece; place: NextPlace }> {
  const { ground } = deed
  const { custody, title } = unit.facts
  const named = { name: unit.product.name, serial: unit.aliases[0]?.value ?? unit.id }
  if (custody.at === 'in-stock' && custody.storeId === ground.place.id) return refused('already-here', named)
  if (title.is === 'sold' || title.is === 'transferred') return refused('not-ours-to-receive', named)
  if (custody.at === 'missing' || custody.at === 'retired') return refused('find-it-first', named)
  if (!isComingHere(ground, unit) && !anyway) {
    const store = custody.at === 'in-transit' ? custody.toStoreId : 'storeId' in custody ? custody.storeId : null
    return refused('meant-for-elsewhere', { ...named, store: store === null ? '–' : (ground.storeNames[store] ?? store) })
  }
  const { verdict } = judgeUnit(ground, 'receive', unit, null)
  // Where only the store in the records speaks against it, whoever holds it in the hand knows better.
  const proposed = anyway && isOnlyElsewhere(verdict) ? nextPlace('receive', 'accept', verdict.findings, unit.facts.condition) : verdict.next
  const place = isDamaged && proposed === 'shelf' ? 'inspection' : proposed
  const from = custody.at === 'in-transit' ? custody.fromStoreId : custody.at === 'in-stock' ? custody.storeId : null
  for (const id of [unit.id, ...partsOf(ground, unit.id).map((part) => part.id)])
    tell(deed, id, 'received', { ...(from === null ? {} : { from, store: ground.storeNames[from] ?? from }), place, ...(isDamaged ? { arrived: 'damaged' } : {}) }, (facts) => ({
      ...facts,
      custody: { at: 'in-stock', storeId: ground.place.id, area: areaOf(place) },
      condition: place === 'inspection' ? 'to-inspect' : facts.condition,
      title: facts.title.is === 'unknown' ? { is: 'ours' } : facts.title,
    }))
  // What was seen of it on arrival is told to whoever looks at it: the carrier or the supplier answers for that.
  if (isDamaged) tell(deed, unit.id, 'routed', { place, condition: 'damaged' }, (facts) => facts)
  return ok({ piece: comingPiece(ground, unit), place })
}
