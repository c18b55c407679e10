import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { Cdp } from './cdp.ts'
import { hasSwitch } from './process-line.ts'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const SWITCHES = [
  '--remote-debugging-pipe',
  // Its line "DevTools listening on" is what Playwright waits for and connects to.
  '--remote-debugging-port=0',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-back-forward-cache',
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,OptimizationHints,Translate',
  '--password-store=basic',
  '--use-mock-keychain',
]

export interface Browser {
  readonly cdp: Cdp
  readonly process: ChildProcess
  readonly version: string
}

let running: Browser | null = null

/** The browser of this process; asking before it runs is a bug of the stand-in. */
export function browser(): Browser {
  if (running === null) throw new Error('electron stand-in: Chromium is not running yet')
  return running
}

/** Starts Chromium without a window, its profile under `userData`. Resolves when it listens. */
export async function startChromium(userData: string): Promise<Browser> {
  const program = process.env['CHROMIUM_PATH'] ?? PLACES.find((path) => existsSync(path))
  if (program === undefined) throw new Error('electron stand-in: there is no Chromium; CHROMIUM_PATH can name one')
  const profile = join(userData, 'standin-chromium')
  mkdirSync(profile, { recursive: true })
  const asRoot = process.getuid?.() === 0 || hasSwitch('no-sandbox')
  const child = spawn(
    program,
    ['--headless=new', ...(asRoot ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`, ...SWITCHES],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  )
  process.once('exit', () => child.kill('SIGKILL'))
  await listening(child)
  const cdp = new Cdp(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const { product } = await cdp.send('Browser.getVersion', {})
  running = { cdp, process: child, version: product.split('/')[1] ?? product }
  return running
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (said.includes('\nfound')) return
      said += text
      const line = /^DevTools listening on ws:.*$/m.exec(said)?.[0]
      if (line === undefined) return
      said = '\nfound'
      process.stderr.write(`${line}\n`)
      resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Chromium ended with code ${code} at its start:\n${said}`)))
  })
}

/** Closes Chromium in good order, or by force after three seconds. */
export async function stopChromium(): Promise<void> {
  const child = running?.process
  if (running === null || child === undefined || child.exitCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const force = setTimeout(() => child.kill('SIGKILL'), 3_000)
  running.cdp.send('Browser.close', {}).catch(() => child.kill('SIGKILL'))
  await gone
  clearTimeout(force)
}
