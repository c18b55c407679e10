import type { Clock } from '../clock.ts'
import type { Traffic } from '../traffic.ts'
import type { Device } from './device.ts'
import type { DeviceHealth } from './health.ts'
import type { HotPlug } from './hot-plug.ts'
import { Supervised } from './supervised.ts'

export interface SupervisorOptions {
  readonly clock: Clock
  /** Tells of anything plugged in or out; without it the slow retries alone notice it. */
  readonly hotPlug?: HotPlug
  readonly on: {
    /** An event of a device, its own clock stamp beside it. Devices are told apart by their id. */
    event(id: string, event: { readonly kind: string }, at: number): void
    /** A device changed its state or became noisy. */
    health(health: DeviceHealth): void
  }
}

/** A plugged device is listed up to half a second after its first sign: it is looked for at once and once more. */
const SECOND_LOOK_MS = 700

/**
 * Keeps every configured device open. A device that is not there, not allowed or held by another program never stops
 * the others, and none of them stops a sale.
 */
export class Supervisor {
  private readonly options: SupervisorOptions
  private readonly devices = new Map<string, Supervised<never, { readonly kind: string }>>()
  private cancelSecondLook = () => {}
  private readonly endHotPlug: () => Promise<void>

  constructor(options: SupervisorOptions) {
    this.options = options
    const watching = options.hotPlug?.watch(() => this.plugged())
    this.endHotPlug = async () => (await watching)?.()
  }

  /**
   * Takes a device under supervision and begins to open it. An id that is already in use is refused by an exception.
   * The returned function sends it a command; false says that it is not ready and the command was not kept.
   */
  add<Command, Event extends { readonly kind: string }>(
    device: Device<Command, Event>,
    hear: (event: Event, at: number) => void = () => {},
  ): (command: Command) => boolean {
    if (this.devices.has(device.id)) throw new Error(`two devices with the id ${device.id}`)
    const { clock, on } = this.options
    const supervised = new Supervised(device, clock, {
      event: (event) => {
        const at = clock.now()
        hear(event, at)
        on.event(device.id, event, at)
      },
      changed: (health) => on.health(health),
    })
    this.devices.set(device.id, supervised)
    supervised.start()
    return (command) => supervised.command(command)
  }

  /** Closes a device and forgets it. */
  async remove(id: string): Promise<void> {
    const supervised = this.devices.get(id)
    this.devices.delete(id)
    await supervised?.stop()
  }

  /** Closes a device's line and opens it afresh; its counters and its past stay. */
  async reopen(id: string): Promise<void> {
    await this.devices.get(id)?.reopen()
  }

  /** Looks for a device at once, or for all of them: the button "try again". */
  look(id?: string): void {
    for (const [each, supervised] of this.devices) if (id === undefined || id === each) supervised.look()
  }

  health(): readonly DeviceHealth[] {
    return [...this.devices.values()].map((supervised) => supervised.health())
  }

  /** The last of what passed on a device's line, oldest first; empty for one that is not known. */
  traffic(id: string): readonly Traffic[] {
    return this.devices.get(id)?.traffic() ?? []
  }

  /** Lets a tape recorder listen to a device; the returned function ends it. */
  listen(id: string, listener: (traffic: Traffic) => void): () => void {
    return this.devices.get(id)?.listen(listener) ?? (() => {})
  }

  /** Closes everything, all at once, each within its deadline. Call it before the process ends. */
  async stop(): Promise<void> {
    this.cancelSecondLook()
    await Promise.all([this.endHotPlug(), ...[...this.devices.values()].map((supervised) => supervised.stop())])
    this.devices.clear()
  }

  private plugged(): void {
    this.look()
    this.cancelSecondLook()
    this.cancelSecondLook = this.options.clock.after(SECOND_LOOK_MS, () => this.look())
  }
}
