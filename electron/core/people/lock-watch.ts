import type { Desk } from '../desk/desk.ts'
import type { ViewFeed } from '../desk/view-feed.ts'
import { lockDue, signedIn } from './session.ts'

/**
 * Locks a till that somebody has walked away from: the session has ended by then, and the window is told, so that
 * nobody reads over an empty chair. Asks again when the time of the policy is over, because somebody may have come back.
 */
export class LockWatch {
  readonly #desk: () => Desk
  readonly #forget: () => void
  #cancel: () => void = () => undefined
  #dueAt: number | null = null

  constructor(desk: () => Desk, feed: ViewFeed) {
    this.#desk = desk
    this.#forget = feed.subscribe(() => this.#look())
    this.#look()
  }

  stop(): void {
    this.#forget()
    this.#cancel()
  }

  #look(): void {
    const { ground } = this.#desk()
    const due = signedIn(ground) === null ? null : lockDue(ground)
    if (due === this.#dueAt) return
    this.#cancel()
    this.#cancel = () => undefined
    this.#dueAt = due
    if (due === null) return
    this.#cancel = ground.clock.after(Math.max(0, due - ground.clock.now()) + 1, () => {
      this.#dueAt = null
      this.#desk().changed()
      this.#look()
    })
  }
}
