import type { TimelineEntry } from '../journal.ts'
import { FROM_SALE } from '../stock-by-serial.ts'
import { FlagKind } from '../unit.ts'
import { contradictionsOf, historyKindOf, type Contradiction, type HistoryEvent } from './contradictions.ts'

/**
 * Rules of plausibility that a life breaks, each once, as the words of its flag: `sold-twice`, `returned-twice`. A
 * history that cannot be is the only sign of a copied number that needs no special tag. Looking at a piece is no
 * event of its life; and a life that starts with a return began before this system knew it, which is no contradiction.
 */
export function brokenRulesOf(timeline: readonly TimelineEntry[]): string[] {
  const life = timeline.filter(({ kind }) => kind !== 'checked').map(asHistory)
  const first = life.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))[0]
  const believable = (found: Contradiction) =>
    !(found.flag === 'RETURN_WITHOUT_SALE' && found.events.some((index) => life[index] === first))
  return [...new Set(contradictionsOf(life).filter(believable).map(({ flag }) => flag.toLowerCase().replaceAll('_', '-')))].sort()
}

function asHistory({ at, kind, params, storeId }: TimelineEntry): HistoryEvent {
  // Kept for a customer until a day: selling it to him is what it was kept for. A piece that nobody received is first
  // heard of at each till that is about to sell it.
  const saysNothing = (kind === 'held' && params['until'] !== undefined) || (kind === 'commissioned' && params['from'] === FROM_SALE)
  if (saysNothing) return { at, kind: 'observe', ...(storeId === null ? {} : { site: storeId }) }
  const flag = FlagKind.safeParse(params['flag'])
  const why = params['why']
  const more = { ...(flag.success ? { flag: flag.data } : {}), ...(typeof why === 'string' ? { why } : {}) }
  return { at, kind: historyKindOf(kind, more), ...(storeId === null ? {} : { site: storeId }) }
}
