import type { Ground } from '../ground.ts'
import { mailCounts } from '../mails/mail-rows.ts'
import { waitingOf } from '../sync/progress.ts'

/** How much has not left this till that should have: letters to customers, and events where there is a centre to hear them. */
export const unsent = (ground: Ground): number => mailCounts(ground.store.reading).waiting + waitingOf(ground.store.reading).events
