import { refused, type FaultCode, type Result } from '../../../contract/fault.ts'
import type { HubRefusal } from './hub-client.ts'

/** The centre's own words for a no to this till, and the sentence that whoever stands at it gets. */
const SAID: ReadonlyMap<string, FaultCode> = new Map([
  ['wrong-code', 'join-wrong-code'],
  ['too-many-tries', 'join-too-often'],
  ['till-known', 'join-till-known'],
  ['program-too-old', 'join-too-old'],
  ['unknown-till', 'till-unknown-there'],
  ['held', 'till-shut-out'],
  ['revoked', 'till-shut-out'],
  ['not-our-centre', 'not-our-centre'],
  ['stale-challenge', 'centre-answer-late'],
  ['too-many', 'centre-troubled'],
])

/** Why the centre at `url` said no. Where it was no centre that answered, none is there; a word of a newer one is shown as it came. */
export function centreRefused(url: string, { status, code }: HubRefusal): Result<never> {
  const said = SAID.get(code)
  if (said !== undefined) return refused(said)
  if (code === 'unknown') return refused('no-centre', { url })
  return status >= 500 ? refused('centre-troubled') : refused('join-refused', { code })
}
