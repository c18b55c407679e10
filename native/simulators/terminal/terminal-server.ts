import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { systemClock } from '../../clock.ts'
import { SimulatedTerminal, type TerminalSwitches } from './simulated-terminal.ts'

export interface TerminalServerOptions {
  readonly host?: string
  /** 0, or nothing: the system chooses one. */
  readonly port?: number
  readonly switches?: Partial<TerminalSwitches>
}

/** A simulated card terminal on a TCP port, as practice mode and the tests use it. */
export interface TerminalServer {
  /** `zvt://127.0.0.1:PORT`. */
  readonly address: string
  readonly port: number
  readonly terminal: SimulatedTerminal
  /** Sends every message in pieces of so many bytes; null sends them whole. */
  cutInto(bytes: number | null): void
  /** Pulls the cable. */
  cutLine(): void
  close(): Promise<void>
}

/** Starts a simulated terminal. Rejects when the port is taken. */
export async function startTerminalServer(options: TerminalServerOptions = {}): Promise<TerminalServer> {
  const running = new RunningTerminal()
  if (options.switches) running.terminal.set(options.switches)
  await running.listen(options.host ?? '127.0.0.1', options.port ?? 0)
  return running
}

class RunningTerminal implements TerminalServer {
  readonly terminal: SimulatedTerminal
  address = ''
  port = 0
  private readonly server: Server
  private socket: Socket | null = null
  private piece: number | null = null

  constructor() {
    this.terminal = new SimulatedTerminal(systemClock, {
      send: (bytes) => this.send(bytes),
      hangUp: () => this.cutLine(),
    })
    this.server = createServer({ noDelay: true }, (socket) => this.accept(socket))
  }

  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, host, () => {
        const at = this.server.address()
        this.port = typeof at === 'object' && at !== null ? at.port : port
        this.address = `zvt://${host}:${this.port}`
        resolve()
      })
    })
  }

  cutInto(bytes: number | null): void {
    this.piece = bytes
  }

  cutLine(): void {
    const { socket } = this
    this.socket = null
    this.terminal.disconnected()
    socket?.resetAndDestroy()
  }

  close(): Promise<void> {
    this.cutLine()
    return new Promise((resolve) => this.server.close(() => resolve()))
  }

  /** A terminal has one line: a till that comes again takes the place of the one that was. */
  private accept(socket: Socket): void {
    this.cutLine()
    this.socket = socket
    this.terminal.connected()
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes: Uint8Array) => {
      if (this.socket === socket) this.terminal.receive(bytes)
    })
    socket.on('close', () => {
      if (this.socket !== socket) return
      this.socket = null
      this.terminal.disconnected()
    })
  }

  private send(bytes: Uint8Array): void {
    const size = this.piece ?? bytes.length
    for (let at = 0; at < bytes.length; at += size) this.socket?.write(bytes.subarray(at, at + size))
  }
}
