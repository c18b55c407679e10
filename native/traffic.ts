import type { Clock } from './clock.ts'
import type { Transport } from './transport.ts'

/** One thing that happened on a line. */
export type Traffic =
  | { readonly at: number; readonly way: 'opened' }
  | { readonly at: number; readonly way: 'in' | 'out'; readonly bytes: Uint8Array }
  | { readonly at: number; readonly way: 'closed'; readonly why: string }

/** The same transport, with everything that passes told to `note`, both ways, with its time. */
export function watched(transport: Transport, clock: Clock, note: (traffic: Traffic) => void): Transport {
  return {
    ...transport,
    async open(on) {
      let opened = false
      const early: Traffic[] = []
      const tell = (traffic: Traffic) => {
        if (opened) note(traffic)
        else early.push(traffic)
      }
      const line = await transport.open({
        bytes: (bytes) => {
          tell({ at: clock.now(), way: 'in', bytes })
          on.bytes(bytes)
        },
        gone: (why) => {
          tell({ at: clock.now(), way: 'closed', why })
          on.gone(why)
        },
      })
      opened = true
      note({ at: clock.now(), way: 'opened' })
      for (const traffic of early) note(traffic)
      return {
        write: (bytes) => {
          note({ at: clock.now(), way: 'out', bytes })
          return line.write(bytes)
        },
        close: () => line.close(),
      }
    },
  }
}

const RING_BYTES_MAX = 64 * 1024
const RING_ENTRIES_MAX = 1_000
const PIECE_BYTES_MAX = 1_024

/** The last of what passed on a line, for the support file: bounded in entries and bytes, oldest dropped first. */
export class TrafficRing {
  private readonly entries: Traffic[] = []
  private held_bytes = 0

  add(traffic: Traffic): void {
    const kept = 'bytes' in traffic ? { ...traffic, bytes: traffic.bytes.slice(0, PIECE_BYTES_MAX) } : traffic
    this.entries.push(kept)
    this.held_bytes += weight(kept)
    while (this.entries.length > RING_ENTRIES_MAX || this.held_bytes > RING_BYTES_MAX) {
      const dropped = this.entries.shift()
      if (dropped === undefined) return
      this.held_bytes -= weight(dropped)
    }
  }

  list(): readonly Traffic[] {
    return [...this.entries]
  }
}

function weight(traffic: Traffic): number {
  return 'bytes' in traffic ? traffic.bytes.length : 0
}
