import { createHash } from 'node:crypto'

/** A source of chance that gives the same again from the same seed, on every machine and in every version of Node. */
export interface Random {
  /** A whole number from 0 up to 2^32 - 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean
  pick<Thing>(things: readonly Thing[]): Thing
}

/**
 * The small fast counter generator sfc32 (Chris Doty-Humphrey, PractRand), filled from the SHA-256 of the seed so that
 * seeds which differ in one letter have nothing in common. For demo goods only: it is no source of secrets.
 */
export function randomFrom(seed: string): Random {
  const start = createHash('sha256').update(seed).digest()
  let a = start.readInt32LE(0)
  let b = start.readInt32LE(4)
  let c = start.readInt32LE(8)
  let counter = 1

  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < 12; round++) next()

  const between = (low: number, high: number): number => low + Math.floor((next() / 0x1_0000_0000) * (high - low + 1))
  return {
    next,
    between,
    chance: (percent) => between(0, 99) < percent,
    pick: (things) => {
      const thing = things[between(0, things.length - 1)]
      if (thing === undefined) throw new Error('nothing to pick from')
      return thing
    },
  }
}
