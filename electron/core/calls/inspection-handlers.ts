import { unitCard } from '../desk/flow-views.ts'
import { inspect } from '../returns/inspect.ts'
import { broughtPiece, waitingPieces } from '../returns/waiting-pieces.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const inspectionsHandlers = (os: Os, core: RunningCore) => ({
  waiting: os.inspections.waiting.handler(() => waitingPieces(core.shop.desk.ground, unitCard)),
  brought: os.inspections.brought.handler(({ input }) => broughtPiece(core.shop.desk.ground, input.unitId, unitCard)),
  inspect: os.inspections.inspect.handler(({ input }) => {
    valueOf(core.shop.desk.act(input.unitId, (deed) => inspect(deed, input)))
    return waitingPieces(core.shop.desk.ground, unitCard)
  }),
})
