import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { Params } from '../../contract/ids.ts'
import { HubFault } from '../contract/allowed.ts'
import type { FaceContract } from '../contract/face-contract.ts'

/** Every call of the centre, typed by its contract. The cookie goes along by itself. */
export const hub: ContractRouterClient<FaceContract> = createORPCClient(new RPCLink({ url: () => `${window.location.origin}/face/rpc` }))

/** Bad news as the page shows it: a refusal of the centre, or that nobody answered. */
export interface Trouble {
  readonly code: string
  readonly params: Params
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof ORPCError) {
    const fault = HubFault.safeParse(error.data)
    if (fault.success) return fault.data
    return { code: error.status === 400 ? 'bad-input' : error.status === 413 ? 'too-large' : 'internal', params: {} }
  }
  return { code: 'unreachable', params: {} }
}
