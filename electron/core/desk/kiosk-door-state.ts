import type { KioskDoorView } from '../../../contract/kiosk-view.ts'
import type { Ground } from '../ground.ts'
import { insideOf } from '../hand-overs/slots.ts'
import { lockedUntil, rightsOf, staffOf } from '../people/staff.ts'
import { metaValue, setMeta } from '../store/meta.ts'
import type { Writing } from '../store/store.ts'
import { unknownCard } from './settle-card.ts'

/** The hidden door of a kiosk: shut, asking for a PIN, or open to somebody for a short while. */
export type Door =
  | { readonly at: 'shut' }
  /** `badge`: who held one under the scanner; null: whoever found the corner. */
  | { readonly at: 'asked'; readonly badge: { readonly staffId: string; readonly name: string } | null }
  | { readonly at: 'open'; readonly staffId: string; readonly name: string; readonly until: string }

/** Wrong PINs at the door count for the door: nobody locks a colleague out of the counter from here. */
export const DOOR = 'kiosk-door'

/** A door that was left open shuts by itself. */
export function doorOf(ground: Ground): Door {
  const door = metaValue<Door>(ground.store.reading, 'kiosk-door') ?? { at: 'shut' }
  return door.at === 'open' && door.until <= new Date(ground.clock.now()).toISOString() ? { at: 'shut' } : door
}

export const setDoor = (db: Writing, door: Door): void => setMeta(db, 'kiosk-door', door)

/** Staff have shut the kiosk, or its window lets go of the machine: it says so, and nothing can be begun. */
export const isClosed = (ground: Ground): boolean => isShutByStaff(ground) || ground.kioskWindow.state === 'open'

const isShutByStaff = (ground: Ground): boolean => metaValue<boolean>(ground.store.reading, 'kiosk-closed') === true

export function doorView(ground: Ground): KioskDoorView | null {
  if (ground.seat !== 'kiosk') return null
  const door = doorOf(ground)
  switch (door.at) {
    case 'shut':
      return null
    case 'asked':
      return { at: 'asked', name: door.badge?.name ?? null, lockedUntil: stillLocked(ground, door.badge?.staffId ?? DOOR) }
    default:
      return {
        at: 'open', name: door.name, until: door.until, isClosed: isShutByStaff(ground), window: windowState(ground), card: unknownCard(ground), maySetUp: maySetUp(ground, door.staffId),
        slots: (ground.policy().kiosk.slots ?? []).map(({ name, holds }) => ({ name, holds, inside: insideOf(ground.store.reading, name) })),
      }
  }
}

function windowState(ground: Ground): Extract<KioskDoorView, { at: 'open' }>['window'] {
  const { state } = ground.kioskWindow
  return state === 'closed' ? null : state
}

/** Who sets a till up may also let the machine go on without it. */
export function maySetUp(ground: Ground, staffId: string): boolean {
  const row = staffOf(ground).find(({ id }) => id === staffId)
  return row !== undefined && rightsOf(ground, row.role).includes('settings')
}

export function stillLocked(ground: Ground, who: string): string | null {
  const until = lockedUntil(ground, who)
  return until !== null && until > ground.now() ? until : null
}
