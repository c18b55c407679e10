// Finds Electron's runtime without ever setting off its download, which `require('electron')` would do: the package
// on its own is only a few files; the runtime is there when path.txt names a file that exists.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')

/** The path of Electron's executable, or null when this machine has only the package without the runtime. */
export function findElectron() {
  const folder = join(ROOT, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!existsSync(pathFile) && !override) return null
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron'
  const program = join(override ?? join(folder, 'dist'), name)
  return existsSync(program) ? program : null
}

/**
 * Starts the built program under Electron with our settings and resolves with its exit code. Its window, its output
 * and its end are its own; a signal to this process is passed on.
 */
export function launchElectron(program, args) {
  // Set for other programs, this would turn Electron into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _dropped, ...env } = process.env
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(program, [...asRoot, ROOT, '--', ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
