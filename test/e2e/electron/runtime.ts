import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { findElectron } from '../../../scripts/launch-electron.mjs'

const STANDIN = join(import.meta.dirname, '../../standin/launch.mjs')

/**
 * Which runtime the specs run on: real Electron where it is, else the stand-in; COUNTERMARK_RUNTIME=electron or
 * =standin says it for them, and asking for a real one that is not there is an error and not a skipped test.
 */
export function runtimeProgram(): { readonly program: string; readonly real: boolean } {
  const asked = process.env['COUNTERMARK_RUNTIME']
  const real = asked === 'standin' ? null : findElectron()
  if (real !== null) return { program: real, real: true }
  if (asked === 'electron') throw new Error("Electron's runtime was asked for and is not on this machine")
  return { program: STANDIN, real: false }
}

export interface Running {
  readonly app: ElectronApplication
  readonly page: Page
  readonly data: string
  /** Ends the program as a person would, and removes its folder unless it was given. */
  stop(): Promise<void>
}

/** A folder for one test's shop. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'countermark-e2e-'))
}

/** Starts the app in `folder` on a data folder of its own and waits for its first window; `user`: whose key ring it has. */
export async function start(folder: string, settings: readonly string[], data = newFolder(), user?: string): Promise<Running> {
  const { program, real } = runtimeProgram()
  const asRoot = real && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = await _electron.launch({
    executablePath: program,
    args: [...asRoot, folder, '--data', data, ...settings],
    timeout: 30_000,
    ...(user === undefined ? {} : { env: { ...process.env, XDG_DATA_HOME: user } }),
  })
  const page = await app.firstWindow()
  await page.waitForURL(pageAddress('/index.html'))
  return {
    app,
    page,
    data,
    async stop() {
      await app.close()
      if (existsSync(data)) rmSync(data, { recursive: true, force: true })
    },
  }
}

/** The process of the core, as the main process knows it. */
export async function corePid(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(
    ({ app: electronApp }) => electronApp.getAppMetrics().find(({ name }) => name === 'Countermark core')?.pid,
  )
  if (pid === undefined) throw new Error('there is no core process')
  return pid
}

/** The origin of the page: the stand-in's Chromium does not know our scheme and has it under another name. */
export function pageAddress(path: string): string {
  return runtimeProgram().real ? `app://countermark${path}` : `https://countermark.app.standin${path}`
}
