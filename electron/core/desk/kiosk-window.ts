import type { KioskWindowState } from '../../../contract/kiosk-window.ts'

/**
 * The kiosk's hold on its machine. It is kept in memory alone: whatever staff have opened, a new start is locked again.
 * Without a shell around the core (a browser shows the page) there is no window of ours, and nothing to let go.
 */
export class KioskWindow {
  #state: KioskWindowState = 'locked'
  #shell: ((state: KioskWindowState) => void) | null = null

  /** Null where no shell holds a window for us. */
  get state(): KioskWindowState | null {
    return this.#shell === null ? null : this.#state
  }

  /** The shell is told at once and at every change. */
  heldBy(shell: (state: KioskWindowState) => void): void {
    this.#shell = shell
    shell(this.#state)
  }

  become(state: KioskWindowState): void {
    this.#state = state
    this.#shell?.(state)
  }
}
