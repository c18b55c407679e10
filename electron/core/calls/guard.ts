import { ORPCError } from '@orpc/server'
import type { Allowed } from '../../../contract/calls/allowed.ts'
import type { Fault, FaultCode } from '../../../contract/fault.ts'
import type { Params } from '../../../contract/ids.ts'
import type { Actor } from '../../../contract/roles.ts'

/** A refusal on the wire: the one error every call of the contract may answer with. */
export function refusal(code: FaultCode, params: Params = {}): ORPCError<'REFUSED', Fault> {
  return new ORPCError('REFUSED', { status: 409, data: { code, params }, message: code })
}

/** Refuses (throws) a call the actor's seat, role or rights do not reach. The role belongs to the channel, never to a message. */
export function guard(actor: Actor, allowed: Allowed): void {
  if (!allowed.seats.includes(actor.seat)) throw refusal('not-your-seat', { seat: actor.seat })
  if (allowed.roles === null) return
  if (actor.role === null) throw refusal('not-signed-in')
  if (!allowed.roles.includes(actor.role)) throw refusal('no-right', { role: actor.role })
  if (allowed.right !== null && !actor.rights.includes(allowed.right)) throw refusal('no-right', { right: allowed.right })
}
