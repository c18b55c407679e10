import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const saleHandlers = (os: Os, core: RunningCore) => ({
  begin: os.sale.begin.handler(() => valueOf(core.shop.desk.beginSale())),
  act: os.sale.act.handler(async ({ input }) => {
    if (input.action.do === 'pay') await core.shop.sync.beforePaying(input.flowId)
    return valueOf(core.shop.desk.actSale(input.flowId, input.action))
  }),
  recall: os.sale.recall.handler(({ input }) => valueOf(core.shop.desk.recall(input.flowId))),
})
