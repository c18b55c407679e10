import type { Desk } from '../desk/desk.ts'
import { lockDue, signedIn } from './session.ts'

/** How soon a till notices that somebody has signed in, or that the policy now locks sooner. */
const LOOK_MS = 15_000

/**
 * Locks a till that somebody has walked away from: the session has ended by then, and the window is told at that very
 * moment, so that nobody reads over an empty chair.
 */
export class LockWatch {
  readonly #desk: () => Desk
  #wasSignedIn = false
  #cancel: () => void = () => undefined

  constructor(desk: () => Desk) {
    this.#desk = desk
    this.#look()
  }

  stop(): void {
    this.#cancel()
  }

  #look(): void {
    const desk = this.#desk()
    const { ground } = desk
    const isSignedIn = signedIn(ground) !== null
    if (this.#wasSignedIn && !isSignedIn) desk.changed()
    this.#wasSignedIn = isSignedIn
    const due = isSignedIn ? lockDue(ground) : null
    const left_ms = due === null ? LOOK_MS : Math.max(0, due - ground.clock.now()) + 1
    this.#cancel = ground.clock.after(Math.min(LOOK_MS, left_ms), () => this.#look())
  }
}
