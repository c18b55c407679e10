import { z } from 'zod'
import { Id, Params } from './ids.ts'

/**
 * What the screen says about the last thing that happened. The code has words in `contract/words`; the tone chooses
 * colour and sound: `good` a hit, `again` a duplicate, `info` a remark, `stop` a refusal, `quiet` no sound at all.
 */
export const Notice = z.object({
  /** A new id is a new notice, also when the words are the same: the sound is played again. */
  id: Id,
  tone: z.enum(['good', 'again', 'info', 'stop', 'quiet']),
  code: z.string().max(64),
  params: Params,
  /** What can be done about it with one key. */
  offer: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('remove-line'), lineId: Id }),
    z.object({ kind: z.literal('start-return'), unitId: Id }),
    z.object({ kind: z.literal('check-unit'), unitId: Id }),
    z.object({ kind: z.literal('show-receipt'), documentId: Id }),
    /** To sell it all the same: a colleague answers for it. */
    z.object({ kind: z.literal('accept-anyway'), unitId: Id }),
    /** Whom the piece was kept for is here: it goes into the sale, and is kept no longer. */
    z.object({ kind: z.literal('fetch-reserved'), unitId: Id, text: z.string() }),
  ]).nullable(),
})
export type Notice = z.infer<typeof Notice>

/** More than one thing answers to the number: the screen asks which, it never guesses. */
export const WhichOne = z.object({
  text: z.string(),
  candidates: z.array(
    z.object({
      choice: Id,
      name: z.string(),
      brand: z.string(),
      serial: z.string().nullable(),
      where: z.string().nullable(),
      price_cents: z.int().nullable(),
    }),
  ),
})
export type WhichOne = z.infer<typeof WhichOne>
