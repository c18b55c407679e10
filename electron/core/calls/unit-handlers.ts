import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const unitsHandlers = (os: Os, core: RunningCore) => ({
  find: os.units.find.handler(({ input }) => core.shop.findUnits(input.text)),
  timeline: os.units.timeline.handler(({ input }) => valueOf(core.shop.timeline(input.unitId))),
  printLabel: os.units.printLabel.handler(async ({ input }) => valueOf(await core.shop.printLabel(input.unitId))),
  issueNumber: os.units.issueNumber.handler(({ input }) => {
    const { number, left } = valueOf(core.shop.issueNumber(input.unitId))
    return { number, left }
  }),
  bindTag: os.units.bindTag.handler(({ input }) => valueOf(core.shop.bindTag(input))),
})
