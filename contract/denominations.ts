/**
 * Notes and coins of a currency in minor units, largest first: what a drawer is counted by. Pieces that are legal tender
 * but hardly ever in a drawer (a note of 500 €) are there all the same, because a count that has no place for one is wrong.
 */
const PIECES: Readonly<Record<string, readonly number[]>> = {
  EUR: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  CHF: [100_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  GBP: [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  USD: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
  SEK: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  DKK: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50],
  NOK: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 100],
  PLN: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  JPY: [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1],
}

/** Where we do not know the coins: every step of the 1-2-5 series. */
const SERIES: readonly number[] = [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1]

export const denominationsOf = (currency: string): readonly number[] => PIECES[currency] ?? SERIES

/** What the pieces come to; keys are the value of a piece in minor units, values how many of them. */
export const sumOfCounts = (counts: Readonly<Record<string, number>>): number =>
  Object.entries(counts).reduce((sum, [piece, count]) => sum + Number(piece) * count, 0)
