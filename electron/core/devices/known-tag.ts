import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { isAside } from '../scans/found.ts'
import { resolve } from '../scans/resolve.ts'

/** What a tag is about, looked up without doing anything: `null` for a stranger's tag, else the name of the piece. */
export function nameOfTag(ground: Ground, text: string): string | null {
  const found = lookedUp(ground, text)
  if (isAside(found) || found.is === 'nothing') return null
  switch (found.is) {
    case 'unit':
      return found.hit.unit.product.name
    case 'product':
      return found.product.name
    default:
      return found.text
  }
}

/** The one piece that a tag is on; null for a stranger's, and for one that could be on several. */
export function unitOfTag(ground: Ground, text: string): string | null {
  const found = lookedUp(ground, text)
  return !isAside(found) && found.is === 'unit' ? found.hit.unit.id : null
}

function lookedUp(ground: Ground, text: string) {
  return resolve({ text, aim: null, channel: 'rfid', tid: null }, {
    mirror: ground.mirror,
    db: ground.store.reading,
    today: ground.now().slice(0, 10),
    storeId: ground.place.id,
    unit: (unitId) => unitOf(ground, unitId),
    staffByBadge: () => null,
  }).found
}
