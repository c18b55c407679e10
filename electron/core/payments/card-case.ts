import type { Deed } from '../flows/deed.ts'
import { recordCase } from '../store/evidence.ts'

/**
 * Money between the shop and a card that belongs to no sale and no return, and that no terminal can move back: somebody
 * has to see to it. `card-refund`: a card got money for nothing; `card-reversal`: a card has money to get back.
 */
export function openCardCase({ ground, db }: Pick<Deed, 'ground' | 'db'>, kind: 'card-refund' | 'card-reversal', unitId: string | null): void {
  recordCase(db, { id: ground.newId(), at: ground.now(), kind, unitId, verdictId: null, quiet: false, seat: ground.seat })
}
