import { aimOf } from '../../../contract/identity/symbology.ts'
import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { staffOf } from '../people/staff.ts'
import type { Aside, Found } from './found.ts'
import type { Scan } from './knowledge.ts'
import { resolve } from './resolve.ts'

/** What a text is, without any act on it: nothing is kept, not even a proof that a tag gave. */
export function lookAt(ground: Ground, text: string): Found | Aside {
  const aim = aimOf(text)
  return lookAtScan(ground, { text: aim === null ? text : text.slice(aim.length), aim })
}

/** The same of a scan, by whatever way it came. */
export const lookAtScan = (ground: Ground, scan: Scan): Found | Aside =>
  resolve(scan, {
    mirror: ground.mirror,
    db: ground.store.reading,
    today: ground.now().slice(0, 10),
    storeId: ground.place.id,
    unit: (unitId) => unitOf(ground, unitId),
    staffByBadge: (badge) => staffOf(ground).find((person) => person.badge === badge) ?? null,
  }).found
