import type { WaitingPiece } from '../../../contract/inspection-view.ts'
import type { TimelineEntry } from '../../../contract/journal.ts'
import { Condition, type UnitCard } from '../../../contract/unit.ts'
import { NextPlace } from '../../../contract/verdict.ts'
import { timelineOf } from '../facts/history.ts'
import { unitOf } from '../facts/judge.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { sql } from '../store/store.ts'
import { awayAt, mayBeInspectedHere } from './inspect.ts'

const LIST_MAX = 500

type Came = Omit<WaitingPiece, 'unit' | 'from'> & { readonly unitId: string }

/**
 * What stands in this store to be looked at again, the oldest first: what came back over this till, what was bought from
 * customers or arrived damaged, and what came back elsewhere, at another till, at the kiosk or by the post, as far as the
 * mirror has heard of it.
 */
export function waitingPieces(ground: Ground, card: (unit: KnownUnit) => UnitCard): WaitingPiece[] {
  const here = cameBackHere(ground)
  const known = new Set(here.map(({ unitId }) => unitId))
  const all = [...here, ...cameFromElsewhere(ground).filter(({ unitId }) => !known.has(unitId))]
  return all.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0)).slice(0, LIST_MAX).flatMap(({ unitId, ...came }): WaitingPiece[] => {
    const unit = unitOf(ground, unitId)
    // What went to the shelf at once, or has left since, waits for nobody.
    if (unit === null || unit.facts.condition !== 'to-inspect' || unit.facts.custody.at !== 'in-stock') return []
    return unit.facts.custody.storeId === ground.place.id ? [{ unit: card(unit), ...came, from: null }] : []
  })
}

/**
 * A piece that somebody holds in the hand to look at: it waits here, or was sent here by another till or store and the
 * books still have it there or under way. Null for a piece that waits for nobody, or is not the shop's to look at.
 */
export function broughtPiece(ground: Ground, unitId: string, card: (unit: KnownUnit) => UnitCard): WaitingPiece | null {
  const here = waitingPieces(ground, card).find(({ unit }) => unit.unitId === unitId)
  if (here !== undefined) return here
  const unit = unitOf(ground, unitId)
  if (unit === null || !mayBeInspectedHere(unit.facts, ground.place.id)) return null
  const from = awayAt(unit.facts.custody, ground.place.id)
  if (from === null) return null
  return { unit: card(unit), ...cameIn(ground, timelineOf(ground, unitId)), from: ground.storeNames[from] ?? from }
}

function cameBackHere(ground: Ground): Came[] {
  return sql(
    ground.store.reading,
    `SELECT l.unit_id AS unitId, r.returned_at AS since, l.condition AS said, l.next_place AS place, l.reason, r.number
     FROM return_lines l JOIN returns r ON r.id = l.return_id
     WHERE l.unit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM inspections i WHERE i.unit_id = l.unit_id AND i.at >= r.returned_at)
     ORDER BY r.returned_at LIMIT ${LIST_MAX}`,
  ).all() as Came[]
}

/** The pieces of this store that the mirror knows as waiting. Its index holds these alone. */
export const TO_INSPECT_HERE = `SELECT id FROM units WHERE store_id = ? AND condition = 'to-inspect' AND custody = 'in-stock' LIMIT ${LIST_MAX}`

/** Pieces that this till itself put aside to be looked at, without a return: the mirror may not show them yet, or ever. */
const TO_INSPECT_SINCE = `SELECT unit_id AS id FROM unit_overlays
  WHERE json_extract(facts, '$.condition') = 'to-inspect' AND json_extract(facts, '$.custody.at') = 'in-stock' LIMIT ${LIST_MAX}`

function cameFromElsewhere(ground: Ground): Came[] {
  const told = sql(ground.mirror.reading, TO_INSPECT_HERE).all(ground.place.id) as { id: string }[]
  const here = sql(ground.store.reading, TO_INSPECT_SINCE).all() as { id: string }[]
  return [...new Set([...told, ...here].map(({ id }) => id))].flatMap((id) => {
    const life = timelineOf(ground, id)
    const looked = life.findLastIndex(({ kind }) => kind === 'inspected')
    const came = life.findLastIndex(({ kind }) => CAME.has(kind))
    // Found to be one that should not have come back: that is for its case, and not for another look.
    const waits = Math.max(came, life.findLastIndex(({ kind, params }) => kind === 'routed' && params['place'] === 'inspection'))
    if ((looked >= 0 && looked >= waits) || wasLookedAt(ground, id, life[waits]?.at ?? '')) return []
    return [{ unitId: id, ...cameIn(ground, life) }]
  })
}

type Life = readonly TimelineEntry[]

/** When and why a piece came in last, and what was said of it then. */
function cameIn(ground: Ground, life: Life): Omit<Came, 'unitId'> {
  const came = life.findLastIndex(({ kind }) => CAME.has(kind))
  const params = life[came]?.params ?? {}
  const routed = life.findLast(({ kind }, place) => kind === 'routed' && place >= came)?.params ?? {}
  return {
    since: life[came]?.at ?? ground.mirror.about('as_of') ?? ground.now(), reason: textOf(params['reason']), number: textOf(params['number']),
    said: Condition.safeParse(routed['condition']).data ?? null, place: NextPlace.safeParse(routed['place']).data ?? null,
  }
}

/** How a piece comes into a store before somebody has looked at it. */
const CAME: ReadonlySet<string> = new Set(['returned', 'received', 'exchanged', 'found', 'back-from-repair'])

const wasLookedAt = (ground: Ground, unitId: string, since: string): boolean =>
  sql(ground.store.reading, 'SELECT 1 FROM inspections WHERE unit_id = ? AND at >= ? LIMIT 1').get(unitId, since) !== undefined

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
