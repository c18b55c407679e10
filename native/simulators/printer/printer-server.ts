import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { PAPER_WIDTHS, PROFILES } from '../../printers/profiles.ts'
import type { PaperWidthId, ProfileId } from '../../printers/profiles.ts'
import type { PaperPiece } from './read-paper.ts'
import { readPaper, textOf } from './read-paper.ts'
import type { PrinterMake } from './simulated-printer.ts'
import { SimulatedPrinter, EPSON_LIKE } from './simulated-printer.ts'

/** What befalls the line itself. */
export interface LineSwitches {
  /** Accepts the connection and never reads: the receiver's window fills up. */
  readonly stalled: boolean
  /** Resets the connection after so many bytes of it. */
  readonly reset_after_bytes: number | null
  /** A second till is turned away at once, as most printers do. */
  readonly one_at_a_time: boolean
  /** Still holds the session of a till whose cable was pulled, and turns everybody away until it notices. */
  readonly half_open: boolean
}

const LINE_WELL: LineSwitches = {
  stalled: false,
  reset_after_bytes: null,
  one_at_a_time: true,
  half_open: false,
}

export interface PrinterServerOptions {
  readonly host?: string
  /** 0, or nothing: the system chooses one. */
  readonly port?: number
  readonly profile?: ProfileId
  readonly paper?: PaperWidthId
  readonly make?: PrinterMake
}

/** A simulated printer on a TCP port, as practice mode and the tests use it. */
export interface PrinterServer {
  /** `tcp://127.0.0.1:PORT`. */
  readonly address: string
  readonly port: number
  readonly printer: SimulatedPrinter
  setLine(switches: Partial<LineSwitches>): void
  /** What was printed since the last `takePaper`. */
  paper(): PaperPiece[]
  /** The same as plain text. */
  text(): string
  /** Tears the paper off: what is printed from now on is a new one. */
  takePaper(): PaperPiece[]
  /** Cuts every connection, as when somebody pulls the network cable out of a switch with a short memory. */
  cutLines(): void
  /** How many connections were turned away because another one stood. */
  readonly turned_away: number
  close(): Promise<void>
}

/** Starts a simulated printer. Rejects when the port is taken. */
export async function startPrinterServer(options: PrinterServerOptions = {}): Promise<PrinterServer> {
  const running = new RunningServer(options)
  await running.listen(options.host ?? '127.0.0.1', options.port ?? 0)
  return running
}

class RunningServer implements PrinterServer {
  readonly printer: SimulatedPrinter
  port = 0
  address = ''
  turned_away = 0
  private readonly server: Server
  private readonly sockets = new Set<Socket>()
  private readonly options: PrinterServerOptions
  private line: LineSwitches = LINE_WELL
  private taken = 0

  constructor(options: PrinterServerOptions) {
    this.options = options
    this.printer = new SimulatedPrinter(options.make ?? EPSON_LIKE, (bytes) => {
      for (const socket of this.sockets) if (socket.writable) socket.write(bytes)
    })
    this.server = createServer((socket) => this.accept(socket))
  }

  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, host, () => {
        const at = this.server.address()
        this.port = typeof at === 'object' && at !== null ? at.port : port
        this.address = `tcp://${host}:${this.port}`
        resolve()
      })
    })
  }

  setLine(switches: Partial<LineSwitches>): void {
    this.line = { ...this.line, ...switches }
    for (const socket of this.sockets) {
      if (this.line.stalled) socket.pause()
      else socket.resume()
    }
  }

  paper(): PaperPiece[] {
    const profile = PROFILES[this.options.profile ?? (this.options.make?.dialect === 'star-line' ? 'star' : 'epson')]
    const { columns } = PAPER_WIDTHS[this.options.paper ?? '80mm']
    return readPaper(this.printer.printed.slice(this.taken), profile, columns)
  }

  text(): string {
    return textOf(this.paper())
  }

  takePaper(): PaperPiece[] {
    const pieces = this.paper()
    this.taken = this.printer.printed.length
    return pieces
  }

  cutLines(): void {
    for (const socket of this.sockets) socket.resetAndDestroy()
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    return new Promise((resolve) => this.server.close(() => resolve()))
  }

  private accept(socket: Socket): void {
    socket.on('error', () => socket.destroy())
    if (this.line.half_open || (this.line.one_at_a_time && this.sockets.size > 0)) {
      this.turned_away++
      socket.resetAndDestroy()
      return
    }
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
    this.printer.connected()
    let bytes_in = 0
    socket.on('data', (bytes: Uint8Array) => {
      bytes_in += bytes.length
      const limit = this.line.reset_after_bytes
      const kept = limit === null ? bytes : bytes.subarray(0, Math.max(0, bytes.length - (bytes_in - limit)))
      this.printer.receive(kept)
      if (limit !== null && bytes_in >= limit) socket.resetAndDestroy()
    })
    if (this.line.stalled) socket.pause()
  }
}
