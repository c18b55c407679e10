import type { UsableRole } from '../../../contract/device-view.ts'
import type { Clock } from '../../../native/clock.ts'
import type { ScanEvent } from '../../../native/driver.ts'
import type { DisplayCommand } from '../../../native/displays/open-display.ts'
import type { RfidCommand, RfidEvent } from '../../../native/rfid/reader.ts'
import type { ScannerCommand } from '../../../native/scanners/scanner-commands.ts'
import type { Device } from '../../../native/supervisor/device.ts'
import type { DeviceHealth } from '../../../native/supervisor/health.ts'
import type { HotPlug } from '../../../native/supervisor/hot-plug.ts'
import { Supervisor } from '../../../native/supervisor/supervisor.ts'
import type { Traffic } from '../../../native/traffic.ts'
import type { DisplaySetting, PadSetting, ScannerSetting } from './device-settings.ts'
import { displayOf, padOf, scannerOf } from './open-devices.ts'
import type { PracticeCounter } from './practice-counter.ts'

export interface SupervisedEvents {
  scan(deviceId: string, scan: ScanEvent): void
  garbled(deviceId: string, bytes: Uint8Array): void
  rfid(deviceId: string, event: RfidEvent, at_ms: number): void
  /** A device changed its state. `ready` is true when it has just become so. */
  turned(deviceId: string, ready: boolean): void
}

/** A device in use: a scanner, a pad or a display, under the supervisor. Printers keep their own lines. */
export interface InUse {
  readonly deviceId: string
  readonly role: Extract<UsableRole, 'scanner' | 'pad' | 'display'>
  /** As its setting writes it. */
  readonly text: string
  /** False for what was given on the command line. */
  readonly canForget: boolean
}

type Setting =
  | { readonly role: 'scanner'; readonly setting: ScannerSetting }
  | { readonly role: 'pad'; readonly setting: PadSetting }
  | { readonly role: 'display'; readonly setting: DisplaySetting }

/** Keeps scanners, pads and displays open, and hands on what they say. An error in what listens ends no device. */
export class SupervisedDevices {
  readonly #supervisor: Supervisor
  readonly #practice: PracticeCounter
  readonly #on: SupervisedEvents
  readonly #entries = new Map<string, InUse>()
  readonly #beep = new Map<string, (command: ScannerCommand) => boolean>()
  readonly #order = new Map<string, (command: RfidCommand) => boolean>()
  readonly #show = new Map<string, (command: DisplayCommand) => boolean>()
  readonly #states = new Map<string, DeviceHealth['state']>()

  constructor(parts: { clock: Clock; hotPlug: HotPlug; practice: PracticeCounter; on: SupervisedEvents }) {
    this.#practice = parts.practice
    this.#on = parts.on
    this.#supervisor = new Supervisor({
      clock: parts.clock,
      hotPlug: parts.hotPlug,
      on: {
        event: () => undefined,
        health: (health) => guarded(() => this.#turned(health)),
      },
    })
  }

  get inUse(): readonly InUse[] {
    return [...this.#entries.values()]
  }

  /** Opens a device at once and keeps it open. Returns the id it is known by from now on. */
  add(what: Setting, canForget: boolean): string {
    const deviceId = this.#freeId(what.role)
    this.#entries.set(deviceId, { deviceId, role: what.role, text: what.setting.text, canForget })
    this.#open(deviceId, what)
    return deviceId
  }

  async remove(deviceId: string): Promise<void> {
    this.#entries.delete(deviceId)
    this.#states.delete(deviceId)
    for (const senders of [this.#beep, this.#order, this.#show]) senders.delete(deviceId)
    await this.#supervisor.remove(deviceId)
  }

  /** Closes the line and opens it again, so that a tape can begin where a driver begins. Its counters go on. */
  reopen(deviceId: string): Promise<void> {
    return this.#supervisor.reopen(deviceId)
  }

  /** A good or a bad beep, where the scanner has it. */
  beep(deviceId: string, good: boolean): void {
    this.#beep.get(deviceId)?.({ kind: 'beep', good })
  }

  order(deviceId: string, command: RfidCommand): void {
    this.#order.get(deviceId)?.(command)
  }

  show(deviceId: string, upper: string, lower: string): boolean {
    return this.#show.get(deviceId)?.({ kind: 'show', upper, lower }) ?? false
  }

  look(): void {
    this.#supervisor.look()
  }

  health(): readonly { readonly use: InUse; readonly health: DeviceHealth }[] {
    return this.#supervisor.health().flatMap((health) => {
      const use = this.#entries.get(health.id)
      return use ? [{ use, health }] : []
    })
  }

  traffic(deviceId: string): readonly Traffic[] {
    return this.#supervisor.traffic(deviceId)
  }

  listen(deviceId: string, listener: (traffic: Traffic) => void): () => void {
    return this.#supervisor.listen(deviceId, listener)
  }

  close(): Promise<void> {
    return this.#supervisor.stop()
  }

  #open(deviceId: string, what: Setting): void {
    switch (what.role) {
      case 'scanner':
        this.#beep.set(deviceId, this.#supervised(scannerOf(deviceId, what.setting, this.#practice), (event) => {
          if (event.kind === 'scan') this.#on.scan(deviceId, event)
          else if (event.kind === 'garbled') this.#on.garbled(deviceId, event.bytes)
        }))
        return
      case 'pad':
        this.#order.set(deviceId, this.#supervised(padOf(deviceId, what.setting, this.#practice), (event, at_ms) =>
          this.#on.rfid(deviceId, event, at_ms),
        ))
        return
      case 'display':
        this.#show.set(deviceId, this.#supervised(displayOf(deviceId, what.setting), () => undefined))
        return
      default:
        return what satisfies never
    }
  }

  #supervised<Command, Event extends { readonly kind: string }>(
    device: Device<Command, Event>,
    hear: (event: Event, at_ms: number) => void,
  ): (command: Command) => boolean {
    return this.#supervisor.add(device, (event, at) => guarded(() => hear(event, at)))
  }

  #turned(health: DeviceHealth): void {
    const before = this.#states.get(health.id)
    this.#states.set(health.id, health.state)
    this.#on.turned(health.id, health.state === 'ready' && before !== 'ready')
  }

  #freeId(role: InUse['role']): string {
    let id: string = role
    for (let number = 2; this.#entries.has(id); number++) id = `${role}-${number}`
    return id
  }
}

/**
 * A bug in what a scan leads to is written down with its stack, as at the server, and the line goes on: the next scan
 * must find the till alive.
 */
function guarded(act: () => void): void {
  try {
    act()
  } catch (error) {
    console.error(error)
  }
}
