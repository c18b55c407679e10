import type { Ground } from '../ground.ts'
import { isAside } from '../scans/found.ts'
import { lookAtScan } from '../scans/look.ts'

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

const lookedUp = (ground: Ground, text: string) => lookAtScan(ground, { text, aim: null, channel: 'rfid', tid: null })
