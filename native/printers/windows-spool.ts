import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import type { Line, Transport, TransportTrouble } from '../transport.ts'
import { TransportFault } from '../transport.ts'
import { SPOOL_SCRIPT } from './spool-script.ts'

export interface SpoolOptions {
  /** The name under which Windows knows the printer. */
  readonly printer: string
  /** Takes the place of PowerShell: a test. Reads the bytes and says `ready`, as the script does. */
  readonly command?: readonly [program: string, ...args: string[]]
  /** PowerShell has to start, and to compile a few lines. */
  readonly open_ms_max?: number
  readonly close_ms_max?: number
}

const OPEN_MS_MAX = 20_000
const CLOSE_MS_MAX = 10_000

/**
 * A printer behind Windows' own spooler, as raw bytes. The spooler takes them and says nothing of the paper, so this is
 * a one-way line: what goes out is never known to be printed, and a person is asked. One line is one document, so no
 * other program's page comes into the middle of a receipt.
 *
 * Built from Microsoft's documentation of winspool and not tried on such a machine; the health page says so.
 */
export function windowsSpool(options: SpoolOptions): Transport {
  const address = `spool:${options.printer}`
  return {
    address,
    open: (on) => {
      if (options.command === undefined && process.platform !== 'win32')
        return Promise.reject(new TransportFault('not-there', `${address}: only Windows has this spooler`))
      return opened(options, address, on)
    },
  }
}

function opened(options: SpoolOptions, address: string, on: Parameters<Transport['open']>[0]): Promise<Line> {
  const [program, ...args] = options.command ?? [
    'powershell.exe', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand',
    Buffer.from(SPOOL_SCRIPT, 'utf16le').toString('base64'),
  ]
  // The name goes by the environment: whatever stands in it can never become a command.
  const child = spawn(program, args, { env: { ...process.env, COUNTERMARK_PRINTER: options.printer }, windowsHide: true })
  return new Promise((resolve, reject) => {
    let said = ''
    let isOpen = false
    let isClosing = false
    const tooLate = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new TransportFault('time-out', `${address} does not answer`))
    }, options.open_ms_max ?? OPEN_MS_MAX)
    const ended = new Promise<number | null>((gone) => child.once('close', gone))
    child.once('error', (error) => reject(new TransportFault('no-library', `${address}: ${error.message}`, { cause: error })))
    // A spooler that has gone takes no more bytes; the writing itself says so.
    child.stdin.on('error', () => undefined)
    child.stderr.resume()
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString('latin1')
      if (isOpen || !said.includes('ready')) return
      isOpen = true
      clearTimeout(tooLate)
      resolve(lineOver(child, ended, address, options.close_ms_max ?? CLOSE_MS_MAX, () => (isClosing = true)))
    })
    void ended.then((code) => {
      clearTimeout(tooLate)
      if (!isOpen) reject(new TransportFault(troubleOf(code), `${address}: the spooler ended with ${code}`))
      else if (!isClosing) on.gone(`the spooler ended with ${code}`)
    })
  })
}

function lineOver(
  child: ChildProcessWithoutNullStreams, ended: Promise<number | null>, address: string, close_ms_max: number, closing: () => void,
): Line {
  return {
    write: (bytes) =>
      new Promise((sent, failed) => {
        child.stdin.write(bytes, (error) => (error ? failed(new TransportFault('lost', `${address}: ${error.message}`)) : sent()))
      }),
    close: async () => {
      closing()
      const deadline = setTimeout(() => child.kill('SIGKILL'), close_ms_max)
      child.stdin.end()
      await ended
      clearTimeout(deadline)
    },
  }
}

/** The exits of the script; PowerShell itself ends with 1 where it may not run it. */
function troubleOf(code: number | null): TransportTrouble {
  if (code === 10) return 'not-there'
  return code === 5 ? 'not-allowed' : 'refused'
}
