import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { TerminalProgress } from '../../../contract/sale-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Clock } from '../../../native/clock.ts'
import type { LastResult, PaymentDetails, PaymentOutcome, PaymentTerminal } from '../../../native/terminals/payment-terminal.ts'
import type { Desk } from '../desk/desk.ts'
import type { TerminalSetting } from '../devices/device-settings.ts'
import type { Deed, TerminalLink } from '../flows/deed.ts'
import type { TerminalSaid, TerminalSignal } from '../flows/sale-state.ts'
import { say } from '../flows/say.ts'
import type { Ground } from '../ground.ts'
import { attemptOf, markOf, openAttempts, othersSince, recordStep, setMark, type Attempt, type AttemptStep } from './attempts.ts'
import { openCardCase } from './card-case.ts'
import { recordDayEnd } from './day-ends.ts'
import { judgeLast } from './judge-last.ts'
import { NOBODY } from './nobody.ts'
import { TerminalMachine } from './terminal-machine.ts'
import { keepSlip, slipNumber } from './terminal-slip.ts'

/** A terminal that has just come back needs a moment before it can say what it did last. */
const ASK_TRIES = 4
const ASK_AGAIN_MS = 1_500
const WORTH_ASKING_AGAIN: ReadonlySet<string> = new Set(['not-reached', 'not-registered', 'busy', 'lost', 'silent'])

/** The flow that waits for a card hears what became of it; a refusal says that it does not wait any more. */
export type FlowTold = (deed: Deed, told: TerminalSaid) => Result<unknown>

/**
 * The one who asks the card terminal. Every request rests on a row that is durable before it goes out, and is sent at
 * most once; what the terminal answers and what the sale makes of it are one transaction. What nobody knows is asked
 * about, and where the terminal cannot say it either, a person decides.
 */
export class Payments {
  readonly #ground: Ground
  readonly #desk: Desk
  readonly #clock: Clock
  readonly #tell: FlowTold
  readonly machine: TerminalMachine
  /** Steps of attempts that this process has begun to work on: none is ever begun twice. */
  readonly #begun = new Set<string>()
  #hadOpen = false
  #turn: Promise<void> = Promise.resolve()
  #progress: TerminalProgress | null = null
  #closed = false

  /** `setting` null: cards are taken beside the till. What an earlier set-up left open is for the clerk to decide. */
  constructor(parts: {
    ground: Ground
    desk: Desk
    clock: Clock
    setting: TerminalSetting | null
    canForget: boolean
    tell: FlowTold
  }) {
    const { ground, desk, clock, setting } = parts
    this.#ground = ground
    this.#desk = desk
    this.#clock = clock
    this.#tell = parts.tell
    this.machine = new TerminalMachine({
      ground,
      clock,
      on: {
        changed: () => (this.#closed ? undefined : desk.changed()),
        ready: () => (this.#closed ? undefined : this.#inTurn(() => this.#learnMark())),
      },
    })
    if (setting !== null) this.machine.use(setting, parts.canForget)
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

  /** What a flow may know of the terminal, and tell it at once. */
  link(): (TerminalLink & { readonly progress: TerminalProgress | null }) | null {
    const { terminal } = this.machine
    if (terminal === null) return null
    return {
      address: terminal.address,
      byHand: terminal.by_hand,
      progress: this.#progress,
      signal: (signal) => this.#signal(signal),
    }
  }

  /** Puts another terminal in the place of the one before, or none. Refuses while a payment is not at its end. */
  async change(setting: TerminalSetting | null): Promise<Result<null>> {
    if (openAttempts(this.#ground.store.reading).length > 0) return refused('open-work', { payments: 1 })
    await this.machine.forget()
    if (setting !== null) this.machine.use(setting, true)
    this.#desk.changed()
    return ok(null)
  }

  /**
   * The terminal's end of day, with its slip as a paper. Refuses where there is no terminal with a line, and while a
   * payment is not at its end. One that was lost on the way may be asked for again: a day ends once.
   */
  async endOfDay(): Promise<Result<null>> {
    const { terminal } = this.machine
    if (terminal === null || terminal.by_hand) return refused('no-such-device')
    if (openAttempts(this.#ground.store.reading).length > 0) return refused('open-work', { payments: 1 })
    const outcome = await this.#beside('end-of-day', () => terminal.endOfDay())
    return this.#desk.act('', (deed) => {
      const lines = 'slip' in outcome ? outcome.slip : []
      const at = this.#ground.now()
      recordDayEnd(deed.db, {
        id: this.#ground.newId(), terminal: terminal.address, at, outcome: DAY_END_OF[outcome.outcome],
        code: whyOf(outcome), document_id: keepSlip(deed, { lines, number: `E-${at.slice(0, 16)}`, amount_cents: 0 }),
        staff_id: deed.staff?.staffId ?? NOBODY, staff_name: deed.staff?.name ?? this.#ground.till.name,
      })
      return ok(null)
    }).ok ? ok(null) : refused('storage')
  }

  /** Asks the terminal whether it can be spoken to, or what its last transaction was; the health page shows it. */
  async ask(what: 'status' | 'last'): Promise<Result<null>> {
    const { terminal } = this.machine
    if (terminal === null || terminal.by_hand) return refused('no-such-device')
    if (what === 'status') await this.#beside(what, () => terminal.status())
    else this.machine.told(await this.#beside(what, () => terminal.lastResult()))
    return ok(null)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.machine.forget()
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
        return this.#ask(attempt)
      case 'checking':
        return this.#check(attempt)
      case 'reversing':
        return this.#reverse(attempt)
      default:
        return
    }
  }

  /** Behind whatever the terminal is doing, as one act among them. */
  #beside<Answer>(what: 'end-of-day' | 'status' | 'last', act: () => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#inTurn(() => this.machine.during(what, act).then(resolve, reject))
    })
  }

  async #ask(attempt: Attempt): Promise<void> {
    const terminal = this.#terminalOf(attempt)
    if (terminal === null) return
    const outcome = await this.#requested(attempt, terminal)
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

  #requested(attempt: Attempt, terminal: PaymentTerminal): Promise<PaymentOutcome> {
    const amount = { amount_cents: attempt.amount_cents, currency: attempt.currency }
    const progress = (progress: TerminalProgress): void => {
      this.#progress = progress
      this.#desk.changed()
    }
    if (attempt.way === null) return terminal.pay(amount, progress)
    return attempt.of_receipt === null ? terminal.refund(amount, progress) : terminal.reverse(attempt.of_receipt)
  }

  async #check(attempt: Attempt): Promise<void> {
    const terminal = this.#terminalOf(attempt)
    const last = terminal === null ? NOBODY_TO_ASK : await this.#askLast(terminal)
    if (this.#closed) return
    const judged = judgeLast({ ...attempt, othersSince: othersSince(this.#ground.store.reading, attempt) }, last)
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
    return this.machine.terminal?.address === attempt.terminal ? this.machine.terminal : null
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
      if (outcome?.outcome === 'approved') keepSlip(deed, { lines: outcome.slip, number: slipNumber(outcome.details.receipt), amount_cents: -attempt.amount_cents })
      if (!back) openCardCase(deed, 'card-reversal', null)
      return ok(null)
    })
    const params = { amount_cents: attempt.amount_cents, currency: attempt.currency }
    this.#desk.raise(say(this.#ground, back ? 'info' : 'stop', back ? 'card-reversed' : 'card-not-reversed', params))
  }

  /** The outcome and what the flow makes of it: one transaction. Money for a sale that does not wait for it goes back. */
  #settle(attempt: Attempt, step: Omit<AttemptStep, 'at'>, said: TerminalSaid['said']): void {
    const sign = attempt.way === null ? 1 : -1
    let isStray = false
    this.#write(attempt, (deed) => {
      recordStep(deed.db, attempt, { ...step, at: this.#ground.now() })
      keepSlip(deed, { lines: step.slip ?? [], number: slipNumber(step.receipt ?? null), amount_cents: sign * attempt.amount_cents })
      const input = { do: 'terminal-said', attemptId: attempt.id, said } as const
      const told = this.#tell(deed, input)
      if (told.ok || said.is !== 'paid') return ok(null)
      isStray = attempt.way !== null
      if (isStray) openCardCase(deed, 'card-refund', null)
      else recordStep(deed.db, attemptOf(deed.db, attempt.id), { state: 'reversing', at: this.#ground.now(), saidBy: 'till', code: 'nobody-waits' })
      return ok(null)
    })
    const { amount_cents, currency } = attempt
    if (isStray) this.#desk.raise(say(this.#ground, 'stop', 'card-refund-stray', { amount_cents, currency }))
  }

  #write(attempt: Attempt, body: (deed: Deed) => Result<unknown>): void {
    const staff = attempt.staff_id === NOBODY ? null : { staffId: attempt.staff_id, name: attempt.staff_name }
    const done = this.#desk.tellFlow(attempt.flow_id, staff, body)
    if (!done.ok) throw new Error(`payment attempt ${attempt.id} could not be settled: ${done.fault.code}`)
  }

  #signal(signal: TerminalSignal): void {
    const { terminal, manual } = this.machine
    if (signal.kind === 'cancel') return terminal?.cancel()
    manual?.answer(signal.paid ? { approved: true, code: signal.code ?? '' } : { approved: false })
  }

  get #speaker(): 'terminal' | 'clerk' {
    return this.machine.manual === null ? 'terminal' : 'clerk'
  }

  /** Without knowing a terminal's last receipt, nobody could tell tomorrow's lost payment from today's. */
  async #learnMark(): Promise<void> {
    const { store } = this.#ground
    const { terminal } = this.machine
    if (terminal === null || terminal.by_hand) return
    const { address } = terminal
    if (markOf(store.reading, address) !== null || openAttempts(store.reading).length > 0) return
    const last = await terminal.lastResult()
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

const DAY_END_OF = { approved: 'done', declined: 'not-done', unknown: 'unknown' } as const satisfies Record<PaymentOutcome['outcome'], string>
