import { mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/** What decides where data lies, so that a test can be any machine. */
export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
}

const here = (): Surroundings => ({ platform: process.platform, home: homedir(), env: process.env })

/**
 * The folder where a till keeps its data when nobody says otherwise: the platform's own place for application data.
 * Windows: %APPDATA%; macOS: ~/Library/Application Support; elsewhere the XDG base directory specification, which says
 * that a relative XDG_DATA_HOME is to be ignored.
 */
export function defaultDataDir({ platform, home, env }: Surroundings = here()): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Countermark')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Countermark')
  const xdg = env['XDG_DATA_HOME']
  return join(xdg?.startsWith('/') ? xdg : join(home, '.local', 'share'), 'Countermark')
}

/**
 * Makes the folder and those above it where they are missing; throws the system's own error where that cannot be.
 * One folder at a time, because Node's recursive mkdir never comes back from a place like /proc that says a folder is
 * missing and lets nobody make it.
 */
export function makeDataDir(dir: string): void {
  const path = resolve(dir)
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory() === true) return
  if (found === undefined && dirname(path) !== path) makeDataDir(dirname(path))
  mkdirSync(path)
}
