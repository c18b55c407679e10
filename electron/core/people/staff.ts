import type { Person } from '../../../contract/desk-view.ts'
import type { StaffTile } from '../../../contract/staff-tile.ts'
import type { Right, Role } from '../../../contract/roles.ts'
import type { Ground } from '../ground.ts'
import type { StaffRow } from '../mirror/mirror.ts'
import { wrongTries } from '../store/people.ts'
import { sql } from '../store/store.ts'

/** Everybody who may sign in here: the centre's list, or the till's own where there is no centre yet. */
export function staffOf(ground: Ground): StaffRow[] {
  const told = ground.mirror.staff(ground.place.id)
  const own = sql(ground.store.reading, "SELECT id, name, role, pin_hash, NULL AS badge, NULL AS demo_pin FROM own_staff ORDER BY name").all() as StaffRow[]
  return [...told, ...own]
}

export const rightsOf = (ground: Ground, role: Role): Right[] => ground.policy().rights[role] ?? []

export function personOf(ground: Ground, row: StaffRow): Person {
  return { staffId: row.id, name: row.name, role: row.role, rights: rightsOf(ground, row.role) }
}

export function tileOf(ground: Ground, row: StaffRow): StaffTile {
  const until = lockedUntil(ground, row.id)
  return {
    staffId: row.id,
    name: row.name,
    role: row.role,
    demoPin: ground.demo ? row.demo_pin : null,
    lockedUntil: until !== null && until > ground.now() ? until : null,
  }
}

/** People whose role has a right, and who could lend it. */
export const holdersOf = (ground: Ground, right: Right): StaffTile[] =>
  staffOf(ground).filter((row) => rightsOf(ground, row.role).includes(right)).map((row) => tileOf(ground, row))

/**
 * After as many wrong PINs as the policy allows a person waits, and twice as long after each one more, up to an hour:
 * four digits are quickly tried through by a machine and slowly by a person.
 */
export function lockedUntil(ground: Ground, staffId: string): string | null {
  const { count, lastAt } = wrongTries(ground.store.reading, staffId)
  const { wrongTriesAllowed, waitAfter_ms } = ground.policy().pin
  if (lastAt === null || count < wrongTriesAllowed) return null
  const wait_ms = Math.min(waitAfter_ms * 2 ** Math.min(count - wrongTriesAllowed, 20), 3_600_000)
  return new Date(Date.parse(lastAt) + wait_ms).toISOString()
}
