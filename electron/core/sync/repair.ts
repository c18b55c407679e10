import type { FeedRow } from '../../../contract/sync/wire.ts'
import type { Mirror } from '../mirror/mirror.ts'
import { sql } from '../store/store.ts'
import type { HubClient } from './hub-client.ts'
import { cursorsOf, keepOnly, mirrorDigest, takeLooseRows } from './take-rows.ts'

/**
 * Adds up what is here beside what the centre adds up of the same units, and fetches the buckets that differ: for a
 * mirror that lost a page to a bad disk, or a mistake nobody has found yet. For a mirror that was just brought up to
 * date and that nobody else writes meanwhile: then no row here is later than the centre's. Answers how many buckets were
 * mended; rejects with a `HubRefusal` where the centre is of another generation than `gen` by now.
 */
export async function repair(client: Pick<HubClient, 'digest' | 'bucket' | 'feed'>, mirror: Mirror, gen: string): Promise<number> {
  const here = mirrorDigest(mirror)
  const there = await client.digest()
  const differing = [...new Set([...here.keys(), ...Object.keys(there)])].filter((ending) => {
    const [count, vers] = here.get(ending) ?? [0, 0]
    const [countThere, versThere] = there[ending] ?? [0, 0]
    return count !== countThere || vers !== versThere
  })
  for (const ending of differing) {
    const units = (await client.bucket(ending)).filter((row) => row.t === 'unit')
    // A centre that was put back meanwhile has told what is older than what is here.
    await client.feed(cursorsOf(mirror), gen, 1)
    doubtVersions(mirror, units)
    takeLooseRows(mirror, units)
    keepOnly(mirror, ending, new Set(units.map(({ id }) => id)))
  }
  return differing.length
}

/** A row or a tombstone with a version that the centre has not reached is spoiled, and would turn away all it tells. */
function doubtVersions(mirror: Mirror, units: readonly Extract<FeedRow, { t: 'unit' }>[]): void {
  const db = mirror.reading
  db.transaction(() => {
    for (const { id, ver } of units) {
      sql(db, 'UPDATE units SET ver = 0 WHERE id = ? AND ver > ?').run(id, ver)
      sql(db, 'DELETE FROM unit_tombstones WHERE id = ?').run(id)
    }
  }).immediate()
}
