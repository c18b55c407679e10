import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { PieceMarks } from '../../../contract/mark-view.ts'
import { unitCard } from '../desk/flow-views.ts'
import { isInACart, unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { actsOn, liftable, markPiece } from '../marks/mark-piece.ts'
import { missingPieces } from '../marks/missing-pieces.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const marksHandlers = (os: Os, core: RunningCore) => ({
  view: os.marks.view.handler(({ input }) => valueOf(marksOf(core.shop.desk.ground, input.unitId))),
  act: os.marks.act.handler(({ input }) => {
    const { desk } = core.shop
    valueOf(desk.act('', (deed) => markPiece(deed, input.unitId, input.act)))
    return valueOf(marksOf(desk.ground, input.unitId))
  }),
  missing: os.marks.missing.handler(() => missingPieces(core.shop.desk.ground)),
})

function marksOf(ground: Ground, unitId: string): Result<PieceMarks> {
  const unit = unitOf(ground, unitId)
  if (unit === null) return refused('no-such-unit')
  const acts = actsOn(ground, unit)
  return ok({ unit: unitCard(unit), liftable: liftable(unit.facts), acts: isInACart(ground, unit) ? acts.filter((one) => one === 'mark' || one === 'unmark') : acts })
}
