import { HOUR_MS } from '../../../contract/durations.ts'
import type { HeldClock } from '../../../contract/held-clock.ts'
import type { Ground } from '../ground.ts'

/** What a machine corrects by itself every day, or a summer time set by hand without thinking, holds up nobody. */
const HONEST_MS = 2 * HOUR_MS

/**
 * Set where the last record of this till lies ahead of its clock: it was written while the clock was wrong, and because
 * time never runs backwards here, everything new would carry that date until it comes. Null where the two agree.
 */
export function heldClock(ground: Ground): HeldClock | null {
  const recorded = ground.recordedAt
  const machine_ms = ground.clock.now()
  if (recorded === null || Date.parse(recorded) - machine_ms < HONEST_MS) return null
  return { recorded, machine: new Date(machine_ms).toISOString() }
}
