import type { SaleLine } from '../../../contract/sale-view.ts'

/** Every single piece of a line: the one it is named after, and what is packed with it. Nothing for plain goods. */
export const unitIdsOf = (line: Pick<SaleLine, 'unitId' | 'parts'>): string[] =>
  line.unitId === null ? [] : [line.unitId, ...(line.parts ?? []).map(({ unitId }) => unitId)]

/** The line that has this piece in it, alone or with its set. */
export const lineWith = (lines: readonly SaleLine[], unitId: string): SaleLine | undefined =>
  lines.find((line) => unitIdsOf(line).includes(unitId))
