import { ok, refused } from '../../../contract/fault.ts'
import type { Arrived } from '../../../contract/shipment-view.ts'
import { isAside } from '../scans/found.ts'
import { lookAt } from '../scans/look.ts'
import { comingPieces } from '../shipments/coming.ts'
import { receivePiece } from '../shipments/receive-piece.ts'
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
    const { ground } = core.shop.desk
    const found = lookAt(ground, input.text.trim())
    let arrived: Omit<Arrived, 'coming'> | null = null
    valueOf(
      core.shop.desk.act('', (deed) => {
        if (isAside(found) || found.is !== 'unit') return refused('no-such-unit')
        const received = receivePiece(deed, found.hit.unit, input.anyway)
        if (received.ok) arrived = received.value
        return received.ok ? ok(null) : received
      }),
    )
    if (arrived === null) throw new Error('a piece that was received is known')
    return { ...(arrived as Omit<Arrived, 'coming'>), coming: comingPieces(ground) }
  }),
})
