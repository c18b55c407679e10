import { z } from 'zod'
import { Id } from './ids.ts'
import { LifeLine } from './journal.ts'
import { Notice, WhichOne } from './notice.ts'
import { UnitCard } from './unit.ts'
import { Verdict } from './verdict.ts'

export const CheckView = z.discriminatedUnion('at', [
  z.object({ at: z.literal('scan'), flowId: Id, notice: Notice.nullable(), question: WhichOne.nullable() }),
  z.object({
    at: z.literal('result'),
    flowId: Id,
    notice: Notice.nullable(),
    /** Null when no unit of ours answers to the number; the verdict still says what is known of it. */
    unit: UnitCard.nullable(),
    text: z.string(),
    verdict: Verdict,
    /** Registers that were asked and have not answered yet, by name; the verdict is the one without them. */
    asking: z.array(z.string()).optional(),
    /** The latest first: what happened to it last is what one wants to know. */
    timeline: z.array(LifeLine),
  }),
])
export type CheckView = z.infer<typeof CheckView>

export const CheckAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('choose'), choice: Id }),
  z.object({ do: z.literal('dismiss-question') }),
  z.object({ do: z.literal('start-over') }),
])
export type CheckAction = z.infer<typeof CheckAction>
