import { createHash } from 'node:crypto'
import { preHashOf } from '../../../contract/epcis/pre-hash.ts'
import type { EventJson } from '../../../contract/epcis/pre-hash.ts'

/** The EPCIS Event Hash ID (CBV 2.0, 8.9), by which a document that was sent twice is noticed. */
export interface EventHash {
  readonly preHash: string
  /** `ni:///sha-256;<hex>?ver=CBV2.0` */
  readonly eventID: string
}

/** Hashes an event under the `@context` of its document, which says what the prefixes of extension fields mean. */
export function hashIdOf(event: EventJson, context: unknown): EventHash {
  const preHash = preHashOf(event, context)
  const digest = createHash('sha256').update(preHash, 'utf8').digest('hex')
  return { preHash, eventID: `ni:///sha-256;${digest}?ver=CBV2.0` }
}
