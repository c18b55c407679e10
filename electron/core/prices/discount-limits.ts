import type { Right } from '../../../contract/roles.ts'
import type { SaleAction, SaleLine } from '../../../contract/sale-view.ts'
import type { Ground } from '../ground.ts'
import { staffOf } from '../people/staff.ts'

type PriceAct = Extract<SaleAction, { do: 'discount' | 'set-price' }>

/** The right that an act on a price wants; taking a discount back wants none. */
export function rightForPrice(act: PriceAct): Right | null {
  if (act.do === 'set-price') return 'override-price'
  return act.off === null ? null : 'discount'
}

/**
 * How far below its price, by hand, a line stands, in whole basis points (the cent that rounding gave is nobody's): the price that was set, the discount of
 * the line and its share of that of the cart together, so that no three small acts make a large one. What a promotion
 * gives is nobody's gift.
 */
export function handOff_bp(line: SaleLine): number {
  const promoted = (line.discounts ?? []).reduce((sum, part) => (part.kind === 'promotion' ? sum + part.amount_cents : sum), 0)
  const should = (line.priceSet?.listPrice_cents ?? line.unitPrice_cents) * line.quantity - promoted
  const off = should - line.total_cents
  if (off <= 0) return 0
  return should <= 0 ? 10_000 : Math.min(10_000, Number((BigInt(off) * 10_000n) / BigInt(should)))
}

/** The farthest that any line of the act would stand below its price. */
export function farthestOff_bp(lines: readonly SaleLine[], act: PriceAct): number {
  const concerned = act.lineId === null ? lines : lines.filter((line) => line.lineId === act.lineId)
  return Math.max(0, ...concerned.map(handOff_bp))
}

/** Whether the role of a person may go so far. Without limits in the policy the right alone is enough. */
export function mayTakeOff(ground: Ground, staffId: string, off_bp: number): boolean {
  const limits = ground.policy().discountUpTo_bp
  if (limits === undefined) return true
  const role = staffOf(ground).find((row) => row.id === staffId)?.role
  return role !== undefined && off_bp <= (limits[role] ?? 0)
}

