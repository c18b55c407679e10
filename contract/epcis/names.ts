import { elementsFault } from '../identity/check-elements.ts'
import { buildDigitalLink } from '../identity/digital-link.ts'
import type { Element } from '../identity/element.ts'
import { elementsOfUnit } from './journal-line.ts'
import type { ExportUnit, ExportWorld, JournalLine } from './journal-line.ts'

/**
 * The name of a unit: its canonical GS1 Digital Link, which needs no company prefix length, or an address of the shop.
 * A serial that GS1's rules do not allow is never bent into a Digital Link.
 */
export function unitUri(unit: ExportUnit | undefined, unitId: string, base: string): string {
  const elements = unit === undefined ? null : elementsOfUnit(unit)
  const link = elements === null ? null : gs1Uri(elements)
  return link ?? `${base}unit/${encodeURIComponent(unitId)}`
}

/** Where something was read (the till) and where it is now (the store); both missing for news from outside. */
export function placesOf(line: Pick<JournalLine, 'storeId' | 'tillId'>, world: ExportWorld): {
  readPoint?: { id: string }, bizLocation?: { id: string },
} {
  if (line.storeId === null) return {}
  const bizLocation = { id: locationUri(line.storeId, world) }
  return line.tillId === null
    ? { bizLocation }
    : { readPoint: { id: tillUri(line.storeId, line.tillId, world) }, bizLocation }
}

function tillUri(storeId: string, tillId: string, world: ExportWorld): string {
  const own = `${world.base}loc/${encodeURIComponent(storeId)}/${encodeURIComponent(tillId)}`
  return gs1Uri([['414', world.stores[storeId]?.gln ?? ''], ['254', tillId]]) ?? own
}

/** `https://id.gs1.org/414/<GLN>`, or an address of the shop for a store without GLN. */
export function locationUri(storeId: string, world: ExportWorld): string {
  const gln = world.stores[storeId]?.gln ?? ''
  return gs1Uri([['414', gln]]) ?? `${world.base}loc/${encodeURIComponent(storeId)}`
}

/** `https://id.gs1.org/417/<GLN>` for a party; an address of the shop for one without. */
export function partyUri(gln: string | null, name: string, world: ExportWorld): string {
  return gs1Uri([['417', gln ?? '']]) ?? `${world.base}party/${encodeURIComponent(name)}`
}

/** A document of the shop: `receipt`, `return`, `order`, `despatch`, `claim`. */
export function documentUri(kind: string, number: string, world: ExportWorld): string {
  return `${world.base}${kind}/${encodeURIComponent(number)}`
}

/** The name of an event: `urn:uuid:…` for a UUID, else an address of the shop. */
export function eventUri(id: string, world: ExportWorld): string {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
  return isUuid ? `urn:uuid:${id.toLowerCase()}` : `${world.base}event/${encodeURIComponent(id)}`
}

/** The Digital Link of these elements, or null if GS1's rules do not allow them. */
function gs1Uri(elements: readonly Element[]): string | null {
  return elementsFault(elements) === null ? buildDigitalLink(elements) : null
}
