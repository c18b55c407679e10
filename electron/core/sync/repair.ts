import type { Mirror } from '../mirror/mirror.ts'
import type { HubClient } from './hub-client.ts'
import { keepOnly, mirrorDigest, takeLooseRows } from './take-rows.ts'

/**
 * Adds up what is here beside what the centre adds up of the same units, and fetches the buckets that differ: for a
 * mirror that lost a page to a bad disk, or a mistake nobody has found yet. Answers how many buckets were mended.
 */
export async function repair(client: Pick<HubClient, 'digest' | 'bucket'>, mirror: Mirror): Promise<number> {
  const here = mirrorDigest(mirror)
  const there = await client.digest()
  const differing = [...new Set([...here.keys(), ...Object.keys(there)])].filter((ending) => {
    const [count, vers] = here.get(ending) ?? [0, 0]
    const [countThere, versThere] = there[ending] ?? [0, 0]
    return count !== countThere || vers !== versThere
  })
  for (const ending of differing) {
    const rows = await client.bucket(ending)
    takeLooseRows(mirror, rows)
    keepOnly(mirror, ending, new Set(rows.flatMap((row) => (row.t === 'unit' ? [row.id] : []))))
  }
  return differing.length
}
