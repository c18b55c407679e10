import { implement, ORPCError } from '@orpc/server'
import { holdsCardNumber } from '../../contract/identity/card-guard.ts'
import type { HubAllowed } from '../contract/allowed.ts'
import { faceContract } from '../contract/face-contract.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { isKeepable } from '../keepable.ts'
import type { Place } from '../people/passkeys.ts'
import type { Signed } from '../people/sessions.ts'
import type { From } from '../people/sign-in.ts'

/** What is known of a call before its input is looked at: who the cookie says it is, and where the page came from. */
export interface FaceContext {
  readonly signed: Signed | null
  readonly from: From
  readonly place: Place
  /** Gives the browser another session, or takes the one it has. */
  readonly setSecret: (secret: string | null) => void
  /** Lets the browser be known again, for half a year. */
  readonly setBrowser: (secret: string) => void
}

const refusal = (fault: HubRefusal): ORPCError<'REFUSED', unknown> =>
  new ORPCError('REFUSED', { status: 409, data: { code: fault.fault, params: fault.params }, message: fault.fault })

/** Refuses (throws) whoever the contract does not let in here. */
export function guardFace(signed: Signed | null, allowed: HubAllowed): void {
  if (allowed.roles === null) return
  if (signed === null) throw refusal(new HubRefusal('not-signed-in'))
  if (signed.factors < 2 && !allowed.withOneFactor) throw refusal(new HubRefusal('second-factor-needed', { by: 'set-up' }))
  if (!allowed.roles.includes(signed.role)) throw refusal(new HubRefusal('no-right', { role: signed.role }))
}

/** What is only compared or looked for is kept nowhere: a password, a search. */
const NOT_KEPT = new Set(['people.signIn', 'people.join', 'catalogue.products', 'units.find', 'customers.find'])

/**
 * The contract with the check of rights in front of every call; bad news of a room becomes the one error of the wire. A
 * text that looks like a payment card is refused in whatever field somebody typed it, as at the tills.
 */
export function faceImplementer() {
  return implement(faceContract)
    .$context<FaceContext>()
    .use(async ({ context, next, path, procedure }, input) => {
      guardFace(context.signed, procedure['~orpc'].meta)
      if (!isKeepable(input)) throw new ORPCError('BAD_REQUEST', { message: 'A text holds what cannot be kept.' })
      if (!NOT_KEPT.has(path.join('.')) && holdsCardNumber(input)) throw refusal(new HubRefusal('card-number'))
      try {
        return await next()
      } catch (error) {
        throw error instanceof HubRefusal ? refusal(error) : error
      }
    })
}

export type FaceOs = ReturnType<typeof faceImplementer>

/** Who acts; a call that lets anybody in does not ask. */
export function signedIn(context: FaceContext): Signed {
  if (context.signed === null) throw new HubRefusal('not-signed-in')
  return context.signed
}
