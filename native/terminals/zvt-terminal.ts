import type { Clock } from '../clock.ts'
import type { Running } from '../run-driver.ts'
import { runDriver } from '../run-driver.ts'
import type { Transport } from '../transport.ts'
import { TransportFault } from '../transport.ts'
import { tcp } from '../transports/tcp.ts'
import { currencyNumber } from './currencies.ts'
import type {
  Amount, LastResult, PaymentOutcome, PaymentTerminal, TerminalProgress, TerminalReport,
} from './payment-terminal.ts'
import { zvtDriver } from './zvt-driver.ts'
import type { ActAnswer, TerminalAct, ZvtCommandFromTill, ZvtEvent, ZvtPatience } from './zvt-state.ts'
import { ZVT_PATIENCE } from './zvt-state.ts'

export interface ZvtTerminalOptions {
  readonly host: string
  readonly port: number
  /** The currency of the shop; an amount in another one is declined before anything is sent. */
  readonly currency: string
  readonly password?: string
  readonly patience?: Partial<ZvtPatience>
  /** How often a terminal that is away is looked for; 0 never does. */
  readonly watch_ms?: number
  /** Takes the place of the TCP line: a tape, or a test. */
  readonly transport?: Transport
  /** What stands for this terminal in the books, where it is not reached by host and port. */
  readonly address?: string
}

const WATCH_MS = 5_000
/** ZVT amounts have twelve digits. */
const AMOUNT_MAX = 999_999_999_999

/** A terminal that speaks ZVT over TCP. The line is opened at once, kept, and opened again when it was lost. */
export function zvtTerminal(options: ZvtTerminalOptions, clock: Clock): PaymentTerminal {
  return new ZvtTerminal(options, clock)
}

interface Waiting {
  readonly id: string
  readonly progress: (progress: TerminalProgress) => void
  readonly settle: (answer: ActAnswer) => void
}

const declined = (code: Extract<PaymentOutcome, { outcome: 'declined' }>['code']): PaymentOutcome => ({
  outcome: 'declined', code, words: '', slip: [],
})

class ZvtTerminal implements PaymentTerminal {
  readonly address: string
  readonly by_hand = false
  private readonly options: ZvtTerminalOptions
  private readonly clock: Clock
  private readonly transport: Transport
  private readonly listeners = new Set<(report: TerminalReport) => void>()
  private state: TerminalReport = { condition: 'unknown', heard_at: null, act_count: 0, garbled_count: 0 }
  private running: Running<ZvtCommandFromTill> | null = null
  private line: { ended: boolean } | null = null
  private opening: Promise<void> | null = null
  private waiting: Waiting | null = null
  private acts = 0
  private closed = false
  private stopWatch: () => void = () => {}

  constructor(options: ZvtTerminalOptions, clock: Clock) {
    this.options = options
    this.clock = clock
    const { host, port } = options
    this.address = options.address ?? `zvt://${host.includes(':') ? `[${host}]` : host}:${port}`
    this.transport = options.transport ?? tcp({ host, port })
    if (options.watch_ms !== 0) this.watch(0)
  }

  pay(amount: Amount, on: (progress: TerminalProgress) => void = () => {}): Promise<PaymentOutcome> {
    return this.money({ do: 'pay', amount_cents: amount.amount_cents }, amount, on)
  }

  refund(amount: Amount, on: (progress: TerminalProgress) => void = () => {}): Promise<PaymentOutcome> {
    return this.money({ do: 'refund', amount_cents: amount.amount_cents }, amount, on)
  }

  reverse(receipt: number): Promise<PaymentOutcome> {
    const isReceipt = Number.isInteger(receipt) && receipt >= 0 && receipt <= 9_999
    if (!isReceipt) return Promise.resolve(declined('no-such-receipt'))
    return this.money({ do: 'reverse', receipt }, null, () => {})
  }

  async status(): Promise<TerminalReport> {
    await this.money({ do: 'status' }, null, () => {})
    return this.state
  }

  endOfDay(): Promise<PaymentOutcome> {
    return this.money({ do: 'end-of-day' }, null, () => {})
  }

  async lastResult(): Promise<LastResult> {
    const answer = await this.act({ do: 'last-result' }, () => {})
    if (answer.of === 'last') return answer.last
    return { told: false, why: answer.outcome.outcome === 'declined' ? answer.outcome.code : 'cannot-say' }
  }

  cancel(): void {
    this.running?.command({ kind: 'cancel' })
  }

  report(): TerminalReport {
    return this.state
  }

  onReport(call: (report: TerminalReport) => void): () => void {
    this.listeners.add(call)
    return () => void this.listeners.delete(call)
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    this.stopWatch()
    await this.opening
    await this.letGo()
    this.tell({ condition: 'closed' })
    this.listeners.clear()
  }

  private async money(
    act: TerminalAct,
    amount: Amount | null,
    on: (progress: TerminalProgress) => void,
  ): Promise<PaymentOutcome> {
    if (amount !== null) {
      const { amount_cents, currency } = amount
      if (currency !== this.options.currency) return declined('wrong-currency')
      if (!Number.isInteger(amount_cents) || amount_cents <= 0 || amount_cents > AMOUNT_MAX) return declined('limit')
    }
    const answer = await this.act(act, on)
    return answer.of === 'money' ? answer.outcome : { outcome: 'unknown', why: 'contradiction' }
  }

  private async act(act: TerminalAct, progress: (progress: TerminalProgress) => void): Promise<ActAnswer> {
    if (this.waiting !== null) return { of: 'money', outcome: declined('busy') }
    const isOldLine = this.running !== null || this.opening !== null
    const answer = await this.askOnce(act, progress)
    // The watch may have logged on while the terminal did not hear yet. Of the act itself nothing was sent then, so a
    // line of its own is tried before anybody is told that the terminal does not let this till in.
    if (!isOldLine || !isNotRegistered(answer) || this.closed) return answer
    await this.letGo()
    return this.askOnce(act, progress)
  }

  private async askOnce(act: TerminalAct, progress: (progress: TerminalProgress) => void): Promise<ActAnswer> {
    const id = `act-${++this.acts}`
    const answered = new Promise<ActAnswer>((settle) => (this.waiting = { id, progress, settle }))
    this.tell({ act_count: this.acts })
    await this.ensureOpen()
    // The line may have ended again in the very moment it was opened.
    if (this.running !== null) this.running.command({ kind: 'ask', id, act })
    else this.settle(id, { of: 'money', outcome: declined('not-reached') })
    const answer = await answered
    // What comes late must not be taken for the answer to the next question: the line is opened afresh.
    if (isUnclear(answer)) await this.letGo()
    return answer
  }

  private settle(id: string, answer: ActAnswer): void {
    const { waiting } = this
    if (waiting === null || waiting.id !== id) return
    this.waiting = null
    waiting.settle(answer)
  }

  private ensureOpen(): Promise<void> {
    if (this.closed || this.running !== null) return Promise.resolve()
    this.opening ??= this.open().finally(() => (this.opening = null))
    return this.opening
  }

  private async open(): Promise<void> {
    const currency = currencyNumber(this.options.currency)
    if (currency === null) return
    const driver = zvtDriver({
      password: this.options.password ?? '000000',
      currency,
      patience: { ...ZVT_PATIENCE, ...this.options.patience },
    })
    if (this.state.condition === 'unknown') this.tell({ condition: 'opening' })
    const line = { ended: false }
    try {
      const running = await runDriver({
        driver,
        transport: this.transport,
        clock: this.clock,
        on: { event: (event) => this.hear(event), gone: () => this.gone(line) },
      })
      if (line.ended) return
      this.line = line
      this.running = running
    } catch (error) {
      if (!(error instanceof TransportFault)) throw error
      this.tell({ condition: error.trouble })
    }
  }

  private hear(event: ZvtEvent): void {
    switch (event.kind) {
      case 'ready':
        return this.tell({ condition: 'ready', heard_at: this.clock.now() })
      case 'not-registered':
        this.tell({ condition: 'not-registered', heard_at: this.clock.now() })
        void this.letGo()
        return
      case 'progress':
        if (this.waiting?.id === event.id) this.waiting.progress(event.progress)
        return
      case 'answer':
        this.tell({ heard_at: this.clock.now() })
        return this.settle(event.id, event.answer)
      case 'garbled':
        return this.tell({ garbled_count: this.state.garbled_count + 1 })
      default:
        return event satisfies never
    }
  }

  private gone(line: { ended: boolean }): void {
    line.ended = true
    if (this.line === line) this.running = null
    this.tell({ condition: 'lost' })
  }

  private async letGo(): Promise<void> {
    const { running } = this
    this.running = null
    await running?.stop()
  }

  private tell(news: Partial<TerminalReport>): void {
    const before = this.state
    this.state = { ...before, ...news }
    const changed = (Object.keys(news) as (keyof TerminalReport)[]).some((key) => before[key] !== this.state[key])
    if (changed) for (const call of this.listeners) call(this.state)
  }

  /** A terminal that is away is looked for again and again, so that the counter knows before a customer waits. */
  private watch(after_ms: number): void {
    this.stopWatch = this.clock.after(after_ms, () => {
      const looked = this.waiting === null ? this.ensureOpen() : Promise.resolve()
      void looked.then(() => (this.closed ? undefined : this.watch(this.options.watch_ms ?? WATCH_MS)))
    })
  }
}

const isNotRegistered = (answer: ActAnswer): boolean =>
  answer.of === 'money' ? answer.outcome.outcome === 'declined' && answer.outcome.code === 'not-registered' : !answer.last.told && answer.last.why === 'not-registered'

const isUnclear = (answer: ActAnswer): boolean =>
  answer.of === 'money'
    ? answer.outcome.outcome === 'unknown'
    : !answer.last.told && (answer.last.why === 'silent' || answer.last.why === 'lost')
