import type { Ground } from '../ground.ts'
import { mailCounts } from '../mails/mail-rows.ts'

/** How much has not left this till that should have: letters to customers that wait for the line. */
export const unsent = (ground: Ground): number => mailCounts(ground.store.reading).waiting
