import type { Mirror } from '../mirror/mirror.ts'
import type { Store } from '../store/store.ts'
import type { HubClient } from './hub-client.ts'
import { progressOf, waitingOf } from './progress.ts'
import type { TillKey } from './till-key.ts'
import { dropShown, nextBatch, takeReply, type Discovery } from './upload.ts'

export interface UploaderParts {
  readonly store: Store
  readonly mirror: Mirror
  readonly till: string
  readonly key: TillKey
  readonly client: Pick<HubClient, 'sendJournal'>
  readonly found: (discovery: Exclude<Discovery, null>) => void
  /** Something that waits, or a verdict, has changed. */
  readonly told: () => void
}

/** Brings the journal up, one piece after the other. It never runs twice at once, and it waits for nothing else. */
export class Uploader {
  readonly #parts: UploaderParts
  #running: Promise<void> | null = null
  #again = false

  constructor(parts: UploaderParts) {
    this.#parts = parts
  }

  /** Sends all there is, and hears the verdicts. Rejects when the centre is not reached. */
  send(signal: AbortSignal): Promise<void> {
    this.#again = true
    this.#running ??= this.#all(signal).finally(() => void (this.#running = null))
    return this.#running
  }

  async #all(signal: AbortSignal): Promise<void> {
    while (this.#again && !signal.aborted) {
      this.#again = false
      let quiet = 0
      // An empty piece is sent once: it shows a copy of this till, and a centre that lost something.
      for (let first = true; !signal.aborted && (first || this.#hasMore(quiet)); first = false) {
        const before = progressOf(this.#parts.store.reading)
        await this.#once(signal)
        const after = progressOf(this.#parts.store.reading)
        quiet = after.acked === before.acked && after.answered === before.answered ? quiet + 1 : 0
      }
    }
  }

  /** Verdicts that do not come are not waited for in a circle: the next beat asks again. */
  #hasMore(quiet: number): boolean {
    const db = this.#parts.store.reading
    const { acked, answered } = progressOf(db)
    return quiet < 2 && (waitingOf(db).events > 0 || answered < acked)
  }

  async #once(signal: AbortSignal): Promise<void> {
    const { store, mirror, till, key, client, found, told } = this.#parts
    const batch = nextBatch(store.reading, till, key)
    const reply = await client.sendJournal(batch, AbortSignal.any([signal, AbortSignal.timeout(15_000)]))
    const discovery = takeReply(store, batch, reply)
    dropShown(store, mirror)
    if (discovery !== null) found(discovery)
    if (batch.events.length > 0 || reply.answers.length > 0) told()
  }
}
