/** The time, handed in: the machine's own in the shop, a virtual one in the tests. */
export interface Clock {
  /** Milliseconds since 1970, for stamps only: it may jump when somebody sets the clock, so no wait is built on it. */
  now(): number
  /** Calls `act` once after `after_ms`; the returned function cancels it and may be called at any time. */
  after(after_ms: number, act: () => void): () => void
}

/** A timer this late says that the process was busy, and that bytes may be waiting which it has not heard yet. */
const LATE_MS = 15
const HEAR_FIRST_MS = 25

/**
 * The machine's clock. Many protocols end a scan by silence, and a process that was busy for a while would take its
 * own deafness for one: a timer that rings late therefore waits once more, so that waiting bytes come first.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(after_ms, act) {
    const due = performance.now() + after_ms
    let timer = setTimeout(() => {
      if (performance.now() - due < LATE_MS) act()
      else timer = setTimeout(act, HEAR_FIRST_MS)
    }, after_ms)
    return () => clearTimeout(timer)
  },
}

/** Settles as the promise does, or calls `late` when `within_ms` have passed before. */
export function within<Value>(
  clock: Clock,
  within_ms: number,
  promise: Promise<Value>,
  late: () => Value | Promise<Value>,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(within_ms, () => {
      Promise.resolve().then(late).then(resolve, reject)
    })
    promise.then(resolve, reject).finally(cancel)
  })
}
