import type { Clock } from '../../../native/clock.ts'
import { TrafficRing, watched, type Traffic } from '../../../native/traffic.ts'
import type { Transport } from '../../../native/transport.ts'

/** Keeps what passes on the line of a printer, which opens and closes its line itself: counters and the last bytes. */
export class LineWatch {
  readonly #clock: Clock
  readonly #ring = new TrafficRing()
  readonly #listeners = new Set<(traffic: Traffic) => void>()
  opened = 0
  bytesIn = 0
  bytesOut = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  over(transport: Transport): Transport {
    return watched(transport, this.#clock, (traffic) => this.#note(traffic))
  }

  traffic(): readonly Traffic[] {
    return this.#ring.list()
  }

  listen(listener: (traffic: Traffic) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #note(traffic: Traffic): void {
    if (traffic.way === 'opened') this.opened += 1
    else if (traffic.way === 'in') this.bytesIn += traffic.bytes.length
    else if (traffic.way === 'out') this.bytesOut += traffic.bytes.length
    this.#ring.add(traffic)
    for (const listener of this.#listeners) listener(traffic)
  }
}
