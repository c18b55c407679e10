import type { Person } from '../../../contract/desk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Ground } from '../ground.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import { recordPinTry } from '../store/people.ts'
import { verifyPin } from './pin.ts'
import { lockedUntil, personOf, staffOf } from './staff.ts'

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

/** Noted at most once a minute: a session is no reason to write at every key. */
export function touchSession(ground: Ground): void {
  const session = metaValue<Session>(ground.store.reading, 'session')
  if (!session || ground.clock.now() - Date.parse(session.lastAt) < 60_000) return
  const lastAt = new Date(ground.clock.now()).toISOString()
  ground.store.write((db) => setMeta(db, 'session', { ...session, lastAt }))
}

/** Checks a PIN and keeps the try. While a person waits, even the right PIN is refused, and is no try. */
export async function checkPin(ground: Ground, staffId: string, pin: string): Promise<Result<Person>> {
  const row = staffOf(ground).find((candidate) => candidate.id === staffId)
  if (!row) return refused('unknown-person')
  const until = lockedUntil(ground, staffId)
  if (until !== null && until > ground.now()) return refused('locked-out', { until })
  const good = await verifyPin(pin, row.pin_hash)
  ground.store.write((db) => recordPinTry(db, staffId, ground.now(), good))
  if (good) return ok(personOf(ground, row))
  const next = lockedUntil(ground, staffId)
  return next !== null && next > ground.now() ? refused('locked-out', { until: next }) : refused('wrong-pin')
}

export function beginSession(ground: Ground, person: Person): void {
  const now = new Date(ground.clock.now()).toISOString()
  ground.store.write((db) => setMeta(db, 'session', { staffId: person.staffId, since: now, lastAt: now }))
}

export function endSession(ground: Ground): void {
  ground.store.write((db) => setMeta(db, 'session', null))
}
