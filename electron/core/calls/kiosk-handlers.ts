import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const kioskHandlers = (os: Os, core: RunningCore) => ({
  act: os.kiosk.act.handler(({ input }) => valueOf(core.shop.desk.actKiosk(input.action))),
})
