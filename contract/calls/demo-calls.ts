import { z } from 'zod'
import { DeskView } from '../desk-view.ts'
import { Cents } from '../money.ts'
import { anyone, EVERY_SEAT, withRight } from './allowed.ts'

export const demo = {
  /** Things that can be scanned in the demo shop, one for each story worth seeing. */
  examples: anyone(EVERY_SEAT).output(
    z.array(z.object({ story: z.string(), text: z.string(), name: z.string(), price_cents: Cents.nullable() })),
  ),
  /** Throws the demo shop away and leaves an empty till. */
  remove: withRight(['counter', 'service'], 'settings').output(DeskView),
}
