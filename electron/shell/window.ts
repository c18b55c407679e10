import { app, BrowserWindow } from 'electron'
import type { WebPreferences } from 'electron'
import type { Seat } from '../../contract/roles.ts'
import { isOurPage } from './app-origin.ts'
import { backOff } from './back-off.ts'
import type { KioskLock } from './kiosk-lock.ts'

/** The narrowest screen of a till that still shows a basket and a keypad side by side. */
const SMALLEST = { width: 800, height: 600 }
const FIRST = { width: 1366, height: 820 }

export interface WindowOrder {
  readonly seat: Seat
  readonly preload: string
  readonly page: string
  /** Holds the window of a kiosk to its machine. */
  readonly lock: KioskLock
  /** True once the program is ending: only then does a kiosk's window close. */
  isQuitting(): boolean
  log(line: string): void
}

/** Opens the one window of a seat and loads the page into it. Resolves when the page is loaded and shown. */
export async function openWindow(order: WindowOrder): Promise<BrowserWindow> {
  const kiosk = order.seat === 'kiosk'
  const window = new BrowserWindow({
    ...FIRST,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Countermark',
    autoHideMenuBar: true,
    kiosk,
    ...(kiosk && { resizable: false, minimizable: false, movable: false }),
    webPreferences: pagePreferences(order.preload),
  })
  window.removeMenu()
  if (kiosk) order.lock.hold(window)
  keepPage(window, order)
  window.once('ready-to-show', () => window.show())
  await window.loadURL(order.page)
  await window.webContents.setVisualZoomLevelLimits(1, 1)
  return window
}

/** What a page of ours may do, in whatever window: nothing but draw, and talk through the preload. */
export function pagePreferences(preload: string): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
    spellcheck: false,
    devTools: !app.isPackaged,
  }
}

/** A page that fell is loaded again: its flow lies in the core, so nothing but the picture was lost. */
export function keepPage(window: BrowserWindow, order: Pick<WindowOrder, 'page' | 'isQuitting' | 'log'>): void {
  const pause = backOff(250, 10_000)
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || order.isQuitting()) return
    order.log(`The page ended (${details.reason}); it is loaded again.`)
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    }, pause.next_ms())
  })
  // Not every way is asked about beforehand: a page that stands elsewhere all the same, an empty one, is brought back.
  window.webContents.on('did-navigate', (_event, address) => {
    if (isOurPage(address)) return
    order.log('The page was left; it is loaded again.')
    window.loadURL(order.page).catch((error: unknown) => order.log(`The page did not load: ${String(error)}`))
  })
  window.webContents.on('zoom-changed', () => {
    window.webContents.zoomFactor = 1
  })
}
