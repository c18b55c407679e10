import {
  contradictionsOf as contradictionsIn, historyKindOf, type Contradiction, type HistoryEvent,
} from '../../../contract/identity/contradictions.ts'
import type { Params } from '../../../contract/ids.ts'
import { EventKind, type TimelineEntry } from '../../../contract/journal.ts'
import { FlagKind } from '../../../contract/unit.ts'
import type { Ground } from '../ground.ts'
import { eventsOfUnit } from '../store/journal.ts'

/** The unit's life, oldest first: what the centre told, and among it what happened on this till. */
export function timelineOf(ground: Ground, unitId: string): TimelineEntry[] {
  const told = ground.mirror.history(unitId).map((row): TimelineEntry => ({
    at: row.at,
    kind: EventKind.parse(row.kind),
    storeId: row.store_id,
    storeName: row.store_id === null ? null : (ground.storeNames[row.store_id] ?? row.store_id),
    who: row.who,
    params: JSON.parse(row.params) as Params,
    atHub: true,
  }))
  const here = eventsOfUnit(ground.store.reading, unitId).map((row): TimelineEntry => {
    const body = JSON.parse(row.body) as { storeId: string; who: string | null; params: Params }
    return {
      at: row.at,
      kind: row.kind,
      storeId: body.storeId,
      storeName: ground.storeNames[body.storeId] ?? body.storeId,
      who: body.who,
      params: body.params,
      atHub: false,
    }
  })
  return merged(told, here)
}

/**
 * Two tellings of one life as one, in the order of time; at the same moment the centre's order stands first. What
 * this till did and the centre tells back is one event, not two.
 */
export function merged(told: readonly TimelineEntry[], here: readonly TimelineEntry[]): TimelineEntry[] {
  const toldBack = new Set(told.map(sameness))
  return [...told, ...here.filter((entry) => !toldBack.has(sameness(entry)))].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const sameness = ({ at, kind, storeId }: TimelineEntry): string => [Date.parse(at), kind, storeId].join(' ')

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
  return [...new Set(contradictionsIn(life).filter(believable).map(({ flag }) => flag.toLowerCase().replaceAll('_', '-')))].sort()
}

function asHistory({ at, kind, params, storeId }: TimelineEntry): HistoryEvent {
  const flag = FlagKind.safeParse(params['flag'])
  const why = params['why']
  const more = { ...(flag.success ? { flag: flag.data } : {}), ...(typeof why === 'string' ? { why } : {}) }
  return { at, kind: historyKindOf(kind, more), ...(storeId === null ? {} : { site: storeId }) }
}

export const contradictionsOf = (ground: Ground, unitId: string): string[] => brokenRulesOf(timelineOf(ground, unitId))
