import type { Clock } from '../clock.ts'
import type { Running } from '../run-driver.ts'
import { runDriver } from '../run-driver.ts'
import type { Transport, TransportTrouble } from '../transport.ts'
import { TransportFault } from '../transport.ts'
import type { DrawerPulse } from './escpos-commands.ts'
import type { Patience } from './patience.ts'
import { PATIENCE } from './patience.ts'
import { printerDriver } from './print-job.ts'
import type { PrintOutcome } from './print-outcome.ts'
import type { Blockage, PrinterStatus } from './printer-status.ts'
import { NOTHING_SAID, blockageOf } from './printer-status.ts'
import type { PrinterCommand, PrinterEvent } from './printer-events.ts'
import type { PrinterAddress } from './printer-address.ts'
import { byteTime, printerTransport } from './printer-address.ts'
import { tongueOf } from './printer-tongue.ts'

export interface PrinterOptions {
  readonly dialect: 'escpos' | 'star-line'
  /** False for printers on a one-way line. */
  readonly answers?: boolean
  /**
   * `per-job` closes the line after each act, so that several tills can share a network printer; `open` keeps it, and
   * the printer can tell a change at once. Network printers are `per-job` when not said, all others `open`.
   */
  readonly hold?: 'per-job' | 'open'
  readonly patience?: Partial<Patience>
  /** How often an idle printer is asked for its state; 0 never asks. */
  readonly watch_ms?: number
  /** How often a line that another till holds is tried again, every 300 ms. */
  readonly tries_max?: number
  /** The level of the drawer's switch when it stands open, learned at set-up. */
  readonly drawer_open_when?: 'high' | 'low'
  /** Takes the place of the line that the address means: a tape, or another machine's printer. */
  readonly transport?: Transport
}

export type PrinterCondition = 'unknown' | 'ready' | 'paper-low' | Blockage | 'silent' | TransportTrouble | 'closed'

export interface PrinterReport {
  readonly condition: PrinterCondition
  readonly status: PrinterStatus
  readonly drawer: 'open' | 'closed' | 'unknown'
  /** When it last said something, by the clock handed in; null: never. */
  readonly heard_at: number | null
}

export interface Printer {
  /** `tcp://10.0.0.7:9100`, as the health page shows it. */
  readonly address: string
  /** Prints one job and tells what became of it. Never rejects, never prints a job twice. Jobs wait for each other. */
  print(bytes: Uint8Array): Promise<PrintOutcome>
  status(): PrinterReport
  /** Calls back at every change of the report; the returned function ends that. */
  onStatus(call: (report: PrinterReport) => void): () => void
  /** Asks now, and tells what came of it. */
  askStatus(): Promise<PrinterReport>
  /** Maker and model as it names itself; null where it does not answer, as many do not. Ask when idle. */
  askCard(): Promise<{ readonly maker: string; readonly model: string } | null>
  /** `resting`: not within a second of the last pulse, or the coil burns. Otherwise why it could not be asked. */
  openDrawer(pulse: DrawerPulse): Promise<'pulsed' | 'resting' | 'busy' | TransportTrouble | 'closed'>
  /** Ends a running job as it stands, and the line. */
  close(): Promise<void>
}

const WATCH_MS = 10_000
const TRIES_MAX = 10
const TRY_AGAIN_MS = 300
/** A network printer needs a moment between two connections. */
const BETWEEN_JOBS_MS = 200
const DRAWER_REST_MS = 1_000
/** Ends the wait for a round of questions that nothing else ends, as when the line was opened for one pulse. */
const ASKED_MS_MAX = 15_000

/** Opens a printer for good: the line itself is opened when it is needed, and again after it was lost. */
export function openPrinter(address: PrinterAddress, options: PrinterOptions, clock: Clock): Printer {
  return new OpenPrinter(address, options, clock)
}

class OpenPrinter implements Printer {
  readonly address: string
  private readonly transport: Transport
  private readonly options: PrinterOptions
  private readonly clock: Clock
  private readonly patience: Patience
  private readonly hold: 'per-job' | 'open'
  private readonly listeners = new Set<(report: PrinterReport) => void>()
  private report: PrinterReport = { condition: 'unknown', status: NOTHING_SAID, drawer: 'unknown', heard_at: null }
  private running: Running<PrinterCommand> | null = null
  /** One act at a time: the tail of the queue. */
  private turn: Promise<unknown> = Promise.resolve()
  private waiting = 0
  private awaited: ((event: PrinterEvent | { readonly kind: 'gone' }) => void) | null = null
  private drawer_rests = false
  private closed = false
  private jobs = 0
  private stopWatch: () => void = () => {}

  constructor(address: PrinterAddress, options: PrinterOptions, clock: Clock) {
    this.transport = options.transport ?? printerTransport(address)
    this.address = this.transport.address
    this.options = options
    this.clock = clock
    this.patience = { ...PATIENCE, byte_ms: byteTime(address), ...options.patience }
    // A document of the spooler ends with its line: one line a receipt.
    this.hold = options.hold ?? (address.kind === 'tcp' || address.kind === 'spool' ? 'per-job' : 'open')
    if (options.watch_ms !== 0 && options.answers !== false) this.watch(0)
  }

  status(): PrinterReport {
    return this.report
  }

  onStatus(call: (report: PrinterReport) => void): () => void {
    this.listeners.add(call)
    return () => void this.listeners.delete(call)
  }

  print(bytes: Uint8Array): Promise<PrintOutcome> {
    return this.inTurn(async () => {
      for (let tries = 1; ; tries++) {
        const outcome = await this.printOnce(bytes)
        if (tries >= (this.options.tries_max ?? TRIES_MAX) || !worthAnotherTry(outcome)) return outcome
        await this.letGo()
        await this.pause(TRY_AGAIN_MS)
      }
    })
  }

  askStatus(): Promise<PrinterReport> {
    return this.inTurn(async () => {
      if (this.options.answers === false) return this.report
      const trouble = await this.ensureOpen()
      if (trouble === null) await this.awaitEvent(() => this.running?.command({ kind: 'ask-status' }), isAsked)
      return this.report
    })
  }

  askCard(): Promise<{ readonly maker: string; readonly model: string } | null> {
    return this.inTurn(async () => {
      if (this.options.answers === false || (await this.ensureOpen()) !== null) return null
      const texts: string[] = []
      const all = await this.awaitEvent(
        () => this.running?.command({ kind: 'ask-card' }),
        (event) => (event.kind === 'card' && texts.push(event.text) === 2 ? true : null),
        this.patience.answer_ms,
      )
      const [maker, model] = texts
      return all === null || maker === undefined || model === undefined ? null : { maker, model }
    })
  }

  openDrawer(pulse: DrawerPulse): Promise<'pulsed' | 'resting' | 'busy' | TransportTrouble | 'closed'> {
    return this.inTurn(async () => {
      if (this.drawer_rests) return 'resting'
      const trouble = await this.ensureOpen()
      if (trouble !== null) return trouble
      const pulsed = await this.awaitEvent(
        () => this.running?.command({ kind: 'open-drawer', pulse }),
        (event) => (event.kind === 'drawer' ? event.result : null),
      )
      if (pulsed === 'pulsed') {
        this.drawer_rests = true
        this.clock.after(DRAWER_REST_MS, () => (this.drawer_rests = false))
        // The driver looks at the drawer's switch by itself; the line must stand until that is answered.
        if (this.options.answers !== false) await this.awaitEvent(() => {}, isAsked)
        else await this.pause(BETWEEN_JOBS_MS)
      }
      return pulsed ?? 'lost'
    })
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    this.stopWatch()
    const running = this.running
    this.running = null
    await running?.stop()
    this.awaited?.({ kind: 'gone' })
    await this.turn
    this.tell({ condition: 'closed' })
    this.listeners.clear()
  }

  private inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
    this.waiting++
    const result = this.turn.then(act)
    // Whoever asked gets the answer at once; the next one waits until the line is free again.
    this.turn = result.catch(() => undefined).then(() => this.letGo()).then(() => void this.waiting--)
    return result
  }

  private async printOnce(bytes: Uint8Array): Promise<PrintOutcome> {
    const trouble = await this.ensureOpen()
    if (trouble !== null) return { outcome: 'not-printed', why: trouble, begun: false }
    const job = `job-${++this.jobs}`
    const outcome = await this.awaitEvent(
      () => this.running?.command({ kind: 'print', job, bytes }),
      (event) => (event.kind === 'outcome' && event.job === job ? event.outcome : null),
      null,
    )
    // The driver answers every job, at the latest when the line ends; without a driver nothing was sent.
    return outcome ?? { outcome: 'not-printed', why: 'lost', begun: false }
  }

  private async ensureOpen(): Promise<TransportTrouble | 'closed' | null> {
    if (this.closed) return 'closed'
    if (this.running !== null) return null
    const { dialect, answers } = this.options
    const driver = printerDriver({
      tongue: tongueOf(dialect),
      answers: answers ?? true,
      patience: this.patience,
      known: this.report.status,
    })
    try {
      const running: Running<PrinterCommand> = await runDriver({
        driver,
        transport: this.transport,
        clock: this.clock,
        on: { event: (event) => this.hear(event), gone: () => this.lineGone() },
      })
      if (this.closed) await running.stop()
      else this.running = running
      return this.closed ? 'closed' : null
    } catch (error) {
      if (!(error instanceof TransportFault)) throw error
      this.tell({ condition: error.trouble })
      return error.trouble
    }
  }

  private async letGo(): Promise<void> {
    const running = this.running
    if (this.hold === 'open' || running === null) return
    this.running = null
    await running.stop()
    await this.pause(BETWEEN_JOBS_MS)
  }

  private lineGone(): void {
    this.running = null
    this.tell({ condition: 'lost' })
    this.awaited?.({ kind: 'gone' })
  }

  private hear(event: PrinterEvent): void {
    if (event.kind === 'status') {
      const condition = blockageOf(event.status) ?? (event.status.paper === 'low' ? 'paper-low' : 'ready')
      this.tell({ condition, status: event.status, heard_at: this.clock.now() })
    }
    if (event.kind === 'asked' && event.silent) this.tell({ condition: 'silent' })
    this.awaited?.(event)
  }

  private tell(news: Partial<PrinterReport>): void {
    const before = this.report
    const status = news.status ?? before.status
    const drawer = this.drawerOf(status)
    this.report = { ...before, ...news, status, drawer }
    const same = before.condition === this.report.condition && before.drawer === drawer && sameStatus(before, status)
    if (!same) for (const call of this.listeners) call(this.report)
  }

  private drawerOf(status: PrinterStatus): PrinterReport['drawer'] {
    const { drawer_open_when } = this.options
    if (drawer_open_when === undefined || status.drawer_pin_high === null) return 'unknown'
    return status.drawer_pin_high === (drawer_open_when === 'high') ? 'open' : 'closed'
  }

  /** Waits for the event that `pick` takes; null when the line ends first, or when it does not come in time. */
  private awaitEvent<Wanted>(
    begin: () => void,
    pick: (event: PrinterEvent) => Wanted | null,
    ms_max: number | null = ASKED_MS_MAX,
  ): Promise<Wanted | null> {
    return new Promise((resolve) => {
      const done = (wanted: Wanted | null) => {
        this.awaited = null
        cancel()
        resolve(wanted)
      }
      const cancel = ms_max === null ? () => {} : this.clock.after(ms_max, () => done(null))
      this.awaited = (event) => {
        const wanted = event.kind === 'gone' ? null : pick(event)
        if (wanted !== null || event.kind === 'gone') done(wanted)
      }
      if (this.running === null) return done(null)
      begin()
    })
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.clock.after(ms, resolve))
  }

  /** Looks at an idle printer, now and then for ever; a job that runs tells more than any question. */
  private watch(after_ms: number): void {
    this.stopWatch = this.clock.after(after_ms, () => {
      const asked = this.waiting > 0 ? Promise.resolve() : this.askStatus().then(() => undefined)
      void asked.then(() => (this.closed ? undefined : this.watch(this.options.watch_ms ?? WATCH_MS)))
    })
  }
}

function isAsked(event: PrinterEvent): true | null {
  return event.kind === 'asked' ? true : null
}

function sameStatus(before: PrinterReport, status: PrinterStatus): boolean {
  const was = before.status
  return (
    was.online === status.online &&
    was.cover === status.cover &&
    was.paper === status.paper &&
    was.error === status.error &&
    was.drawer_pin_high === status.drawer_pin_high
  )
}

/** Another till may hold the printer for the length of its receipt. Nothing of ours was sent in these cases. */
function worthAnotherTry(outcome: PrintOutcome): boolean {
  return (
    outcome.outcome === 'not-printed' && !outcome.begun && ['refused', 'busy', 'lost'].includes(outcome.why)
  )
}
