// `npm start`: Electron's window where its runtime is there; else the same core behind the loopback door and a browser.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'
import { findElectron, launchElectron } from './launch-electron.mjs'

const ROOT = join(import.meta.dirname, '..')
const args = process.argv.slice(2)

await build({ ifStale: true })
const electron = findElectron()
if (electron !== null && !args.includes('--help') && !args.includes('-h')) {
  process.exitCode = await launchElectron(electron, args)
} else {
  if (!args.includes('--help') && !args.includes('-h'))
    console.error("Electron's runtime is not on this machine, so the till opens in a browser.")
  const child = spawn(process.execPath, [join(ROOT, 'dist/core/serve.js'), ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 130)
  })
}
