import { z } from 'zod'
import { Id, Instant } from './ids.ts'

/** One device as the counter sees it: what it is, whether it works, and what to do if it does not. */
export const DeviceView = z.object({
  deviceId: Id,
  role: z.enum(['scanner', 'printer', 'pad', 'terminal', 'display', 'drawer']),
  name: z.string(),
  address: z.string(),
  /** Code with words `device.<state>`. */
  state: z.enum([
    'searching', 'opening', 'ready', 'lost', 'not-allowed', 'busy', 'refused', 'no-library', 'paper-end', 'paper-low',
    'cover-open', 'offline', 'error', 'closed',
  ]),
  since: Instant,
  lastEventAt: Instant.nullable(),
  events: z.int(),
  garbled: z.int(),
})
export type DeviceView = z.infer<typeof DeviceView>
