import { unitOf } from '../facts/judge.ts'
import type { Ground } from '../ground.ts'
import { isAside } from '../scans/found.ts'
import { resolve } from '../scans/resolve.ts'

/** What a tag is about, looked up without doing anything: `null` for a stranger's tag, else the name of the piece. */
export function nameOfTag(ground: Ground, text: string): string | null {
  const { found } = resolve({ text, aim: null, channel: 'rfid', tid: null }, {
    mirror: ground.mirror,
    db: ground.store.reading,
    today: ground.now().slice(0, 10),
    storeId: ground.place.id,
    unit: (unitId) => unitOf(ground, unitId),
    staffByBadge: () => null,
  })
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
