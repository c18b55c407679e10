import type { Scope } from '../contract/office-calls.ts'
import type { Office } from '../people/office.ts'
import { Refusal, type Asked } from '../server.ts'
import { callerOf, type Caller } from './api-keys.ts'
import type { CallLimit } from './call-limit.ts'

/** The caller of a door that is no call of the contract. Refuses no key, one that may not do this, and too many calls. */
export async function callerWith(office: Office, limit: CallLimit, asked: Asked, scope: Scope): Promise<Caller> {
  const caller = await callerOf(office, asked.request.headers.authorization)
  if (caller === null) throw new Refusal(401, 'no-key')
  if (!caller.scopes.includes(scope)) throw new Refusal(403, 'scope')
  if (!limit.mayCall(caller.keyId)) throw new Refusal(429, 'too-many')
  return caller
}

/** The address under which the centre was asked, also through a proxy that ends TLS. */
export function addressOf({ request }: Asked): string {
  const forwarded = request.headers['x-forwarded-proto']
  return `${forwarded === 'https' ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`
}
