/**
 * The `electron` module of the main process, on plain Node and a Chromium driven over a pipe. What our program does
 * not use is not here: importing it fails with its name, and so does asking for it.
 *
 * It proves our main, preload and core as they are wired: messages, ports, the content policy and navigation in a real
 * engine, a core that is killed and comes back. It does not prove that Electron starts, nor Electron's own sandbox,
 * fuses and archive, native modules inside of it, or anything of a real window: focus, kiosk mode, keys, dialogs,
 * permissions. The page's address is https here and app there, and its Chromium is the system's.
 */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from './app.ts'
import { startChromium } from './chromium.ts'
import { BrowserWindow } from './browser-window.ts'
import { switchValue } from './process-line.ts'
import { backendOf, SafeStorage } from './safe-storage.ts'
import { strict } from './strict.ts'
import { watchTargets } from './targets.ts'

export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { ipcMain } from './ipc-main.ts'
export { MessageChannelMain } from './ports.ts'
export { screen } from './screen.ts'
export { protocol, session } from './session.ts'
export { utilityProcess } from './utility-process.ts'
export { webContents } from './web-contents.ts'

/** There is no menu to show; taking it away is all our program does. */
export const Menu = strict('Menu', {
  setApplicationMenu(menu: null): void {
    if (menu !== null) throw new Error('electron stand-in: a menu is not implemented')
  },
})

export const safeStorage = strict('safeStorage', new SafeStorage({
  isReady: () => app.isReady(),
  backend: backendOf(switchValue('password-store'), process.env['XDG_CURRENT_DESKTOP']),
  keyRing: join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'), 'keyrings', 'standin'),
}))

/** Nobody is there to answer a dialog. */
export const dialog = strict('dialog', {})

/** Starts Chromium and makes the app ready: called once, when the main script has run to its end. */
export async function bootStandin(): Promise<void> {
  const { process: child, version } = await startChromium(app.getPath('userData'))
  Object.assign(process.versions, { chrome: version })
  child.once('exit', () => {
    if (app.isQuitting()) {
      // A signal to the whole group of processes: what the windows wait for will not come from a browser any more.
      for (const window of BrowserWindow.getAllWindows()) window.browserGone()
      return
    }
    console.error('[stand-in] Chromium went away')
    for (const window of BrowserWindow.getAllWindows()) {
      window.webContents.emit('render-process-gone', {}, { reason: 'killed', exitCode: 0 })
    }
    app.exit(1)
  })
  await watchTargets()
  app.becomeReady()
}
