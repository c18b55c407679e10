import type { Arrived } from '../../../contract/shipment-view.ts'
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
    let documentId = ''
    valueOf(
      core.shop.desk.act('', (deed) => {
        const sent = sendPieces(deed, input)
        if (sent.ok) ({ documentId } = sent.value)
        return sent
      }),
    )
    return { documentId }
  }),
  receive: os.shipments.receive.handler(({ input }): Arrived => {
    let arrived: Arrived | null = null
    valueOf(
      core.shop.desk.act('', (deed) => {
        const came = arrive(deed, input)
        if (came.ok) arrived = came.value
        return came
      }),
    )
    if (arrived === null) throw new Error('what was taken in is known')
    return arrived
  }),
})
