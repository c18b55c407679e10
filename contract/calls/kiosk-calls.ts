import { z } from 'zod'
import { PhotoUpload } from '../case-view.ts'
import { DeskView } from '../desk-view.ts'
import { Id } from '../ids.ts'
import { KioskAction, KioskDoorAction } from '../kiosk-view.ts'
import { Pin } from '../pin.ts'
import { anyone, STAFFED, withRight } from './allowed.ts'

const ThisOne = z.object({ id: Id })

export const kiosk = {
  act: anyone(['kiosk']).input(z.object({ flowId: Id.nullable(), action: KioskAction })).output(DeskView),
  /** The piece as the camera of the kiosk sees it, made small by the window. */
  keepPhoto: anyone(['kiosk']).input(PhotoUpload).output(DeskView),
  /** The hidden door. Everything but asking and shutting needs it open; what opens it is a PIN. */
  door: anyone(['kiosk']).input(z.object({ action: KioskDoorAction })).output(DeskView),
  openDoor: anyone(['kiosk']).input(z.object({ pin: Pin })).output(DeskView),
  /** Goes on here with a customer whom a kiosk could not help alone, with everything answered there. */
  takeOver: withRight(STAFFED, 'take-back').input(ThisOne).output(DeskView),
  closeHandOver: withRight(STAFFED, 'take-back').input(ThisOne).output(DeskView),
}
