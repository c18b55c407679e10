import { brokenRulesOf } from '../../../contract/identity/broken-rules.ts'
import type { Params } from '../../../contract/ids.ts'
import { EventKind, type TimelineEntry } from '../../../contract/journal.ts'
import type { Ground } from '../ground.ts'
import { eventsOfUnit } from '../store/journal.ts'

/**
 * The unit's life, oldest first: what the centre told, and among it what happened on this till. A kind of event that
 * only a newer program knows is left out; what it made of the piece is told with the piece.
 */
export function timelineOf(ground: Ground, unitId: string): TimelineEntry[] {
  const told = ground.mirror.history(unitId).flatMap((row) =>
    entryOf(ground, { at: row.at, kind: row.kind, storeId: row.store_id, who: row.who, params: JSON.parse(row.params) as Params, atHub: true }),
  )
  const here = eventsOfUnit(ground.store.reading, unitId).flatMap(({ at, kind, body }) => {
    const { storeId, who, params } = JSON.parse(body) as Pick<TimelineEntry, 'storeId' | 'who' | 'params'>
    return entryOf(ground, { at, kind, storeId, who, params, atHub: false })
  })
  return merged(told, here)
}

type Line = Omit<TimelineEntry, 'kind' | 'storeName'> & { readonly kind: string }

function entryOf({ storeNames }: Ground, line: Line): TimelineEntry[] {
  const kind = EventKind.safeParse(line.kind)
  if (!kind.success) return []
  return [{ ...line, kind: kind.data, storeName: line.storeId === null ? null : (storeNames[line.storeId] ?? line.storeId) }]
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
