import { checkHandlers } from './check-handlers.ts'
import { demoHandlers } from './demo-handlers.ts'
import { deskHandlers } from './desk-handlers.ts'
import { devicesHandlers } from './device-handlers.ts'
import { kioskHandlers } from './kiosk-handlers.ts'
import { papersHandlers } from './paper-handlers.ts'
import { returnsHandlers } from './return-handlers.ts'
import { saleHandlers } from './sale-handlers.ts'
import { sessionHandlers } from './session-handlers.ts'
import { shiftHandlers } from './shift-handlers.ts'
import { unitsHandlers } from './unit-handlers.ts'
import { implementer } from './implementer.ts'
import type { RunningCore } from './implementer.ts'

/** The handlers of the contract: thin, one file a room of the contract. */
export function routerOf(core: RunningCore) {
  const os = implementer(core)
  return os.router({
    desk: deskHandlers(os, core),
    session: sessionHandlers(os, core),
    sale: saleHandlers(os, core),
    returns: returnsHandlers(os, core),
    check: checkHandlers(os, core),
    kiosk: kioskHandlers(os, core),
    shift: shiftHandlers(os, core),
    papers: papersHandlers(os, core),
    units: unitsHandlers(os, core),
    devices: devicesHandlers(os, core),
    demo: demoHandlers(os, core),
  })
}
