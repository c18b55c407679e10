/** Of a program that talks to the centre all day. */
const OF_A_PROGRAM = { perSecond: 50, burst: 300 }
const KEYS_MAX = 10_000

interface Bucket {
  left: number
  at_ms: number
}

/** A bucket of calls for each key, refilled at a steady pace: one program in a loop does not take the centre from the tills. */
export class CallLimit {
  readonly #now_ms: () => number
  readonly #buckets = new Map<string, Bucket>()

  readonly #pace: { readonly perSecond: number; readonly burst: number }

  constructor(now_ms: () => number, pace = OF_A_PROGRAM) {
    this.#now_ms = now_ms
    this.#pace = pace
  }

  mayCall(key: string): boolean {
    const now_ms = this.#now_ms()
    if (this.#buckets.size > KEYS_MAX) this.#buckets.clear()
    const bucket = this.#buckets.get(key) ?? { left: this.#pace.burst, at_ms: now_ms }
    bucket.left = Math.min(this.#pace.burst, bucket.left + (Math.max(0, now_ms - bucket.at_ms) / 1_000) * this.#pace.perSecond)
    bucket.at_ms = now_ms
    this.#buckets.set(key, bucket)
    if (bucket.left < 1) return false
    bucket.left -= 1
    return true
  }
}
