import type { DeviceHealth, DeviceView } from '../../../contract/device-view.ts'
import type { Clock } from '../../../native/clock.ts'
import type { DeviceHealth as NativeHealth } from '../../../native/supervisor/health.ts'
import type { Traffic } from '../../../native/traffic.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { labelOf, LabelPrinting, receiptLabel, type LabelOutcome } from '../printing/label-printing.ts'
import { RoutingLabels } from '../printing/routing-labels.ts'
import { openPrinting } from '../printing/open-printing.ts'
import type { PrintQueue } from '../printing/print-queue.ts'
import { parseLabelPrinter, parsePrinter, type LabelPrinterSetting, type PrinterSetting } from './device-settings.ts'
import { LineWatch } from './line-watch.ts'
import type { PracticeCounter } from './practice-counter.ts'
import { withoutPersons } from './traffic-text.ts'

interface ReceiptMachine {
  readonly queue: PrintQueue
  readonly setting: PrinterSetting
  readonly watch: LineWatch
  readonly canForget: boolean
}

interface LabelMachine {
  readonly labels: LabelPrinting
  readonly routing: RoutingLabels
  readonly setting: LabelPrinterSetting
  readonly watch: LineWatch
  readonly canForget: boolean
}

export interface PaperMachineInUse {
  readonly deviceId: string
  readonly role: 'printer' | 'label-printer'
  readonly text: string
  readonly canForget: boolean
}

/** The receipt printer with its drawer, and the label printer: each may be exchanged while the till works. */
export class PaperMachines {
  readonly #ground: Ground
  readonly #clock: Clock
  readonly #practice: PracticeCounter
  readonly #changed: () => void
  #receipt: ReceiptMachine | null = null
  #label: LabelMachine | null = null

  constructor(parts: { ground: Ground; clock: Clock; practice: PracticeCounter; changed: () => void }) {
    this.#ground = parts.ground
    this.#clock = parts.clock
    this.#practice = parts.practice
    this.#changed = parts.changed
  }

  get queue(): PrintQueue | null {
    return this.#receipt?.queue ?? null
  }

  usePrinter(setting: PrinterSetting, canForget: boolean): void {
    const watch = new LineWatch(this.#clock)
    const queue = openPrinting({
      ground: this.#ground, setting, clock: this.#clock, watch, practice: this.#practice, changed: this.#changed,
      leaves: (job) => this.#label?.routing.takes(job) === true,
    })
    this.#receipt = { queue, setting, watch, canForget }
    queue.kick()
  }

  useLabelPrinter(setting: LabelPrinterSetting, canForget: boolean): void {
    const watch = new LineWatch(this.#clock)
    const labels = new LabelPrinting({ ground: this.#ground, setting, clock: this.#clock, watch, changed: this.#changed })
    const routing = new RoutingLabels({ ground: this.#ground, print: (slip) => labels.printSlip(slip), changed: this.#changed, other: () => this.queue })
    this.#label = { labels, routing, setting, watch, canForget }
    routing.kick()
  }

  /** Puts another printer in the place of the one before; false where the address is written wrongly. */
  async use(role: 'printer' | 'label-printer', text: string): Promise<boolean> {
    if (role === 'printer') {
      const setting = parsePrinter(text)
      if (typeof setting === 'string') return false
      await this.forget(role)
      this.usePrinter(setting, true)
    } else {
      const setting = parseLabelPrinter(text)
      if (typeof setting === 'string') return false
      await this.forget(role)
      this.useLabelPrinter(setting, true)
    }
    return true
  }

  async forget(role: 'printer' | 'label-printer'): Promise<void> {
    const [receipt, label] = [this.#receipt, this.#label]
    if (role === 'printer') this.#receipt = null
    else this.#label = null
    if (role === 'printer') await receipt?.queue.close()
    else {
      await Promise.all([label?.labels.close(), label?.routing.close()])
      // Slips that waited for the label printer come out of the receipt printer from now on.
      receipt?.queue.kick()
    }
  }

  inUse(): PaperMachineInUse[] {
    const machines = [
      this.#receipt && { deviceId: 'printer', role: 'printer' as const, machine: this.#receipt },
      this.#label && { deviceId: 'label-printer', role: 'label-printer' as const, machine: this.#label },
    ]
    return machines.flatMap((each) =>
      each ? [{ deviceId: each.deviceId, role: each.role, text: each.machine.setting.text, canForget: each.machine.canForget }] : [],
    )
  }

  devices(): DeviceView[] {
    return [
      ...(this.#receipt ? [this.#receipt.queue.device(), this.#receipt.queue.drawer()] : []),
      ...(this.#label ? [this.#label.labels.device()] : []),
    ]
  }

  health(): DeviceHealth[] {
    const receipt = this.#receipt
    const label = this.#label
    const none = { noisy: false, taping: false, test: null, pad: null, terminal: null, untried: false, opensAt: null } as const
    return [
      ...(receipt
        ? [receipt.queue.device(), receipt.queue.drawer()].map((device): DeviceHealth => ({
            ...device, ...none, untried: isUntried(receipt.setting), ...counts(receipt.watch), ...receipt.queue.health(),
            saysOfItself: device.role === 'printer' ? receipt.queue.saysOfItself : null, canForget: device.role === 'printer' && receipt.canForget,
          }))
        : []),
      ...(label
        ? [{ ...label.labels.device(), ...none, untried: isUntried(label.setting), ...counts(label.watch), lost: 0, lastEvent: null, why: null, saysOfItself: null, canForget: label.canForget }]
        : []),
    ]
  }

  /** For the support file: health in the form of the supervisor's, traffic without persons. */
  support(): { readonly health: NativeHealth; readonly traffic: readonly Traffic[] }[] {
    return this.health()
      .filter((device) => device.role !== 'drawer')
      .map((device) => ({
        health: {
          id: device.deviceId, name: device.name, address: device.address, state: device.state === 'ready' ? 'ready' : 'refused',
          why: device.state === 'ready' ? null : device.state, since: Date.parse(device.since),
          opened_count: device.opened, lost_count: device.lost, event_count: device.events,
          last_event: device.lastEventAt === null ? null : { kind: device.lastEvent ?? 'heard', at: Date.parse(device.lastEventAt) },
          bytes_in: device.bytesIn, bytes_out: device.bytesOut, garbled_count: 0, noisy: false,
        },
        traffic: withoutPersons(device.role, this.traffic(device.deviceId)),
      }))
  }

  has(deviceId: string): boolean {
    return this.#watchOf(deviceId) !== null
  }

  traffic(deviceId: string): readonly Traffic[] {
    return this.#watchOf(deviceId)?.traffic() ?? []
  }

  listen(deviceId: string, listener: (traffic: Traffic) => void): () => void {
    return this.#watchOf(deviceId)?.listen(listener) ?? (() => undefined)
  }

  /** Whether there is a printer for labels alone. */
  get hasLabels(): boolean {
    return this.#label !== null
  }

  /** There may be something to print. */
  kick(): void {
    this.#receipt?.queue.kick()
    this.#label?.routing.kick()
  }

  look(): void {
    this.#receipt?.queue.look()
  }

  /** The label of a piece, from the label printer or, where there is none, from the receipt printer. */
  async printLabel(unit: KnownUnit, number: string | null = null): Promise<LabelOutcome | 'no-printer'> {
    const label = labelOf(unit, number)
    if (!this.#label && !this.#receipt) return 'no-printer'
    if (label === null) return { outcome: 'not-printed', why: 'cannot-be-coded', begun: false }
    if (this.#label) return this.#label.labels.print(label)
    if (!this.#receipt) return 'no-printer'
    const { queue, setting } = this.#receipt
    return queue.printNow(await receiptLabel(label, setting.profile, setting.paper))
  }

  /** A label that is plainly none of a piece: GTIN and serial of zeros and a word. */
  testLabel(): Promise<LabelOutcome> {
    const label = { title: 'Countermark', lines: ['TEST'], code: { gs1: true, payload: '010000000000000021TEST' } }
    return this.#label ? this.#label.labels.print(label) : Promise.resolve({ outcome: 'not-printed', why: 'closed', begun: false })
  }

  async close(): Promise<void> {
    await Promise.all([this.forget('printer'), this.forget('label-printer')])
  }

  #watchOf(deviceId: string): LineWatch | null {
    if (deviceId === 'printer' || deviceId === 'drawer') return this.#receipt?.watch ?? null
    return deviceId === 'label-printer' ? (this.#label?.watch ?? null) : null
  }
}

/** Built from documentation alone: nobody has had such a machine yet. */
const isUntried = ({ at }: PrinterSetting | LabelPrinterSetting): boolean => at !== 'practice' && at.kind === 'spool'

const counts = ({ opened, bytesIn, bytesOut }: LineWatch) => ({ opened, bytesIn, bytesOut })
