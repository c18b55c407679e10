import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Id } from '../ids.ts'
import { SyncCase, SyncPanel } from '../sync/sync-view.ts'
import { anyone, EVERYBODY, staff, STAFFED, withRight } from './allowed.ts'

export const sync = {
  /** The queue and the cases, as they stand now. */
  panel: staff(STAFFED, EVERYBODY).output(SyncPanel),
  /** Joins a till that has no centre; the code is good for one till and some minutes. */
  join: anyone(STAFFED)
    .input(z.object({ url: z.url({ protocol: /^https?$/ }).max(200), code: z.string().trim().min(4).max(20) }))
    .output(DeskView),
  retry: staff(STAFFED, EVERYBODY).output(DeskView),
  settle: withRight(STAFFED, 'approve-return')
    .input(z.object({ caseId: Id, way: SyncCase.shape.ways.element, note: z.string().trim().min(1).max(500) }))
    .output(DeskView),
}
