import type { Driver, Effect, Input, Step } from '../driver.ts'
import type { DrawerPulse } from './escpos-commands.ts'
import type { Patience } from './patience.ts'
import type { Doing, Job, PrinterState } from './print-job-state.ts'
import { START, merged, sentOf } from './print-job-state.ts'
import type { PrintOutcome, UnknownWhy } from './print-outcome.ts'
import type { PrinterCommand, PrinterEvent } from './printer-events.ts'
import type { PrinterStatus } from './printer-status.ts'
import { NOTHING_SAID, blockageOf } from './printer-status.ts'
import type { News, PrinterTongue } from './printer-tongue.ts'

/**
 * A long receipt with a logo is some 30 KiB, a shift report of a long day in drawn letters (2 KiB a line) ten times as
 * much and more; a job beyond this is a mistake.
 */
export const JOB_BYTES_MAX = 2 * 1024 * 1024
/** Between two pieces the driver listens, so a printer that runs out of paper is not fed on. */
export const CHUNK_BYTES = 4096
/** Completes a picture that an earlier, broken job left half received: the printer eats zeros as white dots. */
const ZEROS = new Uint8Array(8192)

export interface PrinterDriverOptions {
  readonly tongue: PrinterTongue
  /** False for printers on a one-way line: nothing is asked, and no job is ever `printed`. */
  readonly answers: boolean
  readonly patience: Patience
  /** What the printer said on an earlier line; nothing when not given. */
  readonly known?: PrinterStatus
}

const ASK_AGAIN_MS = 1_000
/** The switch of a drawer needs a moment after the pulse before it tells the truth. */
const DRAWER_LOOK_MS = 300
/** Half a reply that is not completed by then was noise. */
const REPLY_MS = 500

/**
 * The procedure by which a print can be trusted: ask the state, send nothing to a printer that cannot print, send in
 * pieces while listening, and let the printer itself say at the end that it has reached it. One job at a time; a job
 * that comes while another runs is refused as `busy`. Follows receiptio's procedure; what differs is that a printer
 * stopped in mid-job is given time to be mended, since it goes on by itself where it stopped.
 */
export function printerDriver(
  options: PrinterDriverOptions,
): Driver<PrinterState, PrinterCommand, PrinterEvent> {
  return {
    name: `printer-${options.tongue.name}`,
    start: () => ({ ...START, status: options.known ?? NOTHING_SAID }),
    step(state, input): Step<PrinterState, PrinterEvent> {
      const turn = new Turn(options, state)
      turn.take(input)
      return [turn.state, turn.effects]
    },
  }
}

type Timer = 'phase' | 'give-up' | 'send' | 'reply' | 'drawer-look'

/** One step of the driver: gathers the effects while the state moves on. */
class Turn {
  state: PrinterState
  readonly effects: Effect<PrinterEvent>[] = []
  private readonly options: PrinterDriverOptions
  private readonly tongue: PrinterTongue
  private readonly patience: Patience

  constructor(options: PrinterDriverOptions, state: PrinterState) {
    this.options = options
    this.tongue = options.tongue
    this.patience = options.patience
    this.state = state
  }

  take(input: Input<PrinterCommand>): void {
    if (input.kind === 'opened') this.state = { ...START, line: 'open', status: this.state.status }
    else if (input.kind === 'closed') this.closed()
    else if (this.state.line === 'closed') return
    else if (input.kind === 'command') this.command(input.command)
    else if (input.kind === 'bytes') this.bytes(input.bytes)
    else this.woke(input.timer as Timer)
  }

  private closed(): void {
    this.lostLine()
    this.state = { ...START, status: this.state.status }
  }

  /** A job whose first byte has gone out may stand on the paper; before that it surely does not. */
  private lostLine(): void {
    const { doing, job, next } = this.state
    const nothing: PrintOutcome = { outcome: 'not-printed', why: 'lost', begun: false }
    if (next !== null) this.emit({ kind: 'outcome', job: next.id, outcome: nothing })
    this.state = { ...this.state, next: null }
    if (job !== null) this.finish(sentOf(doing) > 0 ? { outcome: 'unknown', why: 'lost' } : nothing)
  }

  private command(command: PrinterCommand): void {
    const free = this.state.doing.at === 'idle'
    switch (command.kind) {
      case 'print':
        return this.print(command.job, command.bytes)
      case 'open-drawer':
        return this.openDrawer(command.pulse, free)
      case 'ask-status':
        if (free && this.options.answers) this.greet(false)
        return
      case 'ask-card':
        if (free && this.tongue.card !== null) this.write(this.tongue.card)
        return
      default:
        return command satisfies never
    }
  }

  private print(id: string, bytes: Uint8Array): void {
    const { doing, job, next } = this.state
    const refuse = (why: 'busy' | 'too-long') =>
      this.emit({ kind: 'outcome', job: id, outcome: { outcome: 'not-printed', why, begun: false } })
    if (job !== null || next !== null) return refuse('busy')
    if (bytes.length > JOB_BYTES_MAX) return refuse('too-long')
    if (doing.at === 'asking') this.state = { ...this.state, next: { id, bytes } }
    else this.begin(id, bytes)
  }

  private begin(id: string, bytes: Uint8Array): void {
    this.state = { ...this.state, job: { id, bytes, tells: false, blocks_before: null } }
    if (this.options.answers) this.greet(false)
    else this.send(0)
  }

  private openDrawer(pulse: DrawerPulse, free: boolean): void {
    if (!free) return this.emit({ kind: 'drawer', result: 'busy' })
    this.write(this.tongue.pulse(pulse))
    if (this.options.answers) this.wake('drawer-look', DRAWER_LOOK_MS)
    this.emit({ kind: 'drawer', result: 'pulsed' })
  }

  private greet(recovered: boolean): void {
    this.ask(0, recovered)
    this.wake('give-up', this.patience.answer_ms + this.patience.silence_ms)
  }

  private ask(question: number, recovered: boolean): void {
    const asked = this.tongue.questions[question]
    if (asked === undefined) return this.greeted(recovered)
    this.state = { ...this.state, doing: { at: 'asking', question, recovered } }
    this.write(asked.bytes)
    this.wake('phase', asked.needed ? this.patience.answer_ms : this.patience.optional_answer_ms)
  }

  /** All questions are through: print only on a printer that can. */
  private greeted(recovered: boolean): void {
    const { job, status } = this.state
    this.wake('give-up', null)
    this.wake('phase', null)
    this.emit({ kind: 'asked', silent: false })
    if (job === null) return this.rest()
    const blockage = blockageOf(status)
    if (blockage === 'error' && !recovered && this.tongue.recover !== null) {
      this.write(this.tongue.recover)
      return this.greet(true)
    }
    if (blockage !== null) return this.finish({ outcome: 'not-printed', why: blockage, begun: false })
    this.become({ at: 'preparing' })
    this.write(this.tongue.prepare)
    this.wake('phase', this.patience.report_ms)
  }

  private prepared(tells: boolean): void {
    const { job, status, blocks_done } = this.state
    this.wake('phase', null)
    if (job === null) return this.rest()
    const blockage = tells ? blockageOf(status) : null
    if (blockage !== null) return this.finish({ outcome: 'not-printed', why: blockage, begun: false })
    this.state = { ...this.state, job: { ...job, tells, blocks_before: blocks_done } }
    this.send(0)
  }

  private send(from: number): void {
    const { job } = this.state
    if (job === null) return
    const chunk = job.bytes.subarray(from, from + CHUNK_BYTES)
    const sent = from + chunk.length
    this.write(chunk)
    this.become({ at: 'sending', sent })
    if (sent < job.bytes.length || !this.options.answers) {
      return this.wake('send', Math.ceil(chunk.length * this.patience.byte_ms))
    }
    this.write(this.tongue.fence)
    this.awaitConfirmation(job)
  }

  private awaitConfirmation(job: Job): void {
    this.become({ at: 'confirming' })
    this.wake('phase', this.patience.confirm_ms + Math.ceil(job.bytes.length * this.patience.byte_ms))
  }

  private bytes(bytes: Uint8Array): void {
    const { rest, doing } = this.state
    const received = new Uint8Array(rest.length + bytes.length)
    received.set(rest)
    received.set(bytes, rest.length)
    const asked =
      doing.at === 'asking' ? doing.question : doing.at === 'asking-after' ? 0 : null
    const read = this.tongue.read(received, asked)
    this.state = { ...this.state, rest: read.rest }
    this.wake('reply', read.rest.length > 0 ? REPLY_MS : null)
    for (const news of read.news) this.hear(news)
  }

  private hear(news: News): void {
    switch (news.kind) {
      case 'answer':
        this.learn(news.status)
        return this.answered()
      case 'change':
        this.state = { ...this.state, blocks_done: news.blocks_done ?? this.state.blocks_done }
        this.learn(news.status)
        return this.changed()
      case 'reached':
        if (news.paper !== null) this.learn({ paper: news.paper })
        return this.reached()
      case 'text':
        return this.emit({ kind: 'card', text: news.text })
      case 'noise':
        return this.emit({ kind: 'garbled', bytes: news.bytes, why: 'not an answer of a printer' })
      default:
        return news satisfies never
    }
  }

  private learn(status: Partial<PrinterStatus>): void {
    this.state = { ...this.state, status: merged(this.state.status, status) }
    this.emit({ kind: 'status', status: this.state.status })
  }

  private answered(): void {
    const { doing, job, status } = this.state
    if (doing.at === 'asking') return this.ask(doing.question + 1, doing.recovered)
    if (doing.at !== 'asking-after' || job === null) return
    const blockage = blockageOf(status)
    if (doing.reached) {
      return this.finish(
        blockage === null ? { outcome: 'printed', paper: status.paper } : { outcome: 'unknown', why: blockage },
      )
    }
    if (blockage === null) return this.finish({ outcome: 'unknown', why: 'unconfirmed' })
    this.mend(job.bytes.length)
  }

  /** The printer told its state by itself. */
  private changed(): void {
    const { doing, job, status, blocks_done } = this.state
    const blocked = blockageOf(status) !== null
    if (doing.at === 'preparing') return this.prepared(true)
    if (job === null) return
    if (doing.at === 'confirming' && job.blocks_before !== null && blocks_done !== job.blocks_before) {
      return this.reached()
    }
    if (doing.at === 'sending' && blocked) return this.mend(doing.sent)
    if (doing.at === 'confirming' && blocked) return this.mend(job.bytes.length)
    if (doing.at === 'mending' && !blocked) this.mended(job, doing.sent)
  }

  private mend(sent: number): void {
    this.wake('send', null)
    this.become({ at: 'mending', sent })
    this.wake('phase', this.patience.mend_ms)
  }

  private mended(job: Job, sent: number): void {
    this.wake('phase', null)
    if (sent < job.bytes.length) this.send(sent)
    else this.awaitConfirmation(job)
  }

  /** The printer says that it has processed everything up to the fence. */
  private reached(): void {
    const { doing, job, status } = this.state
    if (job === null) return
    const blockage = blockageOf(status)
    if (doing.at === 'asking-after') return this.become({ at: 'asking-after', reached: true })
    const atFence =
      doing.at === 'confirming' || (doing.at === 'mending' && doing.sent === job.bytes.length)
    if (!atFence) return
    // Some clones answer at once, also without paper: what they say beside it decides.
    if (blockage !== null) return this.finish({ outcome: 'unknown', why: blockage })
    if (job.tells) return this.finish({ outcome: 'printed', paper: status.paper })
    this.askAfter(true)
  }

  private askAfter(reached: boolean): void {
    this.become({ at: 'asking-after', reached })
    this.write(this.tongue.questions[0]!.bytes)
    this.wake('phase', this.patience.answer_ms)
  }

  private woke(timer: Timer): void {
    switch (timer) {
      case 'phase':
        return this.tooLate()
      case 'give-up':
        return this.silent()
      case 'send':
        return this.sendOn()
      case 'reply':
        return this.dropRest()
      case 'drawer-look':
        if (this.state.doing.at === 'idle') this.ask(this.tongue.drawer_question, false)
        return
      default:
        return timer satisfies never
    }
  }

  private sendOn(): void {
    const { doing, job } = this.state
    if (doing.at !== 'sending' || job === null) return
    if (doing.sent < job.bytes.length) this.send(doing.sent)
    else this.finish({ outcome: 'unknown', why: 'one-way' })
  }

  private dropRest(): void {
    const { rest } = this.state
    if (rest.length === 0) return
    this.state = { ...this.state, rest: new Uint8Array(0) }
    this.emit({ kind: 'garbled', bytes: rest, why: 'the answer was cut off' })
  }

  /** What was awaited in this phase did not come. */
  private tooLate(): void {
    const { doing, status } = this.state
    switch (doing.at) {
      case 'asking':
        return this.askAgain(doing)
      case 'preparing':
        return this.prepared(false)
      case 'confirming':
        return this.askAfter(false)
      case 'mending':
        return this.giveUpMending(blockageOf(status) ?? 'offline')
      case 'asking-after': {
        const why: UnknownWhy = doing.reached ? 'unconfirmed' : 'silent'
        return this.finish({ outcome: 'unknown', why })
      }
      case 'idle':
      case 'sending':
        return
      default:
        return doing satisfies never
    }
  }

  private askAgain(doing: Doing & { at: 'asking' }): void {
    const question = this.tongue.questions[doing.question]
    if (question === undefined || !question.needed) return this.ask(doing.question + 1, doing.recovered)
    // Only for a job: nobody wants 8 KiB of zeros sent to a printer that is switched off, every few seconds.
    if (this.state.job === null) return this.silent()
    this.write(ZEROS)
    this.write(question.bytes)
    this.wake('phase', ASK_AGAIN_MS)
  }

  private silent(): void {
    if (this.state.doing.at !== 'asking') return
    this.wake('give-up', null)
    this.wake('phase', null)
    this.emit({ kind: 'asked', silent: true })
    if (this.state.job === null) this.rest()
    else this.finish({ outcome: 'not-printed', why: 'silent', begun: false })
  }

  /** Without this the printer would print the rest when somebody puts in paper tomorrow. */
  private giveUpMending(why: ReturnType<typeof blockageOf> & string): void {
    if (this.tongue.forget !== null) this.write(this.tongue.forget)
    this.finish({ outcome: 'not-printed', why, begun: true })
  }

  private finish(outcome: PrintOutcome): void {
    const { job } = this.state
    for (const timer of ['phase', 'give-up', 'send'] as const) this.wake(timer, null)
    this.state = { ...this.state, job: null }
    if (job !== null) this.emit({ kind: 'outcome', job: job.id, outcome })
    this.rest()
  }

  private rest(): void {
    const { next } = this.state
    this.become({ at: 'idle' })
    if (next === null) return
    this.state = { ...this.state, next: null }
    this.begin(next.id, next.bytes)
  }

  private become(doing: Doing): void {
    this.state = { ...this.state, doing }
  }

  private write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.effects.push({ kind: 'write', bytes })
  }

  private emit(event: PrinterEvent): void {
    this.effects.push({ kind: 'emit', event })
  }

  private wake(timer: Timer, after_ms: number | null): void {
    this.effects.push({ kind: 'wake', timer, after_ms })
  }
}
