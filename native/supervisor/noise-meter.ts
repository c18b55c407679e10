const WINDOW_MS = 60_000
/** One torn frame at plugging in is normal; this many within a minute is a bad cable or a wrong speed. */
const NOISY_COUNT = 5

/** Counts garbled input within the last minute. */
export class NoiseMeter {
  private readonly times: number[] = []

  add(at: number): void {
    this.times.push(at)
    if (this.times.length > NOISY_COUNT) this.times.shift()
  }

  noisy(now: number): boolean {
    return this.times.length >= NOISY_COUNT && now - this.times[0]! <= WINDOW_MS
  }
}
