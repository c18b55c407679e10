import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { quietly } from './cdp.ts'
import { browser } from './chromium.ts'
import { windowClosed, windowOpened } from './open-windows.ts'
import { preventable, strict } from './strict.ts'
import { WebContents } from './web-contents.ts'

/** Only these are allowed to be asked for, and only with these values: the stand-in can do nothing less safe. */
const ONLY_SAFE: Readonly<Record<string, boolean>> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
}

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface WindowOptions {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly show?: boolean
  readonly kiosk?: boolean
  readonly resizable?: boolean
  readonly movable?: boolean
  readonly minimizable?: boolean
  readonly title?: string
  readonly webPreferences?: Readonly<Record<string, unknown>> & { readonly preload?: string }
}

const all = new Map<number, BrowserWindow>()

/** A window as far as a page without a screen has one: what it was told is remembered, nothing is drawn. */
export class BrowserWindow extends EventEmitter {
  readonly id: number
  readonly webContents: WebContents
  readonly #contents: WebContents
  readonly #title: string
  #visible: boolean
  #kiosk: boolean
  readonly #allowed: { resizable: boolean; movable: boolean; minimizable: boolean }
  #minimized = false
  #destroyed = false
  #bounds: Bounds

  constructor(options: WindowOptions = {}) {
    super()
    const preferences = options.webPreferences ?? {}
    for (const [name, safe] of Object.entries(ONLY_SAFE)) {
      if ((preferences[name] ?? safe) !== safe) throw new Error(`electron stand-in: ${name} must be ${String(safe)}`)
    }
    this.#title = options.title ?? app.getName()
    this.#visible = options.show !== false
    this.#kiosk = options.kiosk === true
    const { resizable = true, movable = true, minimizable = true } = options
    this.#allowed = { resizable, movable, minimizable }
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.#contents = new WebContents({ preload: preferences.preload ?? '', width, height })
    this.webContents = this.#contents.outside
    this.id = this.#contents.id
    const outside = strict('BrowserWindow', this)
    all.set(this.id, outside)
    windowOpened({ id: this.id, closeForQuit: () => this.#closeForQuit() })
    this.#contents.once('did-finish-load', () => this.emit('ready-to-show', preventable({})))
    this.#contents.once('standin-target-gone', () => this.#closed())
    app.emit('web-contents-created', preventable({}), this.webContents)
    return outside
  }

  loadURL(url: string): Promise<void> {
    return this.#contents.loadURL(url)
  }

  show(): void {
    this.#visible = true
  }

  showInactive(): void {
    this.#visible = true
  }

  getBounds(): Bounds {
    return this.#bounds
  }

  setBounds(bounds: Bounds): void {
    this.#bounds = bounds
  }

  focus(): void {
    this.emit('focus')
  }

  isVisible(): boolean {
    return this.#visible
  }

  isMinimized(): boolean {
    return this.#minimized
  }

  minimize(): void {
    this.#minimized = true
  }

  restore(): void {
    this.#minimized = false
  }

  /** Leaving it is leaving the whole screen, by whatever way: the program hears of both. */
  setKiosk(kiosk: boolean): void {
    const was = this.#kiosk
    this.#kiosk = kiosk
    if (was !== kiosk) this.emit(kiosk ? 'enter-full-screen' : 'leave-full-screen', preventable({}))
  }

  isKiosk(): boolean {
    return this.#kiosk
  }

  setResizable(allowed: boolean): void {
    this.#allowed.resizable = allowed
  }

  isResizable(): boolean {
    return this.#allowed.resizable
  }

  setMovable(allowed: boolean): void {
    this.#allowed.movable = allowed
  }

  isMovable(): boolean {
    return this.#allowed.movable
  }

  setMinimizable(allowed: boolean): void {
    this.#allowed.minimizable = allowed
  }

  isMinimizable(): boolean {
    return this.#allowed.minimizable
  }

  getTitle(): string {
    return this.#title
  }

  removeMenu(): void {}

  isDestroyed(): boolean {
    return this.#destroyed
  }

  close(): void {
    if (this.#destroyed) return
    const asked = preventable({})
    this.emit('close', asked)
    if (!asked.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    const { targetId } = this.#contents
    quietly(browser().cdp.send('Target.closeTarget', { targetId }))
  }

  /** The stand-in's own: there is no browser to close it any more. */
  browserGone(): void {
    this.#closed()
  }

  #closeForQuit(): Promise<boolean> {
    return new Promise((resolve) => {
      this.once('closed', () => resolve(true))
      this.once('close', (asked: { defaultPrevented: boolean }) => {
        if (asked.defaultPrevented) resolve(false)
      })
      this.close()
    })
  }

  #closed(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    all.delete(this.id)
    const left = windowClosed(this.id)
    this.#contents.end()
    this.emit('closed', preventable({}))
    if (left === 0) app.lastWindowClosed()
  }

  static getAllWindows(): readonly BrowserWindow[] {
    return [...all.values()]
  }

  static fromWebContents(contents: { readonly id: number }): BrowserWindow | null {
    return all.get(contents.id) ?? null
  }
}
