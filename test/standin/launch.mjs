#!/usr/bin/env node
// A stand-in for Electron's executable: it keeps Electron's command line, so that Playwright's own `_electron.launch`
// starts it as it would start the real one. Runs on Node 24, which must be the first `node` on the path.
import inspector from 'node:inspector'
import { createRequire, registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(`the stand-in for Electron needs Node 24, as Electron 45 has it; this is ${process.version}`)
  process.exit(1)
}

const electronFile = new URL('./electron.ts', import.meta.url)
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier)
      ? { url: electronFile.href, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

const raw = process.argv.slice(2)
const { readProcessLine } = await import('./process-line.ts')
const line = readProcessLine(raw)
process.argv = [process.execPath, line.mainScript, ...line.after, ...line.before]
process.versions.electron = '45.0.0-standin'
process.type = 'browser'
process.defaultApp = true
if (line.before.some((word) => word.startsWith('--inspect'))) inspector.open(0, '127.0.0.1')

const electron = createRequire(import.meta.url)('./electron.ts')
// Electron, too, runs the main script to its end first and is ready after it.
await import(pathToFileURL(line.mainScript).href)
await electron.bootStandin()
