import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const returnsHandlers = (os: Os, core: RunningCore) => ({
  act: os.returns.act.handler(async ({ input }) => valueOf(await core.shop.desk.actReturn(input.flowId, input.action))),
})
