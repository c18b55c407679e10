import { fetchPiece } from '../reservations/fetch-piece.ts'
import { endReservation, reservePiece } from '../reservations/reserve-piece.ts'
import { reservedPieces, withMaskedNames } from '../reservations/reserved-pieces.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const reservationHandlers = (os: Os, core: RunningCore) => ({
  view: os.reservations.view.handler(() => {
    const { desk } = core.shop
    const pieces = reservedPieces(desk.ground)
    return desk.person !== null && desk.rights(desk.person).includes('see-customer') ? pieces : withMaskedNames(pieces)
  }),
  reserve: os.reservations.reserve.handler(({ input }) => valueOf(core.shop.desk.turn('', (deed) => reservePiece(deed, input)))),
  fetch: os.reservations.fetch.handler(({ input }) => valueOf(core.shop.desk.act('', (deed) => fetchPiece(deed, input.unitId)))),
  letGo: os.reservations.letGo.handler(({ input }) => valueOf(core.shop.desk.act('', (deed) => endReservation(deed, input.unitId, 'let-go')))),
})
