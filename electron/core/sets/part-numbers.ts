import { matchKey } from '../../../contract/identity/match-key.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { partsOf } from './set-of.ts'

/**
 * Parts whose number is not the one this piece was sold with, by the names of the parts. A number on record for the part
 * decides; without one, a number that belongs to another piece of ours does, unless it is packed with this one. What
 * nobody wrote down before cannot differ. Case, blanks and look-alikes do not count.
 */
export function differingParts(ground: Ground, unit: KnownUnit, read: Readonly<Record<string, string>>): string[] {
  const onRecord = unit.facts.parts ?? {}
  const own = new Set([unit, ...partsOf(ground, unit.id)].map(({ id }) => id))
  return Object.entries(read).flatMap(([part, number]) => {
    const known = Object.hasOwn(onRecord, part) ? onRecord[part] : undefined
    if (known !== undefined) return matchKey(known, 'loose') === matchKey(number, 'loose') ? [] : [part]
    const owners = ground.mirror.unitIdsByAlias(number)
    return owners.length > 0 && !owners.some(({ unitId }) => own.has(unitId)) ? [part] : []
  })
}
