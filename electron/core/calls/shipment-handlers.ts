import { arrive } from '../shipments/arrive.ts'
import { comingPieces } from '../shipments/coming.ts'
import { sendPieces } from '../shipments/send-pieces.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const shipmentHandlers = (os: Os, core: RunningCore) => ({
  view: os.shipments.view.handler(() => {
    const { ground } = core.shop.desk
    const others = ground.mirror.stores().filter(({ id }) => id !== ground.place.id)
    return { stores: others.map(({ id, name }) => ({ id, name })), coming: comingPieces(ground) }
  }),
  send: os.shipments.send.handler(({ input }) => {
    const { documentId } = valueOf(core.shop.desk.turn('', (deed) => sendPieces(deed, input)))
    return { documentId }
  }),
  receive: os.shipments.receive.handler(({ input }) => valueOf(core.shop.desk.turn('', (deed) => arrive(deed, input)))),
})
