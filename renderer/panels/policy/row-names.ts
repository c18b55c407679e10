import { useState } from 'react'

/** Names for rows that have none of their own, in the order the rows stand in; `next` was given to nobody yet. */
export interface RowNames {
  readonly names: readonly number[]
  readonly next: number
}

/** As many names as there are rows: new rows stand at the end, and no name is given twice. */
export function namesFor({ names, next }: RowNames, rows: number): RowNames {
  const fresh = Math.max(0, rows - names.length)
  return { names: [...names.slice(0, rows), ...Array.from({ length: fresh }, (_, n) => next + n)], next: next + fresh }
}

export const withoutRow = ({ names, next }: RowNames, place: number): RowNames => ({ names: names.toSpliced(place, 1), next })

/** The row at `place` one place earlier; the first stays where it is. */
export const withRowEarlier = ({ names, next }: RowNames, place: number): RowNames =>
  place === 0 ? { names, next } : { names: names.toSpliced(place - 1, 2, ...names.slice(place - 1, place + 1).reverse()), next }

/**
 * Keys for rows whose fields keep what is typed into them: a row keeps its key when one above it goes, so no row is
 * shown, and then saved, with the text of another. Whoever takes a row out or moves it says so here as well.
 */
export function useRowNames(rows: number) {
  const [kept, setKept] = useState<RowNames>({ names: [], next: 0 })
  const now = namesFor(kept, rows)
  return {
    nameAt: (place: number): number => now.names[place] ?? place,
    remove: (place: number): void => setKept(withoutRow(now, place)),
    moveEarlier: (place: number): void => setKept(withRowEarlier(now, place)),
  }
}
