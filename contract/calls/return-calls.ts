import { z } from 'zod'
import { PhotoUpload } from '../case-view.ts'
import { DeskView } from '../desk-view.ts'
import { ReturnAction } from '../return-view.ts'
import { Flow, staff, STAFFED } from './allowed.ts'

export const returns = {
  act: staff(STAFFED).input(Flow.extend({ action: ReturnAction })).output(DeskView),
  /** A photograph of the piece in hand. */
  photo: staff(STAFFED).input(Flow.extend({ shot: PhotoUpload })).output(DeskView),
  /** A photograph as it was kept, for the screen. */
  picture: staff(STAFFED).input(z.object({ photoId: z.string().max(64) })).output(z.object({ type: z.string(), base64: z.string() })),
}
