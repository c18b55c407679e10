import { z } from 'zod'
import { Id, Instant } from './ids.ts'
import { outsideRequest } from './outside-request.ts'

/**
 * A provider who connects a device after its sale, as data: one POST with the number of the device and of its SIM, one
 * answer. `{imei}`, `{sim}`, `{receipt}` and `{id}` are put into `url` and `body`; `{id}` is the same at every try
 * with the same numbers, so that a provider who is asked twice connects once.
 */
export const ActivationService = z.object({
  ...outsideRequest,
  /** The name as it may stand on the screen. */
  provider: z.string().min(1).max(64),
  body: z.string().min(2).max(2_000),
  /** Devices of these categories are offered to be connected; `*` is every category. */
  categories: z.array(z.string().max(64)).min(1),
  means: z.record(z.string().max(64), z.enum(['done', 'refused'])),
})
export type ActivationService = z.infer<typeof ActivationService>

/** `dropped`: the customer does not want it any more, or the piece came back. */
export const ActivationState = z.enum(['wanted', 'done', 'failed', 'postponed', 'dropped'])
export type ActivationState = z.infer<typeof ActivationState>

/**
 * Why it is not done: the provider said no; could not be reached in time, so that nobody knows; said what nobody
 * understands; the number of the SIM cannot be read any more; or nobody was asked, as the provider is not in the rules
 * any more. Words: `activation-why.<code>`.
 */
export const ActivationTrouble = z.enum(['said-no', 'no-answer', 'not-understood', 'no-number', 'no-provider'])
export type ActivationTrouble = z.infer<typeof ActivationTrouble>

/** What became of connecting one piece. */
export const Activation = z.object({
  activationId: Id,
  state: ActivationState,
  why: ActivationTrouble.nullable(),
  serviceId: z.string(),
  provider: z.string(),
  imei: z.string(),
  /** The last digits of its number, to tell two cards apart; the rest is nobody's business here. */
  simEnd: z.string(),
  /** The provider's own number of it. */
  reference: z.string(),
  at: Instant,
})
export type Activation = z.infer<typeof Activation>

/** A piece that was sold and may be connected, with who does it for such pieces. */
export const PieceToActivate = z.object({
  saleId: Id,
  unitId: Id,
  name: z.string(),
  serial: z.string(),
  receiptNumber: z.string(),
  imeis: z.array(z.string()),
  services: z.array(z.object({ serviceId: z.string(), provider: z.string() })),
  activation: Activation.nullable(),
})
export type PieceToActivate = z.infer<typeof PieceToActivate>

const SoldPiece = z.object({ saleId: Id, unitId: Id })

export const ActivationAct = z.discriminatedUnion('do', [
  SoldPiece.extend({ do: z.literal('ask'), serviceId: z.string().max(32), imei: z.string().trim().max(40), sim: z.string().trim().max(40) }),
  /** Once more, with the numbers that were given before. */
  SoldPiece.extend({ do: z.literal('again') }),
  SoldPiece.extend({ do: z.literal('postpone'), serviceId: z.string().max(32) }),
  SoldPiece.extend({ do: z.literal('drop') }),
])
export type ActivationAct = z.infer<typeof ActivationAct>
