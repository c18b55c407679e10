import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Id } from '../ids.ts'
import { KioskAction } from '../kiosk-view.ts'
import { anyone } from './allowed.ts'

export const kiosk = {
  act: anyone(['kiosk']).input(z.object({ flowId: Id.nullable(), action: KioskAction })).output(DeskView),
}
