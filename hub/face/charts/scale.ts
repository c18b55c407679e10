/**
 * Round steps for an axis from zero: at most `count` of them, each 1, 2 or 5 of a power of ten. `isWhole`: what is
 * counted comes in whole ones, and so do the steps. Pure.
 */
export function niceTicks(most: number, count: number, isWhole = false): number[] {
  if (!(most > 0)) return [0, 1]
  const rough = most / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((unit) => unit * power).find((size) => size >= rough) ?? 10 * power
  const wide = isWhole ? Math.max(1, step) : step
  const ticks = Math.ceil(most / wide)
  return Array.from({ length: ticks + 1 }, (_, place) => Math.round(place * wide * 1e6) / 1e6)
}

/** Which labels of an axis are written, so that they do not run into each other: the first, the last and some between. */
export function shownLabels(count: number, width: number, label_px: number): ReadonlySet<number> {
  const room = Math.max(1, Math.floor(width / label_px))
  const every = Math.max(1, Math.ceil(count / room))
  return new Set(Array.from({ length: count }, (_, place) => place).filter((place) => place % every === 0))
}

/** The places of a line that are drawn through without a gap: where nothing was measured it ends and begins anew. Pure. */
export function spansOf(values: readonly (number | null)[]): readonly (readonly number[])[] {
  const spans: number[][] = []
  for (const [place, value] of values.entries()) {
    if (value === null) continue
    const last = spans.at(-1)
    if (last?.at(-1) === place - 1) last.push(place)
    else spans.push([place])
  }
  return spans
}

/** Nothing was measured on either side: a line of one place is no line, and is drawn as a dot. */
export const isAlone = (values: readonly (number | null)[], place: number): boolean =>
  (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null
