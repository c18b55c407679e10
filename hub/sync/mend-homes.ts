import type { Query } from '../database.ts'
import type { HubGround } from '../ground.ts'
import { change } from './feed.ts'
import { livesOf } from './first-pages.ts'
import { factsOf, feedRowOf, readUnits, scopesOfChange, withFacts, writeUnits } from './units.ts'

const AT_ONCE = 200

/**
 * Gives pieces that were sent on their way by an older program the home that waits for them, some hundreds a time: the
 * tills there come to know them with their lives, those of the sender no longer count them. A piece that has gone on
 * meanwhile has its home already. Answers how many were looked at; 0 when nothing is left.
 */
export async function mendHomes(ground: Pick<HubGround, 'db' | 'now_ms'>): Promise<number> {
  const [one] = await ground.db.query('SELECT unit_id FROM home_to_mend LIMIT 1')
  if (one === undefined) return 0
  return change(ground, async (tx, tell) => {
    const ids = await takeSome(tx)
    const lives = await livesOf(tx, ids)
    const changes = [...(await readUnits(tx, ids)).values()].flatMap((before) => {
      const unit = withFacts(before, factsOf(before))
      return unit.home === before.home ? [] : [{ was: before.ver, before, unit }]
    })
    await writeUnits(tx, changes)
    for (const { before, unit } of changes) tell(scopesOfChange(before, unit, null), feedRowOf(unit, lives.get(unit.id) ?? []))
    return ids.length
  })
}

/** Whoever takes them is alone with them: another process waits here, and then finds them done. */
async function takeSome(tx: Query): Promise<string[]> {
  const rows = await tx.query<{ unit_id: string }>(
    'DELETE FROM home_to_mend WHERE unit_id IN (SELECT unit_id FROM home_to_mend ORDER BY unit_id LIMIT $1) RETURNING unit_id', [AT_ONCE],
  )
  return rows.map(({ unit_id }) => unit_id)
}
