import type { TillHealth } from '../../../contract/sync/wire.ts'
import type { HubClient } from './hub-client.ts'
import { bearLineTrouble, isUnknownThere } from './line-trouble.ts'

/** What has not changed is said again so often: the centre then knows that it is still so. */
const AGAIN_MS = 5 * 60_000

/** Tells the centre how this till is: when it changes, and now and then. Nobody waits for it. */
export class HealthTeller {
  readonly #health: () => TillHealth
  #told = ''
  #told_ms = 0
  #isUnknownThere = false

  constructor(health: () => TillHealth) {
    this.#health = health
  }

  /** A new line, perhaps to a newer centre: it is asked again. */
  connected(): void {
    this.#isUnknownThere = false
  }

  async tell(client: Pick<HubClient, 'tellHealth'>, stop?: AbortSignal): Promise<void> {
    const health = this.#health()
    const text = JSON.stringify(health)
    const now_ms = performance.now()
    if (this.#isUnknownThere || (text === this.#told && now_ms - this.#told_ms < AGAIN_MS)) return
    this.#told = text
    this.#told_ms = now_ms
    try {
      await client.tellHealth(health, stop)
    } catch (error) {
      // An older centre has no ear for it; any other trouble is that of the line, which tells it itself.
      this.#isUnknownThere = isUnknownThere(error)
      this.#told = ''
      bearLineTrouble(error)
    }
  }
}
