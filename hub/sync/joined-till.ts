import type { CallLimit } from '../doors/call-limit.ts'
import type { HubGround } from '../ground.ts'
import { Refusal, type Asked } from '../server.ts'
import { tillOf, type Device } from './devices.ts'
import type { HubIdentity } from './identity.ts'

/**
 * The till that asks, where only one that takes part may ask: refuses `held`, beside what `tillOf` refuses. With a
 * limit also `too-many`, for what a counter asks now and then and a copied till would ask all day.
 */
export async function joinedTill(ground: Pick<HubGround, 'db' | 'now_ms'>, identity: HubIdentity, { request }: Asked, limit: CallLimit | null = null): Promise<Device> {
  const device = await tillOf(ground, identity, request, true)
  if (device.state !== 'joined') throw new Refusal(403, 'held')
  if (limit?.mayCall(device.till) === false) throw new Refusal(429, 'too-many')
  return device
}
