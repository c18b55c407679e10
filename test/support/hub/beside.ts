import type { Database, Query } from '../../../hub/database.ts'
import { until } from '../hub-shop.ts'

/**
 * Runs `act` while another change has done `first` and not committed it yet; that commits when `act` waits for it, or is
 * through. So the two meet in the one moment that a race is made of, however fast the machine is.
 */
export async function beside<T>(db: Database, first: (tx: Query) => Promise<unknown>, act: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  const { acted } = await db.transaction(async (tx) => {
    await first(tx)
    return begun(db, act, 1)
  })
  const [settled] = await acted
  return settled
}

/** The same beside a change that commits by itself: `first` has written all it writes, and waits for the numbers of what it tells to `scope`. */
export async function besideChange<T>(db: Database, scope: string, first: () => Promise<unknown>, act: () => Promise<T>): Promise<PromiseSettledResult<T>> {
  const { changed, acted } = await db.transaction(async (tx) => {
    await tx.query('SELECT seq FROM feed_head WHERE scope = $1 FOR UPDATE', [scope])
    const { acted: changed } = await begun(db, first, 1)
    return { changed, ...(await begun(db, act, 2)) }
  })
  const [[failed], [settled]] = await Promise.all([changed, acted])
  if (failed.status === 'rejected') throw failed.reason
  return settled
}

/** Begins `act`; comes back when so many wait for a lock, or `act` is through. */
export async function begun<T>(db: Database, act: () => Promise<T>, waiting: number): Promise<{ acted: Promise<[PromiseSettledResult<T>]> }> {
  let isThrough = false
  const acted = Promise.allSettled([act()]).finally(() => (isThrough = true))
  await until(
    () => db.query<{ n: number }>("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
    ([row]) => isThrough || (row?.n ?? 0) >= waiting,
  )
  return { acted }
}
