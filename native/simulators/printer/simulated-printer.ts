import { joined } from '../../bytes.ts'
import { readEscpos } from './escpos-reader.ts'
import type { SeenCommand } from './seen-command.ts'
import { isDoneAtOnce } from './seen-command.ts'
import { readStar } from './star-reader.ts'

/** What a person does to a printer, or what befalls it. */
export interface PrinterSwitches {
  readonly cover: 'open' | 'closed'
  /** Lines still on the roll; null: enough. At none the printer stops in mid-job and goes offline. */
  readonly paper_lines: number | null
  /** The near-end sensor, where the model has one. */
  readonly paper_low: boolean
  readonly error: 'none' | 'cutter' | 'unrecoverable'
  readonly drawer: 'open' | 'closed'
  /** Takes bytes and says nothing, as after a crash of its firmware. */
  readonly silent: boolean
  /** Goes silent after so many bytes of a connection. */
  readonly silent_after_bytes: number | null
  /** False: a clone that knows no automatic status. */
  readonly tells_changes: boolean
  /** False: a clone that leaves `GS r` unanswered. */
  readonly confirms: boolean
}

export const WELL: PrinterSwitches = {
  cover: 'closed',
  paper_lines: null,
  paper_low: false,
  error: 'none',
  drawer: 'closed',
  silent: false,
  silent_after_bytes: null,
  tells_changes: true,
  confirms: true,
}

export interface PrinterMake {
  readonly dialect: 'escpos' | 'star-line'
  readonly maker: string
  readonly model: string
}

export const EPSON_LIKE: PrinterMake = { dialect: 'escpos', maker: 'EPSON', model: 'TM-T20III' }
export const STAR_LIKE: PrinterMake = { dialect: 'star-line', maker: 'STAR', model: 'TSP650II' }

const NOTHING = new Uint8Array(0)

/**
 * A receipt printer without paper: takes bytes, gives the answers of a real one, and keeps what it understood and what
 * it printed apart, because a job that stops at the end of the paper was understood but not printed.
 *
 * It differs from iron in one point: a question for the state that stands inside a picture is read as picture data,
 * where some models answer it.
 */
export class SimulatedPrinter {
  /** What was printed so far, without what still waits for paper. */
  readonly printed: SeenCommand[] = []
  /** All bytes that arrived, of all connections. */
  received_bytes = 0
  private readonly make: PrinterMake
  private switches: PrinterSwitches = WELL
  private unread: Uint8Array = NOTHING
  private waiting: SeenCommand[] = []
  private tells = false
  private blocks_done = 0
  private connection_bytes = 0
  private readonly onAnswer: (bytes: Uint8Array) => void

  /** `onAnswer` gets every byte the printer says, at the moment it says it. */
  constructor(make: PrinterMake, onAnswer: (bytes: Uint8Array) => void) {
    this.make = make
    this.onAnswer = onAnswer
  }

  get state(): PrinterSwitches {
    return this.switches
  }

  /** Sets switches; the printer tells the change if it was asked to, and goes on where it had stopped. */
  set(switches: Partial<PrinterSwitches>): void {
    this.switches = { ...this.switches, ...switches }
    this.tellChange()
    this.work()
  }

  /** A new connection: half a command of the old one is still in the printer, as on iron. */
  connected(): void {
    this.connection_bytes = 0
    this.tells = false
  }

  /** Switched off and on: everything that was not printed is gone. */
  restart(): void {
    this.unread = NOTHING
    this.waiting = []
    this.tells = false
  }

  receive(bytes: Uint8Array): void {
    this.received_bytes += bytes.length
    this.connection_bytes += bytes.length
    const { silent_after_bytes } = this.switches
    if (silent_after_bytes !== null && this.connection_bytes > silent_after_bytes) {
      this.switches = { ...this.switches, silent: true }
    }
    if (this.switches.silent) return
    const read = this.make.dialect === 'escpos' ? readEscpos : readStar
    const { commands, rest } = read(joined(this.unread, bytes))
    this.unread = rest
    for (const command of commands) {
      if (isDoneAtOnce(command)) this.doAtOnce(command)
      else this.waiting.push(command)
    }
    this.work()
  }

  private get blocked(): boolean {
    const { cover, paper_lines, error } = this.switches
    return cover === 'open' || paper_lines === 0 || error !== 'none'
  }

  private work(): void {
    while (!this.blocked && !this.switches.silent) {
      const command = this.waiting.shift()
      if (command === undefined) return
      this.perform(command)
    }
  }

  private perform(command: SeenCommand): void {
    switch (command.kind) {
      case 'ask-in-queue':
        return this.answerInQueue(command.number)
      case 'ask-card':
        return this.answerCard(command.number)
      case 'ask-process':
        return this.say([0x37, 0x22, ...command.id, 0x00])
      case 'tell-changes':
        this.tells = command.number !== 0 && this.switches.tells_changes
        return this.tellChange()
      case 'star-fence':
        this.blocks_done = (this.blocks_done + 1) % 32
        return this.tellChange()
      case 'drawer':
        this.printed.push(command)
        return this.openDrawer()
      case 'line-feed':
        this.printed.push(command)
        return this.usePaper(1)
      case 'feed':
        this.printed.push(command)
        return this.usePaper(command.lines)
      default:
        this.printed.push(command)
    }
  }

  private doAtOnce(command: SeenCommand): void {
    if (command.kind === 'ask-status') this.say([this.realTime(command.number)])
    else if (command.kind === 'star-ask-status') {
      if (this.make.dialect === 'star-line') this.say(this.starReport())
    } else if (command.kind === 'ask-change-now') this.say(this.escposReport())
    else if (command.kind === 'drawer-at-once') this.openDrawer()
    else if (command.kind === 'forget') {
      this.waiting = []
      this.say([0x37, 0x25, 0x00])
    } else if (command.kind === 'recover' && command.number === 2 && this.switches.error === 'cutter') {
      this.waiting = []
      this.set({ error: 'none' })
    }
  }

  private usePaper(lines: number): void {
    const { paper_lines } = this.switches
    if (paper_lines !== null && paper_lines > 0) {
      this.switches = { ...this.switches, paper_lines: Math.max(0, paper_lines - lines) }
      if (this.switches.paper_lines === 0) this.tellChange()
    }
  }

  private openDrawer(): void {
    this.switches = { ...this.switches, drawer: 'open' }
    this.tellChange()
  }

  private answerInQueue(number: number): void {
    if (!this.switches.confirms) return
    const drawer = number === 2 || number === 0x32
    this.say([drawer ? (this.switches.drawer === 'open' ? 1 : 0) : this.paperByte()])
  }

  private answerCard(number: number): void {
    if (number === 0x01) return this.say([0x63])
    const text = number === 0x42 ? this.make.maker : number === 0x43 ? this.make.model : ''
    this.say([0x5f, ...new TextEncoder().encode(text), 0x00])
  }

  private tellChange(): void {
    if (this.tells) this.say(this.make.dialect === 'escpos' ? this.escposReport() : this.starReport())
  }

  private say(bytes: readonly number[]): void {
    if (!this.switches.silent) this.onAnswer(Uint8Array.from(bytes))
  }

  private realTime(question: number): number {
    const { cover, paper_lines, paper_low, error, drawer } = this.switches
    const out = paper_lines === 0
    if (question === 1) return 0x12 | (this.blocked ? 0x08 : 0) | (drawer === 'open' ? 0x04 : 0)
    if (question === 2) return 0x12 | (cover === 'open' ? 0x04 : 0) | (out ? 0x20 : 0) | (error === 'none' ? 0 : 0x40)
    if (question === 3) return 0x12 | (error === 'cutter' ? 0x08 : 0) | (error === 'unrecoverable' ? 0x20 : 0)
    return 0x12 | (paper_low || out ? 0x0c : 0) | (out ? 0x60 : 0)
  }

  private escposReport(): number[] {
    const { cover, error, drawer } = this.switches
    const general = (drawer === 'open' ? 0x04 : 0) | (this.blocked ? 0x08 : 0) | (cover === 'open' ? 0x20 : 0)
    const errors = (error === 'cutter' ? 0x08 : 0) | (error === 'unrecoverable' ? 0x20 : 0)
    return [0x10 | general, errors, this.paperByte(), 0x0f]
  }

  private paperByte(): number {
    const { paper_lines, paper_low } = this.switches
    return (paper_low || paper_lines === 0 ? 0x03 : 0) | (paper_lines === 0 ? 0x0c : 0)
  }

  private starReport(): number[] {
    const { cover, error, drawer, paper_lines, paper_low } = this.switches
    const general = (drawer === 'open' ? 0x04 : 0) | (this.blocked ? 0x08 : 0) | (cover === 'open' ? 0x20 : 0)
    const errors = (error === 'cutter' ? 0x08 : 0) | (error === 'unrecoverable' ? 0x20 : 0)
    const paper = (paper_low ? 0x04 : 0) | (paper_lines === 0 ? 0x08 : 0)
    const counter = ((this.blocks_done & 0x18) << 2) | ((this.blocks_done & 0x07) << 1)
    return [0x23, 0x06, general, errors, 0, paper, 0, counter, 0]
  }
}
