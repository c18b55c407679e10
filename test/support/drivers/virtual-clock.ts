import type { Clock } from '../../../native/clock.ts'

/** A clock that stands still until the test moves it. Timers ring in the order of their time. */
export class VirtualClock implements Clock {
  private at = Date.UTC(2026, 0, 5, 8, 0, 0)
  private next = 1
  private readonly waiting = new Map<number, { due: number; act: () => void }>()

  now(): number {
    return this.at
  }

  after(after_ms: number, act: () => void): () => void {
    const id = this.next++
    this.waiting.set(id, { due: this.at + after_ms, act })
    return () => void this.waiting.delete(id)
  }

  /** How many timers are set: a driver or supervisor that was stopped leaves none. */
  get pending(): number {
    return this.waiting.size
  }

  /** Moves the time, ringing every timer that falls due, and lets promises settle between them. */
  async advance(by_ms: number): Promise<void> {
    const until = this.at + by_ms
    await settle()
    for (let due = this.earliest(until); due !== null; due = this.earliest(until)) {
      this.waiting.delete(due.id)
      this.at = Math.max(this.at, due.due)
      due.act()
      await settle()
    }
    this.at = until
    await settle()
  }

  /** The machine slept for so long: every timer that fell due meanwhile rings once, late. */
  async sleep(for_ms: number): Promise<void> {
    this.at += for_ms
    await this.advance(0)
  }

  private earliest(until: number): { id: number; due: number; act: () => void } | null {
    let found: { id: number; due: number; act: () => void } | null = null
    for (const [id, timer] of this.waiting) {
      if (timer.due <= until && (found === null || timer.due < found.due)) found = { id, ...timer }
    }
    return found
  }
}

/** Lets everything that only waits for promises run to its end. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
