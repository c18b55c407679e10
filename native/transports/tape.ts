import { hexOf } from '../bytes.ts'
import type { Clock } from '../clock.ts'
import type { Traffic } from '../traffic.ts'
import type { Line, Transport } from '../transport.ts'
import { TransportFault } from '../transport.ts'

/** What passed on a line, both ways, each `after_ms` the one before. */
export interface Tape {
  /** The line it was recorded from, such as `serial:/dev/ttyACM0@9600`. */
  readonly address: string
  /** ISO 8601, UTC. */
  readonly made_at: string
  readonly pieces: readonly TapePiece[]
}

export type TapePiece =
  | { readonly after_ms: number; readonly way: 'in' | 'out'; readonly bytes: Uint8Array }
  | { readonly after_ms: number; readonly way: 'closed'; readonly why: string }

const VERSION = 1

/**
 * Writes a tape as lines of JSON while a line is in use: a head, then one line for each piece. It begins when the line
 * opens, so that a tape always starts where a driver starts; `write` gets each line without its end.
 */
export class TapeRecorder {
  private readonly write: (line: string) => void
  private readonly address: string
  private last_at: number | null = null

  constructor(address: string, write: (line: string) => void) {
    this.address = address
    this.write = write
  }

  note(traffic: Traffic): void {
    if (traffic.way === 'opened') {
      if (this.last_at === null)
        this.write(JSON.stringify({ tape: VERSION, address: this.address, made_at: new Date(traffic.at).toISOString() }))
      this.last_at = traffic.at
      return
    }
    if (this.last_at === null) return
    const after_ms = Math.max(0, traffic.at - this.last_at)
    this.last_at = traffic.at
    if (traffic.way === 'closed') this.write(JSON.stringify({ after_ms, way: 'closed', why: traffic.why }))
    else this.write(JSON.stringify({ after_ms, way: traffic.way, hex: hexOf(traffic.bytes) }))
  }
}

/** Reads a tape. Throws, naming the line, when one does not have the form. */
export function parseTape(text: string): Tape {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const head = fieldsOf(lines[0] ?? '', 1)
  if (head['tape'] !== VERSION || typeof head['address'] !== 'string' || typeof head['made_at'] !== 'string')
    throw new Error(`line 1: not the head of a tape of version ${VERSION}`)
  const pieces = lines.slice(1).map((line, index) => pieceOf(fieldsOf(line, index + 2), index + 2))
  return { address: head['address'], made_at: head['made_at'], pieces }
}

/**
 * Plays a tape as if the device were there: what it said comes at the recorded pace, and where the tape says that the
 * till wrote, the device waits until as many bytes were written. `closed` on the tape is the cable coming out.
 */
export function tape(recorded: Tape, clock: Clock): Transport & { readonly wrote: readonly Uint8Array[] } {
  const wrote: Uint8Array[] = []
  return {
    address: `tape:${recorded.address}`,
    wrote,
    open: (on) => {
      const player = new Player(recorded.pieces, clock, on, wrote)
      player.next()
      return Promise.resolve(player)
    },
  }
}

class Player implements Line {
  private readonly pieces: readonly TapePiece[]
  private readonly clock: Clock
  private readonly on: Parameters<Transport['open']>[0]
  private readonly wrote: Uint8Array[]
  private at = 0
  private awaited_bytes = 0
  private ended = false
  private cancel: (() => void) | null = null

  constructor(pieces: readonly TapePiece[], clock: Clock, on: Parameters<Transport['open']>[0], wrote: Uint8Array[]) {
    this.pieces = pieces
    this.clock = clock
    this.on = on
    this.wrote = wrote
  }

  next(): void {
    const piece = this.pieces[this.at]
    if (piece === undefined || this.ended || this.cancel !== null) return
    if (piece.way === 'out') {
      this.awaited_bytes += piece.bytes.length
      this.at++
      return this.next()
    }
    if (this.awaited_bytes > 0) return
    this.cancel = this.clock.after(piece.after_ms, () => {
      this.cancel = null
      this.at++
      if (piece.way === 'closed') return this.end(piece.why)
      this.on.bytes(piece.bytes)
      this.next()
    })
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.ended) return Promise.reject(new TransportFault('lost', 'the tape is at its end'))
    this.wrote.push(bytes)
    this.awaited_bytes = Math.max(0, this.awaited_bytes - bytes.length)
    this.next()
    return Promise.resolve()
  }

  close(): Promise<void> {
    this.end('closed')
    return Promise.resolve()
  }

  private end(why: string): void {
    if (this.ended) return
    this.ended = true
    this.cancel?.()
    this.on.gone(why)
  }
}

function fieldsOf(line: string, number: number): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value))
  } catch {
    throw new Error(`line ${number}: not JSON`)
  }
  throw new Error(`line ${number}: not an object`)
}

function pieceOf(fields: Readonly<Record<string, unknown>>, number: number): TapePiece {
  const { after_ms, way, hex, why } = fields
  if (typeof after_ms !== 'number' || !(after_ms >= 0)) throw new Error(`line ${number}: no after_ms`)
  if (way === 'closed' && typeof why === 'string') return { after_ms, way, why }
  if ((way !== 'in' && way !== 'out') || typeof hex !== 'string' || !/^([0-9a-f]{2})*$/i.test(hex))
    throw new Error(`line ${number}: neither bytes that passed nor an end`)
  return { after_ms, way, bytes: Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) }
}
