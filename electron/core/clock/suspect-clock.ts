import { DAY_MS } from '../../../contract/durations.ts'
import type { Ground } from '../ground.ts'
import { sql } from '../store/store.ts'
import { heldClock } from './held-clock.ts'

/**
 * Longer than any honest silence between a till and its centre, or between two days of a shop; shorter than the months
 * and years by which a clock is wrong whose battery is empty or whose date was typed.
 */
const SILENCE_DAYS_MAX = 45

/**
 * True where this till's clock cannot be right: it stands more than a day before what the centre dated, or so long
 * after it that rather the clock ran away. A till without a centre holds its clock against its own last day of work.
 * Nor are days counted from a date that only the records hold, until somebody has set it right.
 */
export function clockIsSuspect(ground: Ground): boolean {
  if (heldClock(ground) !== null) return true
  const now = ground.clock.now()
  const known = Date.parse(ground.mirror.about('as_of') ?? lastDayOfWork(ground) ?? '')
  return !Number.isNaN(known) && (now - known > SILENCE_DAYS_MAX * DAY_MS || known - now > DAY_MS)
}

/** The last entry of the journal before today: today’s own entries carry the same wrong date. */
function lastDayOfWork(ground: Ground): string | null {
  const today = new Date(ground.clock.now()).toISOString().slice(0, 10)
  const row = sql(ground.store.reading, 'SELECT at FROM journal WHERE at < ? ORDER BY seq DESC LIMIT 1').get(today) as { at: string } | undefined
  return row?.at ?? null
}
