// `npm start`: Electron's window where its runtime is there; else the same core behind the loopback door and a browser.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'
import { findElectron, launchElectron } from './launch-electron.mjs'

const ROOT = join(import.meta.dirname, '..')
const args = process.argv.slice(2)

await build({ ifStale: true })
const electron = findElectron()
// A person who wants no window gets the browser's door, on a machine with Electron too.
if (electron !== null && !['--help', '-h', '--no-open'].some((word) => args.includes(word))) {
  process.exitCode = await launchElectron(electron, args)
} else {
  const child = spawn(process.execPath, [join(ROOT, 'dist/core/serve.js'), ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...(electron === null ? { COUNTERMARK_WITHOUT_ELECTRON: '1' } : {}) },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 130)
  })
}
