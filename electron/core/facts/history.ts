import { brokenRulesOf } from '../../../contract/identity/broken-rules.ts'
import type { Params } from '../../../contract/ids.ts'
import { isUnderstood, lifeKindOf, type LifeLine, type TimelineEntry } from '../../../contract/journal.ts'
import type { Ground } from '../ground.ts'
import { eventsOfUnit } from '../store/journal.ts'

/** The unit's life as a person reads it, oldest first: what the centre told, and among it what happened on this till. */
export function lifeOf({ mirror, store, storeNames }: Ground, unitId: string): LifeLine[] {
  const told = mirror.history(unitId).map(({ at, kind, store_id, who, params }): KeptLine =>
    ({ at, kind, storeId: store_id, who, params: JSON.parse(params) as Params, atHub: true }))
  const here = eventsOfUnit(store.reading, unitId).map(({ at, kind, body }): KeptLine => {
    const { storeId, who, params } = JSON.parse(body) as Pick<KeptLine, 'storeId' | 'who' | 'params'>
    return { at, kind, storeId, who, params, atHub: false }
  })
  return merged(told, here).map(({ kind, ...line }) => ({
    ...line, kind: lifeKindOf(kind), storeName: line.storeId === null ? null : (storeNames[line.storeId] ?? line.storeId),
  }))
}

/** A line as it came: its kind may be one that only a newer program knows. */
type KeptLine = Omit<LifeLine, 'kind' | 'storeName'> & { readonly kind: string }

/**
 * The part of it that this program judges by. A kind of event that only a newer one knows is left out; what it made of
 * the piece is told with the piece.
 */
export const timelineOf = (ground: Ground, unitId: string): TimelineEntry[] => lifeOf(ground, unitId).filter(isUnderstood)

/**
 * Two tellings of one life as one, in the order of time; at the same moment the centre's order stands first. What
 * this till did and the centre tells back is one event, not two.
 */
export function merged<Line extends KeptLine>(told: readonly Line[], here: readonly Line[]): Line[] {
  const toldBack = new Set(told.map(sameness))
  return [...told, ...here.filter((entry) => !toldBack.has(sameness(entry)))].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const sameness = ({ at, kind, storeId }: KeptLine): string => [Date.parse(at), kind, storeId].join(' ')

export const contradictionsOf = (ground: Ground, unitId: string): string[] => brokenRulesOf(timelineOf(ground, unitId))
