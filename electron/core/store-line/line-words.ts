import { z } from 'zod'
import { HandOver, KioskHealth } from '../../../contract/hand-over.ts'
import { Id } from '../../../contract/ids.ts'

/** What a kiosk says to the counter. Everything may be said twice: nothing of it happens twice. */
export const LineQuestion = z.discriminatedUnion('say', [
  z.object({ say: z.literal('hand-over'), letter: HandOver }),
  z.object({ say: z.literal('left'), id: Id }),
  z.object({ say: z.literal('how-is'), id: Id }),
  z.object({ say: z.literal('claim'), unitId: Id, tillId: Id }),
  z.object({ say: z.literal('alive'), health: KioskHealth }),
])
export type LineQuestion = z.infer<typeof LineQuestion>

export const LineAnswer = z.discriminatedUnion('say', [
  z.object({ say: z.literal('heard') }),
  z.object({ say: z.literal('state'), taken: z.object({ name: z.string(), till: z.string() }).nullable() }),
  z.object({ say: z.literal('claim'), won: z.boolean() }),
])
export type LineAnswer = z.infer<typeof LineAnswer>

export const LINE_BYTES_MAX = 64 * 1024
