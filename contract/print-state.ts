import { z } from 'zod'
import { Id } from './ids.ts'

/**
 * What became of a paper. `unknown`: the line was lost after bytes had gone out; the clerk looks and says, the till
 * never prints it again by itself.
 */
export const PrintState = z.object({
  jobId: Id.nullable(),
  state: z.enum(['no-printer', 'waiting', 'printing', 'printed', 'not-printed', 'unknown']),
  /** Why not, as a code with words: `paper-end`, `cover-open`, `offline`, `refused`, … */
  why: z.string().max(64).nullable(),
})
export type PrintState = z.infer<typeof PrintState>

export const PrintJobView = z.object({
  jobId: Id,
  documentId: Id,
  kind: z.string(),
  title: z.string(),
  copy: z.boolean(),
  at: z.string(),
  print: PrintState,
})
export type PrintJobView = z.infer<typeof PrintJobView>
