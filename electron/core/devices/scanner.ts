import type { DeviceView } from '../../../contract/device-view.ts'
import type { Clock } from '../../../native/clock.ts'
import type { ScanEvent } from '../../../native/driver.ts'
import { serialScanner, type SerialScannerEvent } from '../../../native/scanners/serial-scanner.ts'
import { device, runs } from '../../../native/supervisor/device.ts'
import type { DeviceState } from '../../../native/supervisor/health.ts'
import { usbHotPlug } from '../../../native/supervisor/hot-plug.ts'
import { Supervisor } from '../../../native/supervisor/supervisor.ts'
import { serial } from '../../../native/transports/serial.ts'
import type { ScannerAddress } from '../options.ts'

export interface ScannerEvents {
  scan(scan: { readonly text: string; readonly aim: string | null }): void
  garbled(): void
  changed(): void
}

/** The scanner of this till, kept open for as long as the till runs. */
export class Scanner {
  readonly #supervisor: Supervisor

  constructor(address: ScannerAddress, clock: Clock, on: ScannerEvents) {
    this.#supervisor = new Supervisor({
      clock,
      hotPlug: usbHotPlug,
      on: { event: () => undefined, health: () => on.changed() },
    })
    const line = serial({ path: address.path, baud: address.baud })
    this.#supervisor.add<never, SerialScannerEvent>(
      device({ id: 'scanner', name: 'Scanner', address: line.address }, () => runs(serialScanner(), line)),
      (event) => hear(event, on),
    )
  }

  devices(): DeviceView[] {
    return this.#supervisor.health().map((health) => ({
      deviceId: health.id,
      role: 'scanner',
      name: health.name,
      address: health.address,
      state: STATE_OF[health.state],
      since: new Date(health.since).toISOString(),
      lastEventAt: health.last_event === null ? null : new Date(health.last_event.at).toISOString(),
      events: health.event_count,
      garbled: health.garbled_count,
    }))
  }

  close(): Promise<void> {
    return this.#supervisor.stop()
  }
}

function hear(event: SerialScannerEvent, on: ScannerEvents): void {
  if (event.kind === 'scan') on.scan(scanText(event))
  else if (event.kind === 'garbled') on.garbled()
}

const scanText = (event: ScanEvent) => ({ text: event.text, aim: event.aim })

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
  'time-out': 'lost',
}
