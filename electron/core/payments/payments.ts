import type { DeviceView } from '../../../contract/device-view.ts'
import { ok, type Result } from '../../../contract/fault.ts'
import type { TerminalProgress } from '../../../contract/sale-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Clock } from '../../../native/clock.ts'
import { manualTerminal, type ManualTerminal } from '../../../native/terminals/manual-terminal.ts'
import type {
  LastResult, PaymentDetails, PaymentOutcome, PaymentTerminal, TerminalCondition,
} from '../../../native/terminals/payment-terminal.ts'
import type { TerminalAddress } from '../../../native/terminals/terminal-address.ts'
import { zvtTerminal } from '../../../native/terminals/zvt-terminal.ts'
import type { Desk } from '../desk/desk.ts'
import { runSale } from '../desk/run-sale.ts'
import type { Deed, TerminalLink } from '../flows/carry-out.ts'
import type { TerminalSaid, TerminalSignal } from '../flows/sale-state.ts'
import { say } from '../flows/say.ts'
import type { Ground } from '../ground.ts'
import { recordCase } from '../store/evidence.ts'
import { attemptOf, markOf, openAttempts, recordStep, setMark, type Attempt, type AttemptStep } from './attempts.ts'
import { judgeLast } from './judge-last.ts'
import { keepSlip } from './terminal-slip.ts'

/** A terminal that has just come back needs a moment before it can say what it did last. */
const ASK_TRIES = 4
const ASK_AGAIN_MS = 1_500
const WORTH_ASKING_AGAIN: ReadonlySet<string> = new Set(['not-reached', 'not-registered', 'busy', 'lost', 'silent'])

/**
 * The one who asks the card terminal. Every request rests on a row that is durable before it goes out, and is sent at
 * most once; what the terminal answers and what the sale makes of it are one transaction. What nobody knows is asked
 * about, and where the terminal cannot say it either, a person decides.
 */
export class Payments {
  readonly #ground: Ground
  readonly #desk: Desk
  readonly #clock: Clock
  /** Null: cards are taken beside the till. What an earlier set-up left open is for the clerk to decide. */
  readonly #terminal: PaymentTerminal | null
  readonly #manual: ManualTerminal | null
  /** Steps of attempts that this process has begun to work on: none is ever begun twice. */
  readonly #begun = new Set<string>()
  #hadOpen = false
  #turn: Promise<void> = Promise.resolve()
  #progress: TerminalProgress | null = null
  #since: string
  #condition: TerminalCondition
  #closed = false

  constructor(parts: { ground: Ground; desk: Desk; clock: Clock; address: TerminalAddress | null }) {
    const { ground, desk, clock, address } = parts
    this.#ground = ground
    this.#desk = desk
    this.#clock = clock
    this.#manual = address?.kind === 'manual' ? manualTerminal() : null
    this.#terminal = address?.kind === 'zvt' ? zvtTerminal({ ...address, currency: ground.place.currency }, clock) : this.#manual
    this.#since = ground.now()
    this.#condition = this.#terminal?.report().condition ?? 'unknown'
    this.#terminal?.onReport((report) => this.#heard(report.condition))
  }

  /** What was under way when the till went down is asked about before anything else is done. */
  resume(): void {
    for (const attempt of openAttempts(this.#ground.store.reading))
      if (attempt.state === 'asked')
        this.#settle(attempt, { state: 'checking', saidBy: 'till', code: 'interrupted' }, { is: 'checking' })
    this.kick()
  }

  /** There may be something to ask. Never waits, never throws. */
  kick(): void {
    if (this.#closed) return
    const open = openAttempts(this.#ground.store.reading)
    const isOver = this.#hadOpen && open.length === 0
    this.#hadOpen = open.length > 0
    if (isOver) this.#inTurn(() => this.#learnMark())
    for (const attempt of open) {
      const key = `${attempt.id}/${attempt.step}`
      if (attempt.state === 'unknown' || this.#begun.has(key)) continue
      this.#begun.add(key)
      this.#inTurn(() => this.#work(attemptOf(this.#ground.store.reading, attempt.id)))
    }
  }

  /** What a sale may know of the terminal, and tell it at once. */
  link(): (TerminalLink & { readonly progress: TerminalProgress | null }) | null {
    if (this.#terminal === null) return null
    return {
      address: this.#terminal.address,
      byHand: this.#terminal.by_hand,
      progress: this.#progress,
      signal: (signal) => this.#signal(signal),
    }
  }

  devices(): DeviceView[] {
    if (this.#terminal === null) return []
    const report = this.#terminal.report()
    return [{
      deviceId: 'terminal',
      role: 'terminal',
      name: 'Card terminal',
      address: this.#terminal.address,
      state: STATE_OF[report.condition],
      since: this.#since,
      lastEventAt: report.heard_at === null ? null : new Date(report.heard_at).toISOString(),
      events: report.act_count,
      garbled: report.garbled_count,
    }]
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#terminal?.close()
    await this.#turn
  }

  /** One act at a time. A fault of ours leaves the attempt open, to be asked about at the next start, and rings. */
  #inTurn(act: () => Promise<void>): void {
    this.#turn = this.#turn
      .then(() => (this.#closed ? undefined : act()))
      .catch((error: unknown) => {
        console.error('a card payment could not be brought to its end', error)
        this.#desk.raise(say(this.#ground, 'stop', 'card-open'))
      })
  }

  async #work(attempt: Attempt): Promise<void> {
    switch (attempt.state) {
      case 'asked':
        return this.#pay(attempt)
      case 'checking':
        return this.#check(attempt)
      case 'reversing':
        return this.#reverse(attempt)
      default:
        return
    }
  }

  async #pay(attempt: Attempt): Promise<void> {
    if (this.#terminal === null) return
    const amount = { amount_cents: attempt.amount_cents, currency: attempt.currency }
    const outcome = await this.#terminal.pay(amount, (progress) => {
      this.#progress = progress
      this.#desk.changed()
    })
    this.#progress = null
    switch (outcome.outcome) {
      case 'approved':
        return this.#settle(attempt, { state: 'approved', saidBy: this.#speaker, ...detailsOf(outcome.details), slip: outcome.slip }, { is: 'paid' })
      case 'declined':
        return this.#settle(
          attempt,
          { state: 'declined', saidBy: this.#speaker, code: outcome.code, words: outcome.words, slip: outcome.slip },
          { is: 'not-paid', why: outcome.code, words: outcome.words },
        )
      case 'unknown':
        // At closing time the row stays as it is: the next start finds it, and asks.
        if (this.#closed) return
        return this.#settle(attempt, { state: 'checking', saidBy: 'till', code: outcome.why }, { is: 'checking' })
      default:
        return unreachable(outcome)
    }
  }

  async #check(attempt: Attempt): Promise<void> {
    const terminal = this.#terminalOf(attempt)
    const last = terminal === null ? NOBODY_TO_ASK : await this.#askLast(terminal)
    if (this.#closed) return
    const judged = judgeLast(attempt, last)
    switch (judged) {
      case 'paid':
        return this.#settle(attempt, { state: 'approved', saidBy: 'terminal', ...(last.told ? detailsOf(last.details) : {}) }, { is: 'paid' })
      case 'not-paid':
        return this.#settle(attempt, { state: 'declined', saidBy: 'terminal', code: 'not-booked' }, { is: 'not-paid', why: 'not-booked', words: '' })
      case 'unknown':
        return this.#settle(attempt, { state: 'unknown', saidBy: 'till', code: last.told ? 'another-payment' : last.why }, { is: 'unknown' })
      default:
        return unreachable(judged)
    }
  }

  /** The terminal that an attempt was made at, if that is still the one of this till. */
  #terminalOf(attempt: Attempt): PaymentTerminal | null {
    return this.#terminal?.address === attempt.terminal ? this.#terminal : null
  }

  async #askLast(terminal: PaymentTerminal): Promise<LastResult> {
    for (let tries = 1; ; tries++) {
      const last = await terminal.lastResult()
      if (last.told || !WORTH_ASKING_AGAIN.has(last.why) || tries >= ASK_TRIES || this.#closed) return last
      await new Promise<void>((resolve) => void this.#clock.after(ASK_AGAIN_MS, resolve))
    }
  }

  /** A reversal names its receipt, so asking for it once more cannot take the money back twice. */
  async #reverse(attempt: Attempt): Promise<void> {
    const { receipt } = attempt
    const terminal = this.#terminalOf(attempt)
    let outcome: PaymentOutcome | null = null
    if (receipt !== null && terminal !== null && !terminal.by_hand) {
      outcome = await terminal.reverse(receipt)
      if (outcome.outcome === 'unknown' && !this.#closed) outcome = await terminal.reverse(receipt)
    }
    if (this.#closed && outcome?.outcome !== 'approved') return
    const back = outcome?.outcome === 'approved' || (outcome?.outcome === 'declined' && outcome.code === 'already-reversed')
    this.#write(attempt, (deed) => {
      const at = this.#ground.now()
      recordStep(deed.db, attempt, {
        at, state: back ? 'reversed' : 'reversal-unknown', saidBy: back ? 'terminal' : 'till', code: whyOf(outcome),
        receipt: outcome?.outcome === 'approved' ? outcome.details.receipt : null,
      })
      if (outcome?.outcome === 'approved') keepSlip(deed, outcome.slip, outcome.details.receipt, -attempt.amount_cents)
      if (!back)
        recordCase(deed.db, {
          id: this.#ground.newId(), at, kind: 'card-reversal', unitId: null, verdictId: null, quiet: false, seat: this.#ground.seat,
        })
      return ok(null)
    })
    const params = { amount_cents: attempt.amount_cents, currency: attempt.currency }
    this.#desk.raise(say(this.#ground, back ? 'info' : 'stop', back ? 'card-reversed' : 'card-not-reversed', params))
  }

  /** The outcome and what the sale makes of it: one transaction. Money for a sale that does not wait for it goes back. */
  #settle(attempt: Attempt, step: Omit<AttemptStep, 'at'>, said: TerminalSaid['said']): void {
    this.#write(attempt, (deed) => {
      recordStep(deed.db, attempt, { ...step, at: this.#ground.now() })
      keepSlip(deed, step.slip ?? [], step.receipt ?? null, attempt.amount_cents)
      const told = runSale(deed, { do: 'terminal-said', attemptId: attempt.id, said })
      if (!told.ok && said.is === 'paid')
        recordStep(deed.db, attemptOf(deed.db, attempt.id), { state: 'reversing', at: this.#ground.now(), saidBy: 'till', code: 'nobody-waits' })
      return ok(null)
    })
  }

  #write(attempt: Attempt, body: (deed: Deed) => Result<unknown>): void {
    const staff = { staffId: attempt.staff_id, name: attempt.staff_name }
    const done = this.#desk.tellFlow(attempt.flow_id, staff, body)
    if (!done.ok) throw new Error(`payment attempt ${attempt.id} could not be settled: ${done.fault.code}`)
  }

  #signal(signal: TerminalSignal): void {
    if (signal.kind === 'cancel') return this.#terminal?.cancel()
    this.#manual?.answer(signal.paid ? { approved: true, code: signal.code ?? '' } : { approved: false })
  }

  get #speaker(): 'terminal' | 'clerk' {
    return this.#manual === null ? 'terminal' : 'clerk'
  }

  #heard(condition: TerminalCondition): void {
    if (condition === this.#condition || this.#closed) return
    this.#condition = condition
    this.#since = this.#ground.now()
    this.#desk.changed()
    if (condition === 'ready') this.#inTurn(() => this.#learnMark())
  }

  /** Without knowing a terminal's last receipt, nobody could tell tomorrow's lost payment from today's. */
  async #learnMark(): Promise<void> {
    const { store } = this.#ground
    if (this.#terminal === null || this.#manual !== null) return
    const { address } = this.#terminal
    if (markOf(store.reading, address) !== null || openAttempts(store.reading).length > 0) return
    const last = await this.#terminal.lastResult()
    const receipt = last.told ? last.details.receipt : null
    if (receipt !== null) store.write((db) => setMark(db, address, receipt, this.#ground.now()))
  }
}

const NOBODY_TO_ASK: LastResult = { told: false, why: 'cannot-say' }

const detailsOf = (details: PaymentDetails) => ({
  words: details.text, receipt: details.receipt, trace: details.trace, terminalId: details.terminalId,
  cardName: details.cardName, cardEnd: details.cardEnd,
})

function whyOf(outcome: PaymentOutcome | null): string | null {
  if (outcome === null) return 'by-hand'
  return outcome.outcome === 'declined' ? outcome.code : outcome.outcome === 'unknown' ? outcome.why : null
}

const STATE_OF: Readonly<Record<TerminalCondition, DeviceView['state']>> = {
  unknown: 'searching',
  opening: 'opening',
  ready: 'ready',
  'not-registered': 'refused',
  'not-there': 'searching',
  'not-allowed': 'not-allowed',
  busy: 'busy',
  refused: 'refused',
  'no-library': 'no-library',
  lost: 'lost',
  'time-out': 'lost',
  closed: 'closed',
}
