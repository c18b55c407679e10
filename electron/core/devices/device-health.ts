import type { DeviceHealth as HealthView, DeviceView } from '../../../contract/device-view.ts'
import type { DeviceHealth, DeviceState } from '../../../native/supervisor/health.ts'

/** A device of the supervisor as the counter sees it. */
export function viewOfHealth(role: DeviceView['role'], health: DeviceHealth): DeviceView {
  return {
    deviceId: health.id,
    role,
    name: health.name,
    address: health.address,
    state: STATE_OF[health.state],
    since: instant(health.since),
    lastEventAt: health.last_event === null ? null : instant(health.last_event.at),
    events: health.event_count,
    garbled: health.garbled_count,
  }
}

/** The same with everything the health page shows; `more` is what the supervisor does not know. */
export function healthView(
  role: DeviceView['role'],
  health: DeviceHealth,
  more: Pick<HealthView, 'saysOfItself' | 'canForget' | 'taping' | 'test' | 'pad'>,
): HealthView {
  return {
    ...viewOfHealth(role, health),
    opened: health.opened_count,
    lost: health.lost_count,
    bytesIn: health.bytes_in,
    bytesOut: health.bytes_out,
    noisy: health.noisy,
    lastEvent: health.last_event?.kind ?? null,
    why: health.why,
    terminal: null,
    untried: false,
    opensAt: null,
    ...more,
  }
}

const instant = (at: number): string => new Date(at).toISOString()

const STATE_OF: Readonly<Record<DeviceState, DeviceView['state']>> = {
  stopped: 'closed',
  searching: 'searching',
  opening: 'opening',
  ready: 'ready',
  'not-allowed': 'not-allowed',
  busy: 'busy',
  refused: 'refused',
  'no-library': 'no-library',
  lost: 'lost',
  'time-out': 'time-out',
}
