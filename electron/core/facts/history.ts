import { brokenRulesOf } from '../../../contract/identity/broken-rules.ts'
import type { Params } from '../../../contract/ids.ts'
import { EventKind, type TimelineEntry } from '../../../contract/journal.ts'
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

export const contradictionsOf = (ground: Ground, unitId: string): string[] => brokenRulesOf(timelineOf(ground, unitId))
