/** Chance that a seed decides wholly (mulberry32): a run that failed is run again, step by step the same. */
export interface Chance {
  /** From 0 on, below 1. */
  next(): number
  below(most: number): number
  is(probability: number): boolean
  pick<T>(things: readonly T[]): T
}

export function chanceOf(seed: number): Chance {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number): number => Math.floor(next() * most)
  return {
    next,
    below,
    is: (probability) => next() < probability,
    pick: (things) => {
      const thing = things[below(things.length)]
      if (thing === undefined) throw new Error('nothing to pick from')
      return thing
    },
  }
}
