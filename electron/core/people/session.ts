import type { Person } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Ground } from '../ground.ts'
import type { StaffRow } from '../mirror/mirror.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import { recordPinTry } from '../store/people.ts'
import { onePinAtATime } from './one-pin-at-a-time.ts'
import { verifyPin } from './pin.ts'
import { lockedUntil, personOf, staffOf, waitsUntil } from './staff.ts'

interface Session {
  readonly staffId: string
  readonly since: string
  readonly lastAt: string
}

/**
 * Who stands at the till. A row, so that a core that was restarted in the middle of a sale does not ask for the PIN
 * again; a session nobody used for as long as the policy says ends by itself.
 */
export function signedIn(ground: Ground): { person: Person; since: string } | null {
  const session = metaValue<Session>(ground.store.reading, 'session')
  if (!session) return null
  const { lockAfter_ms } = ground.policy().pin
  const idle_ms = ground.clock.now() - Date.parse(session.lastAt)
  if (lockAfter_ms > 0 && idle_ms > lockAfter_ms) return null
  const row = staffOf(ground).find((candidate) => candidate.id === session.staffId)
  return row ? { person: personOf(ground, row), since: session.since } : null
}

/** When the session of whoever is signed in ends by itself, in milliseconds of the clock; null: never. */
export function lockDue(ground: Ground): number | null {
  const session = metaValue<Session>(ground.store.reading, 'session')
  const { lockAfter_ms } = ground.policy().pin
  return session === null || lockAfter_ms === 0 ? null : Date.parse(session.lastAt) + lockAfter_ms
}

const TOUCH_MS = 60_000

/** A session is no reason to write at every key: noted once a minute, or more often where the policy locks sooner. */
export function touchSession(ground: Ground): void {
  const session = metaValue<Session>(ground.store.reading, 'session')
  if (!session || signedIn(ground) === null) return
  const { lockAfter_ms } = ground.policy().pin
  const since_ms = ground.clock.now() - Date.parse(session.lastAt)
  if (since_ms < (lockAfter_ms > 0 ? Math.min(TOUCH_MS, lockAfter_ms / 10) : TOUCH_MS)) return
  const lastAt = new Date(ground.clock.now()).toISOString()
  ground.store.write((db) => setMeta(db, 'session', { ...session, lastAt }))
}

/** Checks a PIN and keeps the try. While a person or the till waits, even the right PIN is refused, and is no try. */
export const checkPin = (ground: Ground, staffId: string, pin: string): Promise<Result<Person>> =>
  onePinAtATime(ground, () => tryPin(ground, staffId, pin))

async function tryPin(ground: Ground, staffId: string, pin: string): Promise<Result<Person>> {
  const row = staffOf(ground).find((candidate) => candidate.id === staffId)
  if (!row) return refused('unknown-person')
  const until = waitsUntil(ground, row)
  if (until !== null) return refused('locked-out', { until })
  const good = await verifyPin(pin, row.pin_hash)
  ground.store.write((db) => recordPinTry(db, staffId, ground.now(), good))
  if (good) return ok(personOf(ground, row))
  const next = waitsUntil(ground, row)
  return next !== null ? refused('locked-out', { until: next }) : refused('wrong-pin')
}

/** Whoever comes begins with nothing that was lent to the one before. */
export function beginSession(ground: Ground, person: Person): void {
  const now = new Date(ground.clock.now()).toISOString()
  ground.store.write((db) => {
    setMeta(db, 'session', { staffId: person.staffId, since: now, lastAt: now })
    setMeta(db, 'grant', null)
  })
}

export function endSession(ground: Ground): void {
  ground.store.write((db) => {
    setMeta(db, 'session', null)
    setMeta(db, 'grant', null)
  })
}

/** Signs the owner of a badge in where the policy lets a badge be enough; one who has to wait after wrong tries waits. */
export function badgeSignsIn(ground: Ground, row: StaffRow): boolean {
  if (ground.policy().pin.badgeAlone !== true) return false
  const until = lockedUntil(ground, row.id)
  if (until !== null && until > ground.now()) return false
  beginSession(ground, personOf(ground, row))
  return true
}
