import { BrowserWindow, screen, type WebContents } from 'electron'
import { keepPage, pagePreferences } from './window.ts'

export interface CustomerWindowOrder {
  readonly preload: string
  readonly page: string
  /** The window of the staff; null while it is not there. */
  staff(): BrowserWindow | null
  isQuitting(): boolean
  log(line: string): void
}

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The customer's screen: a window without a frame over the whole of the second screen, for as long as there is one. */
export class CustomerWindow {
  readonly #order: CustomerWindowOrder
  #wanted = false
  #window: BrowserWindow | null = null

  constructor(order: CustomerWindowOrder) {
    this.#order = order
  }

  /** To be called once Electron is ready: only then it knows its screens. */
  watchScreens(): void {
    screen.on('display-added', () => this.#place())
    screen.on('display-removed', () => this.#place())
    screen.on('display-metrics-changed', () => this.#place())
    this.#place()
  }

  want(wanted: boolean): void {
    this.#wanted = wanted
    this.#place()
  }

  /** Whether a page's line is that of the customer. Main fixes it by the window; the page has no say in it. */
  isOf(contents: WebContents): boolean {
    return this.#window !== null && this.#window.webContents.id === contents.id
  }

  close(): void {
    this.#wanted = false
    this.#place()
  }

  #place(): void {
    const staff = this.#order.staff()
    const bounds = this.#wanted && staff !== null ? boundsBeside(screen.getAllDisplays(), screen.getDisplayMatching(staff.getBounds()).id) : null
    if (bounds === null) {
      this.#window?.destroy()
      this.#window = null
    } else if (this.#window === null) this.#window = this.#opened(bounds)
    else this.#window.setBounds(bounds)
  }

  #opened(bounds: Rectangle): BrowserWindow {
    const window = new BrowserWindow({
      ...bounds,
      show: false,
      frame: false,
      resizable: false,
      movable: false,
      minimizable: false,
      focusable: false,
      skipTaskbar: true,
      title: 'Countermark',
      webPreferences: pagePreferences(this.#order.preload),
    })
    window.removeMenu()
    keepPage(window, this.#order)
    // Shown without the focus: the keys, and a scanner that types, stay with the staff.
    window.once('ready-to-show', () => window.showInactive())
    window.on('closed', () => {
      if (this.#window === window) this.#window = null
    })
    window.loadURL(this.#order.page).catch((error: unknown) => this.#order.log(`The customer's screen did not load: ${String(error)}`))
    return window
  }
}

/** The screen that the staff do not work at; null where there is only theirs. */
export function boundsBeside(
  displays: readonly { readonly id: number; readonly bounds: Rectangle }[], staffAt: number,
): Rectangle | null {
  return displays.find((display) => display.id !== staffAt)?.bounds ?? null
}
