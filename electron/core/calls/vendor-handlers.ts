import { sendToVendor } from '../vendors/send-to-vendor.ts'
import { vendorPieces, vendorPieceOf } from '../vendors/vendor-pieces.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const vendorsHandlers = (os: Os, core: RunningCore) => ({
  waiting: os.vendors.waiting.handler(() => vendorPieces(core.shop.desk.ground)),
  piece: os.vendors.piece.handler(({ input }) => {
    const found = core.shop.service.findPiece(input.text)
    return found && vendorPieceOf(core.shop.desk.ground, found.unitId)
  }),
  send: os.vendors.send.handler(({ input }) => {
    const { ground } = core.shop.desk
    const documentId = ground.newId()
    valueOf(core.shop.desk.act('', (deed) => sendToVendor(deed, input, documentId)))
    return { documentId, left: vendorPieces(ground) }
  }),
})
