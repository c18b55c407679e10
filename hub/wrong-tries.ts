import { DAY_MS, HOUR_MS } from '../contract/durations.ts'
import { instant } from './ground.ts'
import type { Query } from './database.ts'
import { HubRefusal } from './hub-refusal.ts'
import { digestOf } from './people/sessions.ts'

/** So many wrong tries at once, and one more after each `every_ms`. */
export interface Pace {
  readonly atOnce: number
  readonly every_ms: number
}

/** Whose tries are counted together, at which pace. */
export interface Guesser {
  readonly who: string
  readonly pace: Pace
}

/**
 * Counts a try of all these guessers before anything is compared: of many that are sent at once no more are looked at
 * than of those that come one by one. Refuses `too-many-tries`, which is no try then. Gives what takes the try back, for
 * one that was right. Each count is one statement on one row, so it does not help to ask another process of the centre.
 */
export async function countTry(db: Query, guessers: readonly Guesser[], now_ms: number): Promise<() => Promise<void>> {
  const counted: Guesser[] = []
  const takeBack = async (): Promise<void> => {
    for (const { who, pace } of counted) await db.query('UPDATE guessing SET spent_until_ms = spent_until_ms - $2 WHERE who = $1', [digestOf(who), pace.every_ms])
  }
  for (const guesser of guessers) {
    const closedUntil_ms = await spend(db, guesser, now_ms)
    if (closedUntil_ms !== null) {
      await takeBack()
      throw new HubRefusal('too-many-tries', { until: instant(closedUntil_ms) })
    }
    counted.push(guesser)
  }
  return takeBack
}

/**
 * Spends one try; answers until when there is none left, or null. A count that is more than a day beyond what can be
 * spent was made by a clock that was wrong and was set back: nobody waits until that time comes.
 */
async function spend(db: Query, { who, pace }: Guesser, now_ms: number): Promise<number | null> {
  const ahead_ms = (pace.atOnce - 1) * pace.every_ms
  const wrong_ms = now_ms + pace.atOnce * pace.every_ms + DAY_MS
  const spent = await db.touch(
    `INSERT INTO guessing (who, spent_until_ms) VALUES ($1, $2::bigint + $3::bigint)
     ON CONFLICT (who) DO UPDATE
     SET spent_until_ms = CASE WHEN guessing.spent_until_ms > $5::bigint THEN $2::bigint ELSE greatest(guessing.spent_until_ms, $2::bigint) END + $3::bigint
     WHERE guessing.spent_until_ms <= $2::bigint + $4::bigint OR guessing.spent_until_ms > $5::bigint`, [digestOf(who), now_ms, pace.every_ms, ahead_ms, wrong_ms],
  )
  if (spent === 1) return null
  const [row] = await db.query<{ spent_until_ms: number }>('SELECT spent_until_ms FROM guessing WHERE who = $1', [digestOf(who)])
  return Math.max(now_ms, (row?.spent_until_ms ?? 0) - ahead_ms)
}

/**
 * Takes away the counts whose time is over; they say the same as none. With them what a process of an older version has
 * written down of tries, with names and addresses as they came: it looks at the last quarter of an hour alone.
 */
export async function forgetGuessers(db: Query, now_ms: number): Promise<void> {
  await db.query('DELETE FROM guessing WHERE spent_until_ms < $1', [now_ms])
  await db.query('DELETE FROM wrong_try WHERE at_ms < $1', [now_ms - HOUR_MS])
}
