import { actTradeIn, statementFor } from '../returns/run-trade-in.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const tradeInsHandlers = (os: Os, core: RunningCore) => ({
  act: os.tradeIns.act.handler(({ input }) => valueOf(core.shop.desk.act(input.flowId, (deed) => actTradeIn(deed, input.action)))),
  statement: os.tradeIns.statement.handler(({ input }) => {
    const { documentId } = valueOf(core.shop.desk.turn(input.flowId, statementFor))
    return { documentId }
  }),
})
