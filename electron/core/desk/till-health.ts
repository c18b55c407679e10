import type { DeskView } from '../../../contract/desk-view.ts'
import type { TillHealth } from '../../../contract/sync/wire.ts'
import type { Ground } from '../ground.ts'
import { isClosed } from './kiosk-door-state.ts'

/** How this till is, for whoever looks after it from elsewhere: what is on its screen, and which of its machines want a person. */
export function tillHealth(ground: Ground, view: DeskView): TillHealth {
  const troubles = [
    ...view.devices.filter(({ state }) => state !== 'ready').map(({ role }) => role),
    ...(view.papers.some(({ print }) => print.state === 'unknown' || print.state === 'not-printed') ? ['paper'] : []),
  ]
  return {
    seat: ground.seat, at: view.front.screen === 'kiosk' ? view.front.kiosk.at : view.front.screen, isClosed: isClosed(ground),
    troubles: [...new Set(troubles)],
  }
}
