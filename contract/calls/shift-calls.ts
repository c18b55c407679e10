import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { ShiftAction } from '../shift-view.ts'
import { withRight } from './allowed.ts'

export const shift = {
  act: withRight(['counter'], 'shift').input(z.object({ action: ShiftAction })).output(DeskView),
}
