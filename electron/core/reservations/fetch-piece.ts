import { ok, refused, type Result } from '../../../contract/fault.ts'
import { runSale, saleInHand } from '../desk/run-sale.ts'
import { setFront } from '../desk/going-on.ts'
import { isInACart, judgeUnit, unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import { holderOf } from '../store/flows.ts'
import { endReservation } from './reserve-piece.ts'

/**
 * Who has waited for a piece is here: it goes into the sale in hand, and with that nobody keeps it any longer. Both or
 * neither: refuses a piece that nobody keeps, and one that the sale does not take, which stays kept as it was.
 */
export function fetchPiece(deed: Deed, unitId: string): Result<null> {
  const { ground, db } = deed
  if (ground.seat !== 'counter') return refused('not-your-seat')
  const ended = endReservation(deed, unitId, 'fetched')
  if (!ended.ok) return ended
  const unit = unitOf(ground, unitId)
  if (unit === null) return refused('no-such-unit')
  const flowId = saleInHand(ground, db, deed.staff?.staffId ?? null)
  setFront(db, { screen: 'sale', flowId })
  const text = unit.aliases[0]?.value ?? unit.id
  const sold = runSale({ ...deed, flowId }, { do: 'scanned', found: { is: 'unit', text, hit: { unit, matchedBy: null, retiredLabel: null } } })
  if (!sold.ok) return sold
  if (holderOf(db, unitId, ground.now()) === flowId) return ok(null)
  if (isInACart(ground, unit)) return refused('piece-in-cart')
  return refused(judgeUnit(ground, 'sell', unit, flowId).verdict.outcome === 'accept' ? 'not-in-this-state' : 'piece-not-free')
}
