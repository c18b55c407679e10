import type { BrowserWindow } from 'electron'
import { isBlockedInKiosk } from '../../contract/kiosk-keys.ts'

/**
 * Holds a kiosk's window over the whole screen: no key and no closing leads out of it. Only the core lets go, and it
 * does so for staff at the door; nothing a page sends comes here. A new start and a new core are locked again.
 */
export class KioskLock {
  readonly #isQuitting: () => boolean
  #window: BrowserWindow | null = null
  #isLocked = true

  constructor(isQuitting: () => boolean) {
    this.#isQuitting = isQuitting
  }

  hold(window: BrowserWindow): void {
    this.#window = window
    window.webContents.on('before-input-event', (event, input) => {
      if (this.#isLocked && isBlockedInKiosk(input)) event.preventDefault()
    })
    window.webContents.on('context-menu', (event) => event.preventDefault())
    window.on('close', (event) => {
      if (this.#isLocked && !this.#isQuitting()) event.preventDefault()
    })
    window.on('leave-full-screen', () => {
      if (this.#isLocked && !this.#isQuitting()) window.setKiosk(true)
    })
    window.on('closed', () => {
      this.#window = null
    })
    this.#apply()
  }

  /** `open`: an ordinary window that can be moved, put away and closed, as staff need it to reach the machine. */
  become(state: 'locked' | 'open'): void {
    this.#isLocked = state === 'locked'
    this.#apply()
  }

  #apply(): void {
    const window = this.#window
    if (window === null || window.isKiosk() === this.#isLocked) return
    for (const allow of ['setResizable', 'setMovable', 'setMinimizable'] as const) window[allow](!this.#isLocked)
    window.setKiosk(this.#isLocked)
    if (this.#isLocked) window.focus()
  }
}
