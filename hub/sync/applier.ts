import type { HubGround } from '../ground.ts'
import { applySome } from './apply.ts'

const SWEEP_MS = 1_000

/**
 * Sees to it that what was received is applied: at once by the process that received it, and by any process a moment
 * later where that one died in between.
 */
export class Applier {
  readonly #ground: HubGround
  readonly #running = new Map<string, Promise<void>>()
  readonly #timer: NodeJS.Timeout
  #stopped = false

  constructor(ground: HubGround) {
    this.#ground = ground
    this.#timer = setInterval(() => void this.sweep(), SWEEP_MS)
  }

  /** Applies all there is of one journal. Two calls for the same one share the work. */
  apply(till: string, inc: string): Promise<void> {
    const key = `${till} ${inc}`
    const going = this.#running.get(key)
    // What was received after the running work last looked must not wait for the next sweep.
    const next = (going ?? Promise.resolve()).then(() => this.#all(till, inc))
    const settled = next.finally(() => {
      if (this.#running.get(key) === settled) this.#running.delete(key)
    })
    settled.catch(() => undefined)
    this.#running.set(key, settled)
    return settled
  }

  async #all(till: string, inc: string): Promise<void> {
    while (!this.#stopped && !(await applySome(this.#ground, till, inc)));
  }

  async sweep(): Promise<void> {
    try {
      const left = await this.#ground.db.query<{ till: string; inc: string }>(
        `SELECT h.till, h.inc FROM register_head h JOIN device d ON d.till = h.till
         WHERE h.applied < h.seq AND NOT h.held AND d.state = 'joined' ORDER BY h.till, h.inc LIMIT 200`,
      )
      await Promise.all(left.filter(({ till, inc }) => !this.#running.has(`${till} ${inc}`)).map(({ till, inc }) => this.apply(till, inc)))
    } catch (error) {
      if (!this.#stopped) this.#ground.log(`applying what was left did not succeed and is tried again: ${String(error)}`)
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await Promise.allSettled(this.#running.values())
  }
}
