import { spawn } from 'node:child_process'
import { refuseTakenPort, serveCore } from './loopback-door.ts'
import { HELP, readOptions, StartFault } from './core/options.ts'
import { startCoreWith } from './core/start-core.ts'

/** Countermark without Electron: the same core behind a door on 127.0.0.1, and the browser as its window. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options === 'help') return void process.stdout.write(HELP)
  // Asked before anything is made: a start that is refused leaves nothing behind.
  await refuseTakenPort(options.port)
  const core = await startCoreWith(options)
  const door = await serveCore(core).catch(async (error: unknown) => {
    await core.stop()
    throw error
  })
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    // A serial port with unsent data can hold its close for half a minute; nobody waits that long for a till to end.
    setTimeout(() => process.exit(0), 5_000).unref()
    void door.close().then(() => core.stop()).then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (process.env['COUNTERMARK_WITHOUT_ELECTRON'] === '1')
    process.stderr.write("Electron's runtime is not on this machine, so the till opens in a browser.\n")
  if (options.seat === 'counter') process.stdout.write(`The customer's screen: ${door.displayUrl}\n`)
  process.stdout.write(`Countermark is ready: ${door.url}\n`)
  if (options.open) openBrowser(door.url)
}

/** Opens the page where there is a screen to open it on; otherwise the printed address is all there is. */
function openBrowser(url: string): void {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
  if (!hasDisplay) return
  const [command, args]: [string, string[]] =
    process.platform === 'darwin' ? ['open', [url]] : process.platform === 'win32' ? ['cmd', ['/c', 'start', '', url]] : ['xdg-open', [url]]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => process.stderr.write(`No browser could be opened. Open the address above by hand.\n`))
  child.unref()
}

main().catch((error: unknown) => {
  if (error instanceof StartFault) process.stderr.write(`${error.message}\n`)
  else console.error(error)
  process.exit(error instanceof StartFault ? 2 : 1)
})
