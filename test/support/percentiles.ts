export interface Percentiles {
  readonly median_us: number
  readonly p99_us: number
}

/** The median and the slowest of a hundred of some times in microseconds. */
export function percentilesOf(times_us: readonly number[]): Percentiles {
  const sorted = times_us.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { median_us: at(0.5), p99_us: at(0.99) }
}

/** Times `act` by itself on each item, so many rounds over all of them. */
export function percentiles<Item>(items: readonly Item[], rounds: number, act: (item: Item) => void): Percentiles {
  const took: number[] = []
  for (let round = 0; round < rounds; round++)
    for (const item of items) {
      const began = process.hrtime.bigint()
      act(item)
      took.push(Number(process.hrtime.bigint() - began) / 1_000)
    }
  return percentilesOf(took)
}
