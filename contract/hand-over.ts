import { z } from 'zod'
import { Id, Instant, Language } from './ids.ts'
import { KioskTask } from './kiosk-view.ts'
import { Condition, Picture } from './unit.ts'

/** A thing of a cart that goes over to the counter: a piece, or so many of goods without a number. */
export const HandedLine = z.object({ unitId: Id.nullable(), productId: Id, text: z.string().max(256), lot: z.string().max(64).nullable(), quantity: z.int().min(1) })
export type HandedLine = z.infer<typeof HandedLine>

/** What a kiosk tells of a customer it could not help alone: the piece and the answers, nothing of the customer. */
export const HandOver = z.object({
  id: Id,
  at: Instant,
  fromTill: Id,
  fromName: z.string().max(64),
  quiet: z.boolean(),
  /** Why, for staff alone: words `hand-over.<why>`. */
  why: z.string().max(32),
  task: KioskTask,
  language: Language,
  text: z.string().max(256),
  unitId: Id.nullable(),
  reason: z.string().max(64).nullable(),
  condition: Condition.nullable(),
  answers: z.record(z.string().max(64), z.boolean()),
  present: z.array(z.string().max(64)).max(20),
  absent: z.array(z.string().max(64)).max(20),
  /** What the customer wanted to buy; left out where nothing was. */
  cart: z.array(HandedLine).max(100).optional(),
})
export type HandOver = z.infer<typeof HandOver>

/** The same at the counter, with what became of it. */
export const HandOverView = HandOver.extend({
  piece: z.object({ name: z.string(), serialEnd: z.string(), picture: Picture }).nullable(),
  /** `left`: the customer is no longer at the kiosk. */
  state: z.enum(['waiting', 'taken', 'left', 'closed']),
  by: z.object({ name: z.string(), till: z.string() }).nullable(),
})
export type HandOverView = z.infer<typeof HandOverView>

/** A kiosk of the store as the counter last heard of it. */
export const KioskHealth = z.object({
  tillId: Id,
  name: z.string(),
  heardAt: Instant,
  at: z.string().max(32),
  isClosed: z.boolean(),
  troubles: z.array(z.string().max(64)).max(20),
})
export type KioskHealth = z.infer<typeof KioskHealth>
