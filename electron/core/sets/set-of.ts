import type { UnitFacts } from '../../../contract/unit.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import type { Found } from '../scans/found.ts'
import { sql } from '../store/store.ts'

const IN_MIRROR = "SELECT id FROM units WHERE json_extract(more, '$.partOf') = ?"
const HERE = "SELECT unit_id AS id FROM unit_overlays WHERE json_extract(facts, '$.partOf') = ?"

/** The pieces packed with this one, in the order of their ids; none for what is no set. What this till did last counts. */
export function partsOf(ground: Ground, wholeId: string): KnownUnit[] {
  const told = sql(ground.mirror.reading, IN_MIRROR).all(wholeId) as { id: string }[]
  const here = sql(ground.store.reading, HERE).all(wholeId) as { id: string }[]
  return [...new Set([...told, ...here].map(({ id }) => id))].sort().flatMap((id) => {
    const unit = unitOf(ground, id)
    return unit?.facts.partOf === wholeId ? [unit] : []
  })
}

/** The piece this one is packed with; null where it stands alone, or where nobody knows the other. */
export const wholeOf = (ground: Ground, unit: KnownUnit): KnownUnit | null =>
  unit.facts.partOf === undefined ? null : unitOf(ground, unit.facts.partOf)

/** Whether a piece is a set or belongs to one: such a piece does not go through a door that takes one piece alone. */
export const isOfASet = (ground: Ground, unit: KnownUnit): boolean => unit.facts.partOf !== undefined || partsOf(ground, unit.id).length > 0

/** The same piece as if it stood alone: whoever sells the whole set asks about its parts no differently. */
export const alone = (unit: KnownUnit): KnownUnit => ({ ...unit, facts: withoutSet(unit.facts) })

export function withoutSet(facts: UnitFacts): UnitFacts {
  const { partOf: _, ...rest } = facts
  return rest
}

type Brought = { readonly do: string; readonly found?: Found; readonly unitId?: string; readonly choice?: string }

/** The piece of a set that an input lays on a table where sets are not dealt with; null for everything else. */
export function setBroughtBy(ground: Ground, input: Brought): KnownUnit | null {
  const unitId = input.do === 'scanned' && input.found?.is === 'unit' ? input.found.hit.unit.id
    : input.do === 'take-unit' ? input.unitId
      : input.do === 'choose' ? input.choice : undefined
  const unit = unitId === undefined ? null : unitOf(ground, unitId)
  return unit !== null && isOfASet(ground, unit) ? unit : null
}
