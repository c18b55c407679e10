/**
 * The program under Electron: one window of one seat, and the core beside it as a process of its own. Main stays
 * free of the shop, so that nothing the shop does can freeze a window.
 */
import { join } from 'node:path'
import { app, dialog, ipcMain, Menu, safeStorage, session } from 'electron'
import type { BrowserWindow, IpcMainEvent } from 'electron'
import { IPC } from '../contract/port-handshake.ts'
import type { Seat } from '../contract/roles.ts'
import { CUSTOMER_PAGE, isOurPage, START_PAGE } from './shell/app-origin.ts'
import { registerAppScheme, serveApp } from './shell/app-protocol.ts'
import { readCommandLine } from './shell/command-line.ts'
import { keepCore } from './shell/core-keeper.ts'
import { CustomerWindow } from './shell/customer-window.ts'
import { patienceOf } from './shell/heartbeat.ts'
import { systemKeyStore } from './shell/key-store.ts'
import { KioskLock } from './shell/kiosk-lock.ts'
import { lockPage, lockSession } from './shell/lockdown.ts'
import { openWindow } from './shell/window.ts'

const BUILT = join(import.meta.dirname, '..')
const CORE_DEADLINE_MS = 5_000
const EXIT_REFUSED = 2
const EXIT_SECOND = 3

const log = (line: string): void => console.error(line)

function refuse(sentence: string, code: number): never {
  if (app.isPackaged && app.isReady()) dialog.showErrorBox('Countermark', sentence)
  console.error(sentence)
  app.exit(code)
  process.exit(code)
}

const { data, demo, own } = readCommandLine(process.argv)

// A window's profile belongs to its shop: two data folders are two programs, one data folder is one.
if (data !== null) app.setPath('userData', join(data, 'window'))
else if (demo) app.setPath('userData', join(app.getPath('userData'), 'demo'))
if (!app.requestSingleInstanceLock()) refuse('Countermark is already open; its window comes to the front.', EXIT_SECOND)

registerAppScheme()
app.enableSandbox()
Menu.setApplicationMenu(null)

let window: BrowserWindow | null = null
let photoStepAt: number | null = null
let ending: 'no' | 'begun' | 'done' = 'no'
let seat: Seat | null = null

const customer = new CustomerWindow({
  preload: join(BUILT, 'preload/preload.cjs'),
  page: CUSTOMER_PAGE,
  staff: () => window,
  isQuitting: () => ending !== 'no',
  log,
})

const lock = new KioskLock(() => ending !== 'no')

const core = keepCore({
  customerScreen: (wanted) => customer.want(wanted),
  kioskWindow: (state) => (state === 'closed' ? app.quit() : lock.become(state)),
  patience: patienceOf(process.env['COUNTERMARK_CORE_SILENCE_S']),
  entry: join(BUILT, 'core/core-process.js'),
  args: own,
  packaged: app.isPackaged,
  keyStore: systemKeyStore(safeStorage, process.platform),
  isQuitting: () => ending !== 'no',
  log,
})

/** Whether a message is from the top document of our own page, in our own window. */
function isOurSender(event: IpcMainEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isOurPage(frame.url)
}

app.on('web-contents-created', (_event, contents) => {
  lockPage(contents, log)
  contents.on('did-navigate', () => {
    if (photoStepAt === contents.id) photoStepAt = null
  })
})

ipcMain.on(IPC.askForPort, (event) => {
  if (seat !== null && isOurSender(event)) core.connect(event.sender, customer.isOf(event.sender) ? 'display' : seat)
})
ipcMain.on(IPC.photoStep, (event, open: unknown) => {
  if (isOurSender(event)) photoStepAt = open === true ? event.sender.id : null
})

app.on('second-instance', () => {
  if (window === null) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
})
app.on('window-all-closed', () => app.quit())
app.on('before-quit', () => {
  if (ending === 'no') ending = 'begun'
})
app.on('will-quit', (event) => {
  if (ending === 'done') return
  event.preventDefault()
  void core.stop(CORE_DEADLINE_MS).then(() => {
    ending = 'done'
    app.quit()
  })
})

// Not awaited at the top level: Electron is ready only after this file has run to its end.
void app.whenReady().then(open)

async function open(): Promise<void> {
  lockSession(
    session.defaultSession,
    (contentsId) => photoStepAt === contentsId,
    // A customer alone takes nothing away on the machine's own disk.
    () => seat !== null && seat !== 'kiosk',
  )
  serveApp(join(BUILT, 'renderer'), () => seat === 'kiosk')
  try {
    seat = await core.start()
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error), EXIT_REFUSED)
  }
  window = await openWindow({
    seat,
    preload: join(BUILT, 'preload/preload.cjs'),
    page: START_PAGE,
    lock,
    isQuitting: () => ending !== 'no',
    log,
  })
  // The till has ended when its staff have closed it; the customer's screen goes with it.
  window.on('closed', () => {
    window = null
    customer.close()
  })
  customer.watchScreens()
  console.log('Countermark is ready: window')
}
