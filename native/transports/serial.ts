import { access } from 'node:fs/promises'
import type { SerialPort } from 'serialport'
import type { Line, Transport, TransportTrouble } from '../transport.ts'
import { TransportFault } from '../transport.ts'

export interface SerialOptions {
  /** `/dev/ttyACM0`, `/dev/cu.usbmodem1`, `COM3`. */
  readonly path: string
  readonly baud?: number
  readonly data_bits?: 7 | 8
  readonly parity?: 'none' | 'even' | 'odd'
  readonly stop_bits?: 1 | 2
  readonly rtscts?: boolean
  /** How long `close` waits. Closing a port whose device does not read can hold the operating system for 30 s. */
  readonly close_ms_max?: number
}

const BAUD = 9600
const CLOSE_MS_MAX = 1_500

/**
 * A serial line. What serialport 13 does on Linux shapes it:
 * - every `open` makes a new port object, because one that failed while writing opens again but never delivers;
 * - `data` is attached before the port opens and never paused, because an unread port does not notice an unplugging
 *   and then spins at full load;
 * - `close` may come twice, with or without an `error` before it: the first of any of them is the one `gone`;
 * - a failed write is a lost line, since it is often the only sign.
 */
export function serial(options: SerialOptions): Transport {
  const baud = options.baud ?? BAUD
  const address = `serial:${options.path}@${baud}`
  return {
    address,
    async open(on) {
      const port = await newPort(options, baud)
      let at: 'opening' | 'open' | 'gone' = 'opening'
      let noteGone = () => {}
      const ended = new Promise<void>((resolve) => (noteGone = resolve))
      const gone = (why: string) => {
        if (at !== 'open') return
        at = 'gone'
        noteGone()
        on.gone(why)
      }
      port.on('data', (bytes: Uint8Array) => on.bytes(bytes))
      port.on('error', (error) => gone(error.message))
      port.on('close', (error: Error | null | undefined) => gone(error?.message ?? 'the port was closed'))

      await new Promise<void>((resolve, reject) => {
        port.open((error) => (error ? reject(faultOf(address, error)) : resolve()))
      })
      at = 'open'
      await raiseModemBits(port)
      return lineOf(port, address, options.close_ms_max ?? CLOSE_MS_MAX, ended, gone)
    },
    present: () => nodeExists(options.path),
  }
}

function lineOf(
  port: SerialPort,
  address: string,
  close_ms_max: number,
  ended: Promise<void>,
  gone: (why: string) => void,
): Line {
  let closing: Promise<void> | null = null
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        const fail = (why: string) => {
          gone(why)
          reject(new TransportFault('lost', `${address}: ${why}`))
        }
        if (!port.isOpen) return fail('the port is closed')
        port.write(Buffer.from(bytes), (error) => (error ? fail(error.message) : resolve()))
      }),
    close() {
      closing ??= new Promise<void>((resolve) => {
        const deadline = setTimeout(resolve, close_ms_max)
        const done = () => {
          clearTimeout(deadline)
          resolve()
        }
        void ended.then(() => (port.isOpen ? undefined : done()))
        // An error here means that the port is already closed, which is what was asked for.
        if (port.isOpen) port.close(done)
        else done()
      }).then(() => gone('closed'))
      return closing
    },
  }
}

async function newPort(options: SerialOptions, baud: number): Promise<SerialPort> {
  const { SerialPort: Port } = await import('serialport').catch((cause: unknown) => {
    const why = 'serial ports are not available: the serialport library does not load'
    throw new TransportFault('no-library', why, { cause })
  })
  return new Port({
    path: options.path,
    baudRate: baud,
    dataBits: options.data_bits ?? 8,
    parity: options.parity ?? 'none',
    stopBits: options.stop_bits ?? 1,
    rtscts: options.rtscts ?? false,
    autoOpen: false,
  })
}

/** Many USB scanners hold their data back until DTR is raised; a pseudo-terminal has no such bits and refuses. */
function raiseModemBits(port: SerialPort): Promise<void> {
  return new Promise((resolve) => port.set({ dtr: true, rts: true }, () => resolve()))
}

async function nodeExists(path: string): Promise<boolean> {
  // Windows and some virtual ports have no node to look at; there the open itself must tell.
  if (!path.startsWith('/')) return true
  return access(path).then(
    () => true,
    () => false,
  )
}

function faultOf(address: string, error: Error): TransportFault {
  return new TransportFault(troubleOf(error.message), `${address}: ${error.message}`, { cause: error })
}

function troubleOf(message: string): TransportTrouble {
  if (/cannot lock|busy|in use/i.test(message)) return 'busy'
  // Windows says "Access denied" for a port that another program holds.
  if (/access denied/i.test(message)) return 'busy'
  if (/permission|EACCES|EPERM/i.test(message)) return 'not-allowed'
  if (/no such file|file not found|ENOENT|ENXIO|ENODEV|no such device/i.test(message)) return 'not-there'
  return 'refused'
}
