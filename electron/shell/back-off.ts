export interface BackOff {
  /** The pause before the next try, in milliseconds; each call in a row gives a longer one, up to the limit. */
  next_ms(): number
  /** What was tried has lasted long enough to count as well again. */
  reset(): void
}

/** Doubles from `first_ms` to `max_ms`. No chance in it: there is one core on a machine, nobody to collide with. */
export function backOff(first_ms: number, max_ms: number): BackOff {
  let tries = 0
  return {
    next_ms: () => Math.min(first_ms * 2 ** Math.min(tries++, 30), max_ms),
    reset: () => {
      tries = 0
    },
  }
}
