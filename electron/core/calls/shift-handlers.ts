import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const shiftHandlers = (os: Os, core: RunningCore) => ({
  act: os.shift.act.handler(({ input }) => valueOf(core.shop.desk.actShift(input.action))),
  printX: os.shift.printX.handler(() => valueOf(core.shop.money.printX())),
  report: os.shift.report.handler(({ input }) => valueOf(core.shop.money.report(input.shiftId))),
  past: os.shift.past.handler(() => core.shop.money.past()),
  csv: os.shift.csv.handler(({ input }) => valueOf(core.shop.money.csv(input.shiftId))),
})
