import { actExchange } from '../returns/run-exchange.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const exchangeHandlers = (os: Os, core: RunningCore) => ({
  act: os.exchange.act.handler(async ({ input }) => {
    if (input.action.do === 'settle') await core.shop.sync.beforePaying(input.flowId)
    return valueOf(core.shop.desk.act(input.flowId, (deed) => actExchange(deed, input.action)))
  }),
})
