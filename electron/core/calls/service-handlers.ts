import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const serviceHandlers = (os: Os, core: RunningCore) => ({
  desk: os.service.desk.handler(() => core.shop.service.view()),
  unit: os.service.unit.handler(({ input }) => valueOf(core.shop.service.unit(input.unitId))),
  openClaim: os.service.openClaim.handler(({ input }) => valueOf(core.shop.service.openClaim(input.unitId, input.symptom, input.note, input.photos.map(({ base64 }) => base64)))),
  actClaim: os.service.actClaim.handler(({ input }) => valueOf(core.shop.service.actClaim(input.claimId, input.act))),
  photo: os.service.photo.handler(({ input }) => valueOf(core.shop.service.photo(input.claimId, input.shot.base64))),
  claimPaper: os.service.claimPaper.handler(({ input }) => valueOf(core.shop.service.claimPaper(input.claimId))),
  findPiece: os.service.findPiece.handler(({ input }) => core.shop.service.findPiece(input.text)),
  ownerCode: os.service.ownerCode.handler(({ input }) => valueOf(core.shop.service.ownerCode(input.unitId))),
  transfer: os.service.transfer.handler(({ input }) => valueOf(core.shop.service.transfer(input.unitId, input.to, input.proof))),
  changeHolder: os.service.changeHolder.handler(({ input }) => valueOf(core.shop.service.changeHolder(input.unitId, input.contractNumber, input.to))),
  reportStolen: os.service.reportStolen.handler(({ input }) => valueOf(core.shop.service.reportStolen(input.unitId, input.reference, input.reason))),
  clearStolen: os.service.clearStolen.handler(({ input }) => valueOf(core.shop.service.clearStolen(input.unitId, input.reason))),
  pack: os.service.pack.handler(({ input }) => valueOf(core.shop.service.pack(input.unitId, input.text))),
  takeOut: os.service.takeOut.handler(({ input }) => valueOf(core.shop.service.takeOut(input.unitId, input.partId, input.reason))),
  notePart: os.service.notePart.handler(({ input }) => valueOf(core.shop.service.notePart(input.unitId, input.part, input.number))),
  letters: os.service.letters.handler(({ input }) => valueOf(core.shop.service.letters(input.reference))),
  pull: os.service.pull.handler(({ input }) => valueOf(core.shop.service.pull(input.text))),
  remedied: os.service.remedied.handler(({ input }) => valueOf(core.shop.service.remedied(input.unitId, input.reference, input.note))),
})
