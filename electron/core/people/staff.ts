import type { Person } from '../../../contract/desk-view.ts'
import type { StaffTile } from '../../../contract/staff-tile.ts'
import type { Right, Role } from '../../../contract/roles.ts'
import { later } from '../../../contract/days.ts'
import type { Ground } from '../ground.ts'
import type { StaffRow } from '../mirror/mirror.ts'
import { wrongTries, wrongTriesSince } from '../store/people.ts'
import { sql } from '../store/store.ts'
import { hubPlace } from '../sync/progress.ts'

/**
 * Everybody who may sign in here: the centre's list, or the till's own where there is no centre yet. Whom a till made its
 * manager before it joined is nobody there once the centre has said who is: it could not shut him out.
 */
export function staffOf(ground: Ground): StaffRow[] {
  const told = ground.mirror.staff(ground.place.id)
  if (told.length > 0 && hubPlace(ground.store.reading) !== null) return told
  const own = sql(ground.store.reading, "SELECT id, name, role, pin_hash, NULL AS badge, NULL AS demo_pin FROM own_staff ORDER BY name").all() as StaffRow[]
  return [...told, ...own]
}

export const rightsOf = (ground: Ground, role: Role): Right[] => ground.policy().rights[role] ?? []

export function personOf(ground: Ground, row: StaffRow): Person {
  return { staffId: row.id, name: row.name, role: row.role, rights: rightsOf(ground, row.role) }
}

export function tileOf(ground: Ground, row: StaffRow): StaffTile {
  const until = waitsUntil(ground, row)
  return {
    staffId: row.id,
    name: row.name,
    role: row.role,
    demoPin: ground.demo ? row.demo_pin : null,
    lockedUntil: until,
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
  return later(lastAt, waitOf(waitAfter_ms, count - wrongTriesAllowed, WAIT_MS_MAX))
}

const WAIT_MS_MAX = 3_600_000

/** Doubled with each try too many. */
const waitOf = (first_ms: number, tooMany: number, most_ms: number): number => Math.min(first_ms * 2 ** Math.min(tooMany, 20), most_ms)

const TILL_LOOKS_BACK_MS = 15 * 60_000
/** Hands that are wet or cold, and a new colleague, are wrong as often; somebody who goes through the names is more. */
const TILL_TRIES_OF_PERSONS = 3
/** A shop is never shut out for longer by somebody who plays at its till. */
const TILL_WAIT_MS_MAX = 5 * 60_000

/**
 * Whoever tries one PIN with everybody's name is never wrong often enough with any of them, so the till itself waits too:
 * after three times as many wrong tries of whomever in a quarter of an hour as one person has, for minutes at the most.
 */
function tillLockedUntil(ground: Ground): string | null {
  const { wrongTriesAllowed, waitAfter_ms } = ground.policy().pin
  const { count, lastAt } = wrongTriesSince(ground.store.reading, later(ground.now(), -TILL_LOOKS_BACK_MS))
  const tooMany = count - wrongTriesAllowed * TILL_TRIES_OF_PERSONS
  return lastAt === null || tooMany < 0 ? null : later(lastAt, waitOf(waitAfter_ms, tooMany, TILL_WAIT_MS_MAX))
}

/**
 * Until when this person's PIN is not looked at; null: it is. A manager waits for the own wrong tries alone, so that
 * nobody shuts a shop out by trying at its till; a badge that is enough by itself is no try.
 */
export function waitsUntil(ground: Ground, row: StaffRow): string | null {
  const own = lockedUntil(ground, row.id)
  const till = row.role === 'manager' ? null : tillLockedUntil(ground)
  const until = [own, till].filter((at) => at !== null).toSorted().at(-1) ?? null
  return until !== null && until > ground.now() ? until : null
}
