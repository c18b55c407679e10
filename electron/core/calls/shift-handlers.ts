import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const shiftHandlers = (os: Os, core: RunningCore) => ({
  act: os.shift.act.handler(({ input }) => valueOf(core.shop.desk.actShift(input.action))),
})
