import { DAY_MS } from '../../contract/durations.ts'
import { instant, newId } from '../ground.ts'
import type { Query } from '../database.ts'
import { HubRefusal } from '../hub-refusal.ts'

const WINDOW_MS = 15 * 60_000
const OF_NAME_MAX = 5
/** A whole office may come from one address. */
const OF_ADDRESS_MAX = 40
const KEPT_MS = 30 * DAY_MS

export interface Guesser {
  readonly name: string
  readonly address: string
}

/**
 * Counts a try before anything is compared: of many that are sent at once no more are looked at than of those that come
 * one by one. Refuses `too-many-tries` where a name or an address has guessed wrong too often in a quarter of an hour;
 * that is no try then. Gives what takes the try back, for one that was right. The tries lie in the database, so it does
 * not help to ask another process of the centre.
 */
export async function countTry(db: Query, { name, address }: Guesser, now_ms: number): Promise<() => Promise<void>> {
  const id = newId()
  const limits = [[`name ${name}`, OF_NAME_MAX], [`address ${address}`, OF_ADDRESS_MAX]] as const
  const takeBack = async (): Promise<void> => {
    for (const [who] of limits) await db.query('DELETE FROM wrong_try WHERE who = $1 AND id = $2', [who, id])
  }
  for (const [who] of limits) {
    await db.query('INSERT INTO wrong_try (who, at_ms, id) VALUES ($1, $2, $3)', [who, now_ms, id])
    await db.query('DELETE FROM wrong_try WHERE who = $1 AND at_ms < $2', [who, now_ms - KEPT_MS])
  }
  for (const [who, most] of limits) {
    const tries = await db.query<{ at_ms: number }>(
      'SELECT at_ms FROM wrong_try WHERE who = $1 AND at_ms > $2 AND id <> $4 ORDER BY at_ms DESC LIMIT $3', [who, now_ms - WINDOW_MS, most, id],
    )
    const oldest = tries.at(-1)
    if (tries.length < most || oldest === undefined) continue
    await takeBack()
    throw new HubRefusal('too-many-tries', { until: instant(oldest.at_ms + WINDOW_MS) })
  }
  return takeBack
}
