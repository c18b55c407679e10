import { EventEmitter } from 'node:events'
import { appendFileSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stopChromium } from './chromium.ts'
import { openWindows } from './open-windows.ts'
import { appFolderOf, hasSwitch, readManifest, switchValue } from './process-line.ts'
import { preventable, strict } from './strict.ts'
import { runningUtilities } from './utility-process.ts'

const folder = appFolderOf(process.argv[1] ?? '.')
const manifest = readManifest(folder)

class App extends EventEmitter {
  readonly isPackaged = false
  readonly commandLine = strict('app.commandLine', { hasSwitch, getSwitchValue: (name: string) => switchValue(name) ?? '' })
  #quitting = false
  #ready = false
  readonly #paths = new Map([
    ['home', homedir()],
    ['temp', tmpdir()],
    ['exe', process.execPath],
    ['appData', process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')],
  ])

  getName(): string {
    return manifest.productName ?? manifest.name ?? 'Electron'
  }

  getVersion(): string {
    return manifest.version ?? '0.0.0'
  }

  getAppPath(): string {
    return folder
  }

  getPath(name: string): string {
    const known = this.#paths.get(name)
    if (known !== undefined) return known
    if (name !== 'userData') throw new Error(`Failed to get '${name}' path`)
    return switchValue('user-data-dir') ?? join(this.getPath('appData'), this.getName())
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  /** The sandbox of the page is Chromium's own here; there is nothing to switch. */
  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  isReady(): boolean {
    return this.#ready
  }

  whenReady(): Promise<void> {
    return this.#ready ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()))
  }

  /** The stand-in's own: Chromium listens, windows may be opened. */
  becomeReady(): void {
    this.#ready = true
    this.emit('ready', {}, {})
  }

  /** A file with the owner's process number; a second start writes into it, and the owner hears of that. */
  requestSingleInstanceLock(): boolean {
    const file = join(this.getPath('userData'), 'standin-instance')
    mkdirSync(dirname(file), { recursive: true })
    for (let tries = 0; tries < 2; tries += 1) {
      try {
        writeFileSync(file, String(process.pid), { flag: 'wx' })
      } catch {
        if (isOwned(file)) {
          appendFileSync(file, ' ')
          return false
        }
        rmSync(file, { force: true })
        continue
      }
      process.once('exit', () => rmSync(file, { force: true }))
      watch(file, { persistent: false }, () => this.emit('second-instance', {}, [], '', null))
      return true
    }
    return false
  }

  getAppMetrics(): readonly object[] {
    return runningUtilities().map(({ pid, serviceName }) => ({ type: 'Utility', pid, name: serviceName, serviceName }))
  }

  quit(): void {
    if (this.#quitting) return
    const asked = preventable({})
    this.emit('before-quit', asked)
    if (asked.defaultPrevented) return
    this.#quitting = true
    void this.#quitNow()
  }

  async #quitNow(): Promise<void> {
    for (const window of openWindows()) {
      if (!(await window.closeForQuit())) {
        this.#quitting = false
        return
      }
    }
    const asked = preventable({})
    this.emit('will-quit', asked)
    if (asked.defaultPrevented) {
      this.#quitting = false
      return
    }
    this.emit('quit', {}, 0)
    await stopChromium()
    process.exit(0)
  }

  /** Ends at once; Chromium and the utility processes are ended by what waits on `exit`. */
  exit(code = 0): void {
    this.#quitting = true
    process.exit(code)
  }

  isQuitting(): boolean {
    return this.#quitting
  }

  /** Electron, too, ends when its last window has closed and nobody wants to know. */
  lastWindowClosed(): void {
    if (this.#quitting) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }
}

function isOwned(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return true
  } catch {
    return false
  }
}

export const app = strict('app', new App())

process.on('SIGINT', () => app.quit())
process.on('SIGTERM', () => app.quit())
