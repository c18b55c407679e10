import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const checkHandlers = (os: Os, core: RunningCore) => ({
  act: os.check.act.handler(({ input }) => valueOf(core.shop.desk.actCheck(input.flowId, input.action))),
})
