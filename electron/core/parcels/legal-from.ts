import { addMonths } from '../../../contract/days.ts'
import type { CoverLayer } from '../../../contract/unit.ts'

/**
 * Cover whose legal guarantee, as long as it is, begins on another day: what is sent is guaranteed from its delivery on
 * (Directive (EU) 2019/771, article 10). Null where nothing changes, or where a claim was already made under it.
 */
export function legalFrom(cover: readonly CoverLayer[], start: string, basis: 'sale' | 'delivery'): CoverLayer[] | null {
  const legal = cover.find((layer) => layer.layer === 'legal')
  if (legal === undefined || legal.claimsUsed > 0 || legal.start === start) return null
  const moved: CoverLayer = { ...legal, start, end: addMonths(start, monthsBetween(legal.start, legal.end)), basis }
  return cover.map((layer) => (layer === legal ? moved : layer))
}

/** By the calendar alone: a guarantee ends on the day of its month, or on the last one of a shorter month. */
const monthsBetween = (start: string, end: string): number => monthOf(end) - monthOf(start)

function monthOf(day: string): number {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return year * 12 + month
}
