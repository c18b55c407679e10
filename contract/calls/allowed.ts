import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Fault } from '../fault.ts'
import { Id } from '../ids.ts'
import type { LineSeat, Right, Role, Seat } from '../roles.ts'

/** Who may make a call. Checked by the server against the channel, before the input is even looked at. */
export interface Allowed {
  readonly seats: readonly LineSeat[]
  /** Null: also before anybody has signed in. */
  readonly roles: readonly Role[] | null
  /** What the policy must have given to the person; null where the role is enough, or the act itself asks. */
  readonly right: Right | null
}

const base = oc.$meta<Allowed>({ seats: [], roles: null, right: null }).errors({ REFUSED: { status: 409, data: Fault } })

export const STAFF = ['cashier', 'supervisor', 'manager', 'service'] as const satisfies readonly Role[]
/** Everybody who can sign in; an auditor looks and changes nothing. */
export const EVERYBODY = [...STAFF, 'auditor'] as const satisfies readonly Role[]
export const STAFFED = ['counter', 'service'] as const satisfies readonly Seat[]
export const EVERY_SEAT = ['counter', 'kiosk', 'service'] as const satisfies readonly Seat[]

export const anyone = (seats: readonly LineSeat[]) => base.meta({ seats, roles: null, right: null })
export const staff = (seats: readonly Seat[], roles: readonly Role[] = STAFF) => base.meta({ seats, roles, right: null })
/** For whoever the policy gives the right to, whatever the role is called. */
export const withRight = (seats: readonly Seat[], right: Right) => base.meta({ seats, roles: EVERYBODY, right })

/** What an act is about, where it is about one flow. */
export const Flow = z.object({ flowId: Id })
