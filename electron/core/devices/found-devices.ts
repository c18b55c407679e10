import type { FoundDevice as FoundView, UsableRole } from '../../../contract/device-view.ts'
import type { Clock } from '../../../native/clock.ts'
import { findUsbPrinters } from '../../../native/printers/find-usb-printers.ts'
import { findDevices, type FoundDevice } from '../../../native/supervisor/find-devices.ts'
import type { HotPlug } from '../../../native/supervisor/hot-plug.ts'
import { PRACTICE, SCREEN } from './device-settings.ts'

/** A plugged device is listed up to half a second after its first sign. */
const SETTLE_MS = 700
/** The net under hot-plug, for devices that make no sign. */
const LOOK_AGAIN_MS = 60_000
const ANY_ROLE: readonly UsableRole[] = ['scanner', 'pad', 'display', 'printer', 'label-printer']

interface Seen extends FoundView {
  /** Every way in which settings may name it. */
  readonly names: readonly string[]
}

/** What is plugged in and not in use: looked for at start, at every plug, now and then, and when somebody asks. */
export class FoundDevices {
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #practice: boolean
  readonly #endHotPlug: () => Promise<void>
  #seen: readonly Seen[] = []
  #troubles: readonly string[] = []
  #looking: Promise<void> | null = null
  #cancel: () => void = () => undefined
  #closed = false

  constructor(parts: { clock: Clock; hotPlug: HotPlug; practice: boolean; changed: () => void }) {
    this.#clock = parts.clock
    this.#changed = parts.changed
    this.#practice = parts.practice
    const watching = parts.hotPlug.watch(() => this.#lookIn(SETTLE_MS))
    this.#endHotPlug = async () => (await watching)()
    this.#lookIn(0)
  }

  get troubles(): string[] {
    return [...this.#troubles]
  }

  /** What nobody uses; `used` are the addresses of all devices in use, as their settings write them. */
  notInUse(used: readonly string[]): FoundView[] {
    const bare = new Set(used.map(bareAddress))
    const practice = this.#practice ? PRACTICE_DEVICES : []
    return [...this.#seen, CUSTOMER_SCREEN, ...practice]
      .filter(({ names }) => !names.some((name) => bare.has(bareAddress(name))))
      .map(({ address, name, roles, practice }) => ({ address, name, roles: [...roles], practice }))
  }

  /** Resolves when the looking that is going on, or one begun now, is done. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
      this.#lookIn(LOOK_AGAIN_MS)
    })
    return this.#looking
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancel()
    await Promise.all([this.#endHotPlug(), this.#looking])
  }

  async #look(): Promise<void> {
    const [{ devices, troubles }, printers] = await Promise.all([findDevices(), findUsbPrinters()])
    const seen = [
      ...devices.map(seenDevice),
      ...printers.map(({ path, name }): Seen => ({
        address: `usb:${path}`, name, roles: ['printer', 'label-printer'], practice: false, names: [`usb:${path}`],
      })),
    ]
    const same = JSON.stringify([seen, troubles]) === JSON.stringify([this.#seen, this.#troubles])
    this.#seen = seen
    this.#troubles = troubles
    if (!same && !this.#closed) this.#changed()
  }

  #lookIn(after_ms: number): void {
    this.#cancel()
    if (!this.#closed) this.#cancel = this.#clock.after(after_ms, () => void this.look())
  }
}

function seenDevice(found: FoundDevice): Seen {
  const line = found.address.startsWith('hid:') ? 'hid' : 'serial'
  const names = [found.address, found.address.replace(/#.*$/, ''), `${line}:${found.path}`]
  return { address: found.address, name: found.name, roles: [...rolesOf(found)], practice: false, names }
}

function rolesOf(found: FoundDevice): readonly UsableRole[] {
  if (found.driver === 'ask') return ANY_ROLE
  if (found.kind === 'printer') return ['printer', 'label-printer']
  return found.kind === 'pad' ? ['pad'] : ['scanner']
}

/** Without speed, type and options: `serial:/dev/ttyUSB0@9600,honeywell` is the device at `serial:/dev/ttyUSB0`. */
const bareAddress = (text: string): string => text.replace(/[@,?].*$/, '')

/** Always possible: a second screen, or any browser on this machine. */
const CUSTOMER_SCREEN: Seen = { address: SCREEN, name: SCREEN, roles: ['display'], practice: false, names: [SCREEN] }

const PRACTICE_DEVICES: readonly Seen[] = (['scanner', 'pad', 'printer', 'terminal'] as const).map((role) => ({
  address: PRACTICE[role], name: PRACTICE[role], roles: [role], practice: true, names: [PRACTICE[role]],
}))
