import { homedir } from 'node:os'
import { join } from 'node:path'

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
