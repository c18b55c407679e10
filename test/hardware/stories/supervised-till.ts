import { systemClock } from '../../../native/clock.ts'
import type { Device } from '../../../native/supervisor/device.ts'
import type { DeviceHealth, DeviceState } from '../../../native/supervisor/health.ts'
import { usbHotPlug } from '../../../native/supervisor/hot-plug.ts'
import { Supervisor } from '../../../native/supervisor/supervisor.ts'
import type { Counter } from '../story.ts'
import { until } from '../story.ts'

export interface SupervisedTill<Command, Event> {
  readonly events: Event[]
  /** Every state in its order, without repetitions. */
  readonly states: DeviceState[]
  health(): DeviceHealth
  command(command: Command): boolean
  is(state: DeviceState, ms_max?: number): Promise<void>
  scans(): string[]
  look(): void
  stop(): Promise<void>
}

/** One device under the till's own supervisor, on the machine's clock, with hot-plug as in the shop. */
export function supervise<Command, Event extends { readonly kind: string }>(
  counter: Counter,
  device: Device<Command, Event>,
): SupervisedTill<Command, Event> {
  const events: Event[] = []
  const states: DeviceState[] = []
  const supervisor = new Supervisor({
    clock: systemClock,
    hotPlug: usbHotPlug,
    on: { event: () => {}, health: ({ state }) => (states.at(-1) === state ? 0 : states.push(state)) },
  })
  counter.after(() => supervisor.stop())
  const command = supervisor.add(device, (event) => events.push(event))
  const health = () => supervisor.health()[0]!
  return {
    events,
    states,
    health,
    command,
    is: (state, ms_max) => until(() => health().state === state, `${device.name} ${state}`, ms_max),
    scans: () => events.flatMap((event) => ('text' in event && event.kind === 'scan' ? [String(event.text)] : [])),
    look: () => supervisor.look(),
    stop: () => supervisor.stop(),
  }
}
