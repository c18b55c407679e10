/** The time, handed in: the machine's own in the shop, a virtual one in the tests. */
export interface Clock {
  /** Milliseconds since 1970, for stamps only: it may jump when somebody sets the clock, so no wait is built on it. */
  now(): number
  /** Calls `act` once after `after_ms`; the returned function cancels it and may be called at any time. */
  after(after_ms: number, act: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(after_ms, act) {
    const timer = setTimeout(act, after_ms)
    return () => clearTimeout(timer)
  },
}
