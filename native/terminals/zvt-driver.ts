import { joined } from '../bytes.ts'
import type { Driver, Effect, Input, Step } from '../driver.ts'
import { takeApdus, type Apdu } from './apdu.ts'
import type { DeclineCode, SlipLine, UnknownPaymentWhy } from './payment-terminal.ts'
import { answerOf, type Ending } from './zvt-answers.ts'
import { TILL_CONFIG, zvtBytes, type ZvtCommand } from './zvt-commands.ts'
import { readMessage, type ZvtMessage } from './zvt-messages.ts'
import {
  SLIP_LINE_MAX, SLIP_LINES_MAX, START, type Doing, type TerminalAct, type ZvtCommandFromTill, type ZvtEvent,
  type ZvtPatience, type ZvtState,
} from './zvt-state.ts'
import { declineOf, progressOf } from './zvt-words.ts'

export interface ZvtDriverOptions {
  /** Six digits; 000000 where nobody has set one. */
  readonly password: string
  /** The number of the currency that all amounts are in. */
  readonly currency: number
  readonly patience: ZvtPatience
}

type Timer = 'acknowledge' | 'silence' | 'rest'

/**
 * ZVT (PA00P015) from the till's side: registers when the line opens, then one act at a time. Every message of the
 * terminal is acknowledged. An act whose request has gone out ends as what the terminal said, or as `unknown`; the
 * driver never sends a request again.
 */
export function zvtDriver(options: ZvtDriverOptions): Driver<ZvtState, ZvtCommandFromTill, ZvtEvent> {
  return {
    name: 'zvt',
    start: () => START,
    step(state, input): Step<ZvtState, ZvtEvent> {
      const turn = new Turn(options, state)
      turn.take(input)
      return [turn.state, turn.effects]
    },
  }
}

/** One step of the driver: gathers the effects while the state moves on. */
class Turn {
  state: ZvtState
  readonly effects: Effect<ZvtEvent>[] = []
  private readonly options: ZvtDriverOptions

  constructor(options: ZvtDriverOptions, state: ZvtState) {
    this.options = options
    this.state = state
  }

  take(input: Input<ZvtCommandFromTill>): void {
    if (input.kind === 'opened') this.opened()
    else if (this.state.line === 'closed') return
    else if (input.kind === 'closed') this.closed()
    else if (input.kind === 'command') this.command(input.command)
    else if (input.kind === 'bytes') this.bytes(input.bytes)
    else this.woke(input.timer as Timer)
  }

  private opened(): void {
    this.state = { ...START, line: 'open' }
    this.begin(null, { do: 'register' })
  }

  /** What has gone out may have happened; what still waited surely has not. */
  private closed(): void {
    const { next } = this.state
    this.state = { ...this.state, next: null }
    if (next !== null) this.answer(next.id, next.act, { end: 'declined', code: 'not-reached' })
    this.finish({ end: 'unknown', why: 'lost' })
    this.state = START
  }

  private command(command: ZvtCommandFromTill): void {
    const { doing, next } = this.state
    if (command.kind === 'cancel') {
      if (doing?.id && doing.acknowledged) this.write({ kind: 'abort' })
      return
    }
    if (doing === null && this.state.registered) return this.begin(command.id, command.act)
    if (doing?.act.do === 'register' && next === null) {
      this.state = { ...this.state, next: { id: command.id, act: command.act } }
      return
    }
    this.answer(command.id, command.act, { end: 'declined', code: doing === null ? 'not-registered' : 'busy' })
  }

  private begin(id: string | null, act: Doing['act']): void {
    this.state = { ...this.state, doing: { id, act, acknowledged: false, said: null, slip: [] } }
    this.write(this.requestOf(act))
    this.wake('acknowledge', this.options.patience.acknowledge_ms)
  }

  private requestOf(act: Doing['act']): ZvtCommand {
    const { password, currency } = this.options
    switch (act.do) {
      case 'register':
        return { kind: 'register', password, config: TILL_CONFIG, currency }
      case 'pay':
        return { kind: 'pay', amount_cents: act.amount_cents }
      case 'refund':
        return { kind: 'refund', password, amount_cents: act.amount_cents }
      case 'reverse':
        return { kind: 'reverse', password, receipt: act.receipt }
      case 'end-of-day':
        return { kind: 'end-of-day', password }
      case 'last-result':
        return { kind: 'repeat-receipt', password }
      case 'status':
        return { kind: 'status', password }
      default:
        return act satisfies never
    }
  }

  private bytes(bytes: Uint8Array): void {
    const { apdus, noise, rest } = takeApdus(joined(this.state.rest, bytes))
    this.state = { ...this.state, rest }
    this.wake('rest', rest.length > 0 ? this.options.patience.rest_ms : null)
    if (noise.length > 0) this.emit({ kind: 'garbled', bytes: noise, why: 'no message of a card terminal' })
    for (const apdu of apdus) this.hear(apdu)
  }

  private hear(apdu: Apdu): void {
    const message = readMessage(apdu)
    if (message.kind === 'acknowledged' || message.kind === 'refused') return this.replied(message)
    this.write({ kind: message.kind === 'other' ? 'unsupported' : 'acknowledge' })
    const { doing } = this.state
    // A terminal that is not asked anything may still print or tell; it is answered, so that it does not wait.
    if (doing === null) return
    if (!doing.acknowledged) this.acknowledged(doing)
    else this.wake('silence', this.patienceWith(doing))
    this.told(this.state.doing ?? doing, message)
  }

  /** The acknowledgement of what the till said last; when nothing waits for it, it belongs to a cancel. */
  private replied(message: Extract<ZvtMessage, { kind: 'acknowledged' | 'refused' }>): void {
    const { doing } = this.state
    if (doing === null || doing.acknowledged) return
    if (message.kind === 'acknowledged') return this.acknowledged(doing)
    this.finish({ end: 'declined', code: message.code === 0x9c ? 'busy' : 'refused' })
  }

  private acknowledged(doing: Doing): void {
    this.state = { ...this.state, doing: { ...doing, acknowledged: true } }
    this.wake('acknowledge', null)
    this.wake('silence', this.patienceWith(doing))
  }

  private patienceWith(doing: Doing): number {
    const { silence_ms, quick_ms } = this.options.patience
    const quick = doing.act.do === 'register' || doing.act.do === 'last-result' || doing.act.do === 'status'
    return quick ? quick_ms : silence_ms
  }

  private told(doing: Doing, message: ZvtMessage): void {
    switch (message.kind) {
      case 'intermediate':
        if (doing.id !== null) this.emit({ kind: 'progress', id: doing.id, progress: progressOf(message.status) })
        return
      case 'status':
        this.state = { ...this.state, doing: { ...doing, said: message.information } }
        return
      case 'print':
        this.state = {
          ...this.state,
          doing: { ...doing, slip: [...doing.slip, ...message.lines.map(shortened)].slice(0, SLIP_LINES_MAX) },
        }
        return
      case 'completed':
        return this.finish({ end: 'completed' })
      case 'aborted':
        return this.finish({ end: 'aborted', code: message.code })
      default:
        return
    }
  }

  private woke(timer: Timer): void {
    if (timer === 'rest') return this.dropRest()
    if (timer === 'acknowledge' || timer === 'silence') this.finish({ end: 'unknown', why: 'silent' })
  }

  private dropRest(): void {
    const { rest } = this.state
    if (rest.length === 0) return
    this.state = { ...this.state, rest: new Uint8Array(0) }
    this.emit({ kind: 'garbled', bytes: rest, why: 'the message was cut off' })
  }

  private finish(ending: Ending): void {
    const { doing } = this.state
    if (doing === null) return
    this.state = { ...this.state, doing: null }
    this.wake('acknowledge', null)
    this.wake('silence', null)
    if (doing.act.do === 'register') return this.registered(ending)
    if (doing.id !== null) this.answer(doing.id, doing.act, ending, doing)
  }

  private registered(ending: Ending): void {
    const { next } = this.state
    this.state = { ...this.state, next: null }
    if (ending.end === 'completed') {
      this.state = { ...this.state, registered: true }
      this.emit({ kind: 'ready' })
      if (next !== null) this.begin(next.id, next.act)
      return
    }
    this.emit({ kind: 'not-registered', code: codeOf(ending) })
    if (next !== null) this.answer(next.id, next.act, { end: 'declined', code: 'not-registered' })
  }

  private answer(id: string, act: TerminalAct, ending: Ending, doing: Doing | null = null): void {
    this.emit({ kind: 'answer', id, answer: answerOf(act, ending, doing) })
  }

  private write(command: ZvtCommand): void {
    this.effects.push({ kind: 'write', bytes: zvtBytes(command) })
  }

  private emit(event: ZvtEvent): void {
    this.effects.push({ kind: 'emit', event })
  }

  private wake(timer: Timer, after_ms: number | null): void {
    this.effects.push({ kind: 'wake', timer, after_ms })
  }
}

const shortened = (line: SlipLine): SlipLine => ({ ...line, text: line.text.slice(0, SLIP_LINE_MAX) })

function codeOf(ending: Exclude<Ending, { end: 'completed' }>): DeclineCode | UnknownPaymentWhy {
  switch (ending.end) {
    case 'aborted':
      return declineOf(ending.code)
    case 'declined':
      return ending.code
    case 'unknown':
      return ending.why
    default:
      return ending satisfies never
  }
}
