import { createHash } from 'node:crypto'
import type { SentEvent } from '../../contract/sync/wire.ts'

/** What the first event of a journal follows. */
export const CHAIN_START = '0'.repeat(64)

/** SHA-256 over the hash before and the exact bytes of the body, as the till made it. */
export const chained = (before: string, body: string): string =>
  createHash('sha256').update(Buffer.from(before, 'hex')).update(body, 'utf8').digest('hex')

/** The first number that does not follow from the one before it, or null. */
export function brokenAt(prevSeq: number, prevHash: string, events: readonly SentEvent[]): number | null {
  let before = prevHash
  for (const [index, event] of events.entries()) {
    if (event.seq !== prevSeq + index + 1 || chained(before, event.body) !== event.hash) return prevSeq + index + 1
    before = event.hash
  }
  return null
}
