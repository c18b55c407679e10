import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const kioskHandlers = (os: Os, core: RunningCore) => ({
  act: os.kiosk.act.handler(async ({ input }) => {
    if (input.action.do === 'refund') await core.shop.asking.beforeRefund(null)
    if (input.action.do === 'pay') await core.shop.sync.beforePaying(core.shop.kiosk.saleInFront())
    return valueOf(await core.shop.kiosk.act(input.action))
  }),
  keepPhoto: os.kiosk.keepPhoto.handler(({ input }) => valueOf(core.shop.kiosk.keepPhoto(input.base64))),
  door: os.kiosk.door.handler(({ input }) =>
    valueOf(input.action.do === 'ask' ? core.shop.kiosk.door.ask(null) : core.shop.kiosk.door.act(input.action)),
  ),
  openDoor: os.kiosk.openDoor.handler(async ({ input }) => valueOf(await core.shop.kiosk.door.open(input.pin))),
  takeOver: os.kiosk.takeOver.handler(({ input }) => valueOf(core.shop.kiosk.handOvers.take(input.id))),
  closeHandOver: os.kiosk.closeHandOver.handler(({ input }) => valueOf(core.shop.kiosk.handOvers.close(input.id))),
})
