import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Params } from '../../contract/ids.ts'

/** People of the centre. They are not the staff of the tills: nobody sells here. */
export const HubRole = z.enum(['owner', 'manager', 'auditor', 'support'])
export type HubRole = z.infer<typeof HubRole>

/** The closed list of refusals of the centre; the page has words for each. */
export const HubFaultCode = z.enum([
  'not-signed-in', 'second-factor-needed', 'wrong-sign-in', 'wrong-code', 'too-many-tries', 'too-many-questions', 'no-right', 'no-such-thing',
  'already-there', 'weak-password', 'no-policy', 'no-rule', 'bad-number', 'unknown-product', 'unknown-store',
  'not-ready', 'last-owner', 'stale', 'erased', 'passkey', 'not-public', 'too-large', 'no-columns', 'cannot-settle',
  'wrong-days', 'no-goods', 'nothing-off', 'no-set', 'card-number', 'currency-stays',
])
export type HubFaultCode = z.infer<typeof HubFaultCode>

export const HubFault = z.object({ code: HubFaultCode, params: Params })
export type HubFault = z.infer<typeof HubFault>

/** Who may make a call, checked before its input is looked at. */
export interface HubAllowed {
  /** Null: also before anybody has signed in. */
  readonly roles: readonly HubRole[] | null
  /** True also for a person who has not yet shown a second factor, and can do nothing but set one up. */
  readonly withOneFactor: boolean
}

const base = oc.$meta<HubAllowed>({ roles: [], withOneFactor: false }).errors({ REFUSED: { status: 409, data: HubFault } })

export const EVERYBODY = ['owner', 'manager', 'auditor', 'support'] as const satisfies readonly HubRole[]
const LEADING = ['owner', 'manager'] as const satisfies readonly HubRole[]

export const anyone = base.meta({ roles: null, withOneFactor: true })
export const halfSignedIn = base.meta({ roles: EVERYBODY, withOneFactor: true })
export const everybody = base.meta({ roles: EVERYBODY, withOneFactor: false })
/** Looks at money and people's doings; support looks after machines and sees neither. */
export const looking = base.meta({ roles: ['owner', 'manager', 'auditor'], withOneFactor: false })
export const leading = base.meta({ roles: LEADING, withOneFactor: false })
export const tending = base.meta({ roles: [...LEADING, 'support'], withOneFactor: false })
export const owning = base.meta({ roles: ['owner'], withOneFactor: false })

/** A page of a long list: `after` is the `next` of the page before. */
export const Page = z.object({ after: z.string().max(200).nullable().default(null), limit: z.int().min(1).max(500).default(50) })
/** The same in an order that a person chose: by one of `columns`, the largest or the last first if `isDown`; null: as the list has its rows. */
export const sortedPageBy = <T extends z.ZodType>(column: T) => Page.extend({ order: column.nullable().default(null), isDown: z.boolean().default(false) })
export const pageOf = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), next: z.string().nullable() })
