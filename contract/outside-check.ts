import { z } from 'zod'
import { outsideRequest } from './outside-request.ts'
import { AliasKind } from './unit.ts'
import { Intent } from './verdict.ts'

/** What every register has beside what it is asked for. */
const common = {
  ...outsideRequest,
  /** The name as it may stand on the screen. */
  register: z.string().min(1).max(64),
  /** `{number}`, `{gtin}`, `{brand}` and `{kind}` are put into `url` and `body`. */
  method: z.enum(['GET', 'POST']),
  /** The JSON body of a POST; null: none. */
  body: z.string().max(2_000).nullable(),
  /** Which of the piece's numbers is sent: the first of these kinds that it has. Without one it is not asked about. */
  numbers: z.array(AliasKind).min(1),
  /** Asked for these categories of products; `*` is every category. */
  categories: z.array(z.string().max(64)).min(1),
  intents: z.array(Intent).min(1),
  /** False where the register's terms forbid a copy: the answer is shown and used, and never written down. */
  mayKeep: z.boolean(),
} as const

/** One register or maker to ask, as data: what it says in its own words stands beside what it means here. */
export const OutsideCheck = z.discriminatedUnion('asks', [
  z.object({ asks: z.literal('stolen'), ...common, means: z.record(z.string().max(64), z.enum(['listed', 'not-listed'])) }),
  z.object({ asks: z.literal('authenticity'), ...common, means: z.record(z.string().max(64), z.enum(['genuine', 'fake', 'no-opinion'])) }),
])
export type OutsideCheck = z.infer<typeof OutsideCheck>
