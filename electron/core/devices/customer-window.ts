import type { DeviceHealth, DeviceView } from '../../../contract/device-view.ts'
import { SCREEN } from './device-settings.ts'

const DEVICE_ID = 'customer-window'

/**
 * The customer's screen as a device of the counter: a window on the second screen, or in a browser. It is ready while
 * a window is open on its own line, which only looks.
 */
export class CustomerWindow {
  /** Where its window is opened by hand; null under Electron, which opens it by itself. */
  address: string | null = null
  readonly #now: () => number
  readonly #changed: () => void
  #isUsed = false
  #canForget = false
  #open = 0
  #opened = 0
  #lost = 0
  #since: number

  constructor(now: () => number, changed: () => void) {
    this.#now = now
    this.#changed = changed
    this.#since = now()
  }

  get inUse(): { readonly deviceId: string; readonly role: 'display'; readonly text: string; readonly canForget: boolean } | null {
    return this.#isUsed ? { deviceId: DEVICE_ID, role: 'display', text: SCREEN, canForget: this.#canForget } : null
  }

  use(canForget: boolean): void {
    this.#isUsed = true
    this.#canForget = canForget
  }

  forget(): void {
    this.#isUsed = false
  }

  /** A window has come to its line, or has left it. */
  turned(isOpen: boolean): void {
    const before = this.#open
    this.#open = Math.max(0, before + (isOpen ? 1 : -1))
    if (isOpen) this.#opened += 1
    else if (this.#open === 0) this.#lost += 1
    if ((before === 0) !== (this.#open === 0)) this.#since = this.#now()
    this.#changed()
  }

  devices(): DeviceView[] {
    if (!this.#isUsed) return []
    return [{
      deviceId: DEVICE_ID, role: 'display', name: SCREEN, address: SCREEN, state: this.#open > 0 ? 'ready' : 'searching',
      since: new Date(this.#since).toISOString(), lastEventAt: null, events: 0, garbled: 0,
    }]
  }

  health(): DeviceHealth[] {
    return this.devices().map((device) => ({
      ...device, opened: this.#opened, lost: this.#lost, bytesIn: 0, bytesOut: 0, noisy: false, lastEvent: null, why: null,
      saysOfItself: null, canForget: this.#canForget, taping: false, test: null, pad: null, terminal: null, untried: false,
      opensAt: this.address,
    }))
  }
}
