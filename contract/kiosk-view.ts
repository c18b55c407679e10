import { z } from 'zod'
import { Id, Language } from './ids.ts'
import { Cents, Currency } from './money.ts'
import { PrintState } from './print-state.ts'
import { Condition, Picture, TenderKind } from './unit.ts'
import { NextPlace, QUESTIONS } from './verdict.ts'
import { Params } from './ids.ts'

/** What a customer may see of a unit: the thing in his hand, nothing of any owner, and only the end of its number. */
export const PublicUnit = z.object({
  brand: z.string(),
  name: z.string(),
  variant: z.string(),
  picture: Picture,
  serialEnd: z.string().max(8),
})

/** One answer in a customer's words: key of `reason.<code>.customer`. */
export const PublicAnswer = z.object({
  question: z.enum(QUESTIONS),
  tone: z.enum(['good', 'info', 'attention']),
  reason: z.string(),
  params: Params,
})
export type PublicAnswer = z.infer<typeof PublicAnswer>

const session = { flowId: Id, language: Language, /** Remark under the instruction, as a code with words. */ remark: z.string().nullable() }

export const KioskView = z.discriminatedUnion('at', [
  z.object({ at: z.literal('start'), languages: z.array(Language) }),
  z.object({ at: z.literal('choose-task'), ...session }),
  z.object({ at: z.literal('scan'), task: z.enum(['return', 'check']), ...session }),
  z.object({
    at: z.literal('answer'),
    /** A check ends here; a return goes on to the questions. */
    task: z.enum(['return', 'check']),
    ...session,
    unit: PublicUnit,
    answers: z.array(PublicAnswer),
  }),
  z.object({
    at: z.literal('questions'),
    ...session,
    unit: PublicUnit,
    reasonChoices: z.array(z.string()),
    conditionChoices: z.array(Condition),
    reason: z.string().nullable(),
    condition: Condition.nullable(),
  }),
  z.object({
    at: z.literal('confirm'),
    ...session,
    unit: PublicUnit,
    amount_cents: Cents,
    currency: Currency,
    to: TenderKind,
  }),
  z.object({
    at: z.literal('done'),
    ...session,
    unit: PublicUnit,
    amount_cents: Cents,
    currency: Currency,
    to: TenderKind,
    next: NextPlace,
    returnNumber: z.string(),
    print: PrintState,
  }),
  z.object({ at: z.literal('colleague'), ...session, caseId: Id }),
])
export type KioskView = z.infer<typeof KioskView>

export const KioskAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('begin'), language: Language }),
  z.object({ do: z.literal('choose-task'), task: z.enum(['return', 'check']) }),
  z.object({ do: z.literal('give-reason'), reason: z.string().max(64) }),
  z.object({ do: z.literal('grade'), condition: Condition }),
  z.object({ do: z.literal('next') }),
  z.object({ do: z.literal('refund') }),
  z.object({ do: z.literal('back') }),
  z.object({ do: z.literal('call-colleague') }),
  z.object({ do: z.literal('more-time') }),
  z.object({ do: z.literal('finish') }),
])
export type KioskAction = z.infer<typeof KioskAction>
