const CALLS_PER_SECOND = 50
const BURST = 300
const KEYS_MAX = 10_000

interface Bucket {
  left: number
  at_ms: number
}

/** A bucket of calls for each key, refilled at a steady pace: one program in a loop does not take the centre from the tills. */
export class CallLimit {
  readonly #now_ms: () => number
  readonly #buckets = new Map<string, Bucket>()

  constructor(now_ms: () => number) {
    this.#now_ms = now_ms
  }

  mayCall(key: string): boolean {
    const now_ms = this.#now_ms()
    if (this.#buckets.size > KEYS_MAX) this.#buckets.clear()
    const bucket = this.#buckets.get(key) ?? { left: BURST, at_ms: now_ms }
    bucket.left = Math.min(BURST, bucket.left + (Math.max(0, now_ms - bucket.at_ms) / 1_000) * CALLS_PER_SECOND)
    bucket.at_ms = now_ms
    this.#buckets.set(key, bucket)
    if (bucket.left < 1) return false
    bucket.left -= 1
    return true
  }
}
