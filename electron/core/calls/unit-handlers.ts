import { confirmLabel, relabelPiece } from '../own-numbers/relabel-piece.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const unitsHandlers = (os: Os, core: RunningCore) => ({
  find: os.units.find.handler(({ input }) => core.shop.findUnits(input.text)),
  timeline: os.units.timeline.handler(({ input }) => valueOf(core.shop.timeline(input.unitId))),
  printLabel: os.units.printLabel.handler(async ({ input }) => valueOf(await core.shop.printLabel(input.unitId, input.number ?? null))),
  issueNumber: os.units.issueNumber.handler(({ input }) => {
    const { number, left } = valueOf(core.shop.issueNumber(input.unitId))
    return { number, left }
  }),
  relabel: os.units.relabel.handler(({ input }) => {
    const photos = input.photos.map(({ base64 }) => base64)
    const { number } = valueOf(core.shop.desk.turn('', (deed) => relabelPiece(deed, { ...input, photos })))
    return { number }
  }),
  confirmLabel: os.units.confirmLabel.handler(({ input }) => {
    const isRight = valueOf(core.shop.desk.turn('', (deed) => confirmLabel(deed, input.unitId, input.text.trim())))
    return { isRight }
  }),
  bindTag: os.units.bindTag.handler(({ input }) => valueOf(core.shop.bindTag(input))),
})
