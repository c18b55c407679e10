import type { Params } from '../../../contract/ids.ts'
import { EventKind, type TimelineEntry } from '../../../contract/journal.ts'
import type { Ground } from '../ground.ts'
import { eventsOfUnit } from '../store/journal.ts'

/** The unit's life, oldest first: what the centre told, and after it what happened on this till. */
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
  return [...told, ...here]
}

/**
 * Rules of plausibility that a life breaks: sold while sold, returned while not sold. Each is a warning with its
 * rule; a history that cannot be is the only sign of a copied number that needs no special tag.
 */
export function contradictionsOf(ground: Ground, unitId: string): string[] {
  const broken = new Set<string>()
  let sold = false
  for (const entry of timelineOf(ground, unitId)) {
    if (entry.kind === 'sold') {
      if (sold) broken.add('sold-while-sold')
      sold = true
    }
    if (entry.kind === 'returned') {
      if (!sold) broken.add('returned-while-not-sold')
      sold = false
    }
    // A voided sale or a replacement gives the piece back without a return of its own.
    if (entry.kind === 'voided' || entry.kind === 'corrected' || entry.kind === 'exchanged') sold = false
  }
  return [...broken]
}
