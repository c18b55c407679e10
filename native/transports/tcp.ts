import { connect } from 'node:net'
import type { Line, Transport, TransportTrouble } from '../transport.ts'
import { TransportFault } from '../transport.ts'

export interface TcpOptions {
  readonly host: string
  readonly port: number
  /** How long to wait for the connection. A device on the shop's own net answers within milliseconds. */
  readonly open_ms_max?: number
  /** How long `close` waits for unsent bytes before it cuts the line. */
  readonly close_ms_max?: number
}

const OPEN_MS_MAX = 3_000
const CLOSE_MS_MAX = 2_000
/** A device that lost its power says nothing; the kernel's probes notice it. */
const KEEP_ALIVE_MS = 10_000

/** A line to a device on the net, such as a printer on port 9100 or a card terminal. */
export function tcp(options: TcpOptions): Transport {
  const { host, port } = options
  const address = `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    address,
    open: (on) =>
      new Promise<Line>((resolve, reject) => {
        const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS })
        let opened = false
        let why = 'the device closed the connection'
        const tooLate = setTimeout(() => {
          reject(new TransportFault('time-out', `${address} does not answer`))
          socket.destroy()
        }, options.open_ms_max ?? OPEN_MS_MAX)

        socket.on('data', (bytes: Uint8Array) => on.bytes(bytes))
        socket.on('error', (error: NodeJS.ErrnoException) => {
          why = error.message
          reject(new TransportFault(troubleOf(error), `${address}: ${error.message}`, { cause: error }))
        })
        const closed = new Promise<void>((ended) => {
          socket.on('close', () => {
            clearTimeout(tooLate)
            ended()
            if (opened) on.gone(why)
            else reject(new TransportFault('refused', `${address}: ${why}`))
          })
        })
        socket.on('connect', () => {
          clearTimeout(tooLate)
          opened = true
          resolve({
            write: (bytes) =>
              new Promise((sent, failed) => {
                if (socket.destroyed) return failed(new TransportFault('lost', `${address}: ${why}`))
                socket.write(bytes, (error) => (error ? failed(new TransportFault('lost', error.message)) : sent()))
              }),
            close: () => {
              const deadline = setTimeout(() => socket.destroy(), options.close_ms_max ?? CLOSE_MS_MAX)
              socket.end()
              return closed.finally(() => clearTimeout(deadline))
            },
          })
        })
      }),
  }
}

function troubleOf(error: NodeJS.ErrnoException): TransportTrouble {
  const code = error.code ?? ''
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'refused'
  if (code === 'EACCES' || code === 'EPERM') return 'not-allowed'
  if (code === 'ETIMEDOUT') return 'time-out'
  return 'not-there'
}
