import type { BlockList } from 'node:net'
import { v7 } from 'uuid'
import type { Database } from './database.ts'

/** What every room of the centre stands on. */
export interface HubGround {
  readonly db: Database
  /** UTC now in milliseconds. Leases and codes are measured by this clock and by no till's. */
  readonly now_ms: () => number
  readonly newId: () => string
  /** A folder of this process for what can be made again, such as ready mirror files. */
  readonly dataDir: string
  readonly log: (line: string) => void
  /** Inner networks that messages to other systems may go to; none: the public internet alone. */
  readonly trusted?: BlockList | undefined
  /** Proxies in front of the centre, whose word is believed about who asks. */
  readonly proxies?: BlockList | undefined
}

export const instant = (ms: number): string => new Date(ms).toISOString()
export const nowOf = (ground: Pick<HubGround, 'now_ms'>): string => instant(ground.now_ms())
export const newId = (): string => v7()
