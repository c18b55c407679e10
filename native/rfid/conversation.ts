import type { Driver, Input, Step } from '../driver.ts'
import type { Assembly, Found } from './assembler.ts'
import { assemble, flush } from './assembler.ts'
import type { Conversation, Work } from './conversation-state.ts'
import { changesSettings, isTorn, justOpened, outcomeOf } from './conversation-state.ts'
import type { Order, Outcome, OutcomeWhy, RfidCommand, RfidEvent } from './reader.ts'
import { malformed } from './reader.ts'
import type { Answer, Job, Request, Talk } from './talk.ts'
import { BEAT_MS, TurnEffects } from './turn-effects.ts'

/** Orders that wait while the reader is busy; one more is refused as `busy` rather than piled up. */
export const ORDERS_MAX = 32
/** An order the tag did not hear is said again so often: a tag at the edge of the field answers every other time. */
export const TRIES_MAX = 3
/** How often a reader just opened is asked who it is before it counts as not answering. */
const SETUP_TRIES = 2
/** Questions in a row without any answer after which the reader counts as not answering. */
export const SILENCES_MAX = 3
export const RETRY_MS = 2_000
/** A frame that has not ended after this long never will: a whole one takes 45 ms at 57600 baud. */
export const FLUSH_MS = 250
/** The wait after a reader would not start its field. */
const RESTART_MS = 1_000
/** A pause waits for quiet, but no longer than so many frames: a reader that never stops talking is talked over. */
const PAUSE_FRAMES_MAX = 100

/**
 * The driver of any reader that speaks `talk`: learns who it is, keeps exactly one request outstanding, runs the
 * field while a flow wants it and never else, carries out orders one after another, and notices a reader that has
 * gone silent. Settings are never written except by an order.
 */
export function converse<Frame, Memory>(
  talk: Talk<Frame, Memory>,
): Driver<Conversation<Memory>, RfidCommand, RfidEvent> {
  return {
    name: talk.name,
    start: () => ({ at: 'closed' }),
    step(state, input): Step<Conversation<Memory>, RfidEvent> {
      if (input.kind === 'opened') return new Turn(talk, justOpened(talk.memory)).begin()
      if (state.at === 'closed') return [state, []]
      return new Turn(talk, { ...state }).take(input)
    },
  }
}

/** One step at work: decides what is said next. */
class Turn<Frame, Memory> extends TurnEffects<Frame, Memory> {
  begin(): Step<Conversation<Memory>, RfidEvent> {
    this.start({ kind: 'setup' }, 1)
    return [this.now, this.effects]
  }

  take(input: Exclude<Input<RfidCommand>, { kind: 'opened' }>): Step<Conversation<Memory>, RfidEvent> {
    switch (input.kind) {
      case 'bytes':
        this.bytes(input.bytes)
        break
      case 'command':
        this.command(input.command)
        break
      case 'woke':
        this.woke(input.timer)
        break
      case 'closed':
        this.hangUp()
        return [{ at: 'closed' }, this.effects]
      default:
        return input satisfies never
    }
    return [this.now, this.effects]
  }

  private bytes(bytes: Uint8Array): void {
    const torn = isTorn(this.now.assembly)
    this.received(assemble(this.talk.shape, this.now.assembly, bytes))
    if (isTorn(this.now.assembly)) this.wake('flush', FLUSH_MS)
    else if (torn) this.wake('flush', null)
  }

  private received([assembly, found]: readonly [Assembly, readonly Found<Frame>[]]): void {
    this.now.assembly = assembly
    for (const each of found) {
      if (each.kind === 'frame') this.frame(each.frame)
      else this.emit(each)
    }
  }

  private frame(frame: Frame): void {
    this.now.heard = true
    if (this.talk.field.kind === 'streams') this.now.looked = true
    const step = this.now.work?.steps[0] ?? null
    if (step?.kind === 'pause') this.stillTalking(step)
    const heard = this.talk.hear(frame, step?.kind === 'ask' ? step : null, this.now.memory)
    this.now.memory = heard.memory
    for (const event of heard.events) this.tell(event)
    if (heard.events.some((event) => event.kind === 'fault')) this.blinded()
    if (heard.answer !== null && step?.kind === 'ask') this.answered(step, heard.answer)
  }

  private stillTalking(step: Request): void {
    const work = this.now.work!
    this.now.work = { ...work, paused_frames: work.paused_frames + 1 }
    if (work.paused_frames < PAUSE_FRAMES_MAX) this.wake('reply', step.wait_ms)
  }

  private answered(step: Request, answer: Answer): void {
    this.now.silences = 0
    const work = this.now.work!
    switch (answer.kind) {
      case 'more':
        return this.wake('reply', step.wait_ms)
      case 'done':
        this.now.work = {
          ...work,
          bytes: answer.bytes ?? work.bytes,
          steps: [...(answer.next ?? []), ...work.steps.slice(1)],
        }
        return this.say()
      case 'refused':
        return step.optional ? this.skip() : this.refused(work, step, answer.why, answer.code)
      default:
        return answer satisfies never
    }
  }

  private skip(): void {
    const work = this.now.work!
    this.now.work = { ...work, steps: work.steps.slice(1) }
    this.say()
  }

  private refused(work: Work, step: Request, why: OutcomeWhy, code: number | null): void {
    const unheard = why === 'no-tag' || why === 'poor-contact'
    switch (work.job.kind) {
      case 'setup':
        return this.skip()
      case 'field':
        this.tell({ kind: 'fault', fault: 'will-not-start', code })
        return this.restLater(RESTART_MS)
      case 'round':
        if (!unheard) this.tell({ kind: 'fault', fault: 'reader-error', code })
        if (!unheard) this.blinded()
        return this.finish()
      case 'order':
        if (unheard && work.tries < TRIES_MAX) return this.start(work.job, work.tries + 1)
        // "No tag" to a write may be the answer that got lost as well as the question: only a reading can tell.
        return this.settle(work.job.order, step.deed && unheard ? 'unknown' : 'not-done', why, code)
      default:
        return work.job satisfies never
    }
  }

  private start(job: Job, tries: number): void {
    const plan = this.talk.plan(job, this.now.memory)
    if (plan === null) {
      if (job.kind === 'order') this.emit({ kind: 'unsupported', id: job.order.id, order: job.order.kind })
      this.now.work = null
      return this.next()
    }
    this.now.work = { job, steps: plan, tries, bytes: null, paused_frames: 0, blind: false }
    this.say()
  }

  /** Says what comes next in the work at hand, up to the first thing that has to be waited for. */
  private say(): void {
    for (let step = this.now.work?.steps[0]; step !== undefined; step = this.now.work?.steps[0]) {
      if (step.bytes.length > 0) this.effects.push({ kind: 'write', bytes: step.bytes })
      if (step.kind !== 'tell') return this.wake('reply', step.wait_ms)
      this.now.work = { ...this.now.work!, steps: this.now.work!.steps.slice(1) }
    }
    this.finish()
  }

  private finish(): void {
    const { job, bytes, blind } = this.now.work!
    switch (job.kind) {
      case 'setup':
        this.now.at = 'ready'
        this.now.fault = null
        this.tellSettings()
        break
      case 'field':
        this.now.radiating = job.on
        this.now.heard = false
        this.now.looked = false
        this.wake('beat', job.on ? BEAT_MS : null)
        if (this.talk.field.kind === 'streams') this.wake('watch', job.on ? this.talk.field.watch_ms : null)
        break
      case 'round':
        if (!blind) this.now.looked = true
        return this.rest()
      case 'order':
        if (changesSettings(job.order)) this.tellSettings()
        return this.settle(job.order, 'done', null, null, bytes)
      default:
        return job satisfies never
    }
    this.free()
  }

  private settle(
    order: Order,
    outcome: Outcome['outcome'],
    why: OutcomeWhy | null,
    code: number | null = null,
    bytes: string | null = null,
  ): void {
    this.emit(outcomeOf(order, { outcome, why, code, bytes }))
    this.free()
  }

  private free(): void {
    this.now.work = null
    this.wake('reply', null)
    this.next()
  }

  private rest(): void {
    this.restLater(this.talk.field.kind === 'rounds' ? this.talk.field.pause_ms : RESTART_MS)
  }

  private restLater(after_ms: number): void {
    this.now.work = null
    this.now.rested = false
    this.wake('reply', null)
    this.wake('rest', after_ms)
    this.next()
  }

  /** Nothing is outstanding: orders first, then the field as the flow wants it. */
  private next(): void {
    if (this.now.at !== 'ready' || this.now.work !== null) return
    const { wanted, radiating, rested } = this.now
    const [order, ...rest] = this.now.orders
    // A reader that reports by itself hears an order only when it has stopped.
    if (order !== undefined && radiating && this.talk.field.kind === 'streams')
      return this.start({ kind: 'field', on: false }, 1)
    if (order !== undefined) {
      this.now.orders = rest
      return this.start({ kind: 'order', order }, 1)
    }
    if (!wanted && radiating) return this.start({ kind: 'field', on: false }, 1)
    if (wanted && !radiating && rested) return this.start({ kind: 'field', on: true }, 1)
    if (wanted && radiating && rested && this.talk.field.kind === 'rounds') this.start({ kind: 'round' }, 1)
  }

  private command(command: RfidCommand): void {
    if (command.kind === 'open-field' || command.kind === 'close-field') {
      this.now.wanted = command.kind === 'open-field'
      return this.next()
    }
    if (malformed(command)) return this.refuse(command, 'malformed')
    if (this.now.at === 'silent') return this.refuse(command, 'reader-not-answering')
    if (this.now.orders.length >= ORDERS_MAX) return this.refuse(command, 'busy')
    this.now.orders = [...this.now.orders, command]
    this.next()
  }

  private woke(timer: string): void {
    switch (timer) {
      case 'reply':
        return this.noReply()
      case 'flush':
        return this.torn()
      case 'rest':
        this.now.rested = true
        return this.next()
      case 'watch':
        return this.watch()
      case 'beat':
        return this.beat()
      case 'retry':
        if (this.now.at === 'silent' && this.now.work === null) this.start({ kind: 'setup' }, 1)
        return
      default:
        return
    }
  }

  /** The line went quiet in the middle of something. A round whose end was torn is not waited for any longer. */
  private torn(): void {
    if (!isTorn(this.now.assembly)) return
    this.received(flush(this.talk.shape, this.now.assembly))
    if (this.now.work?.job.kind === 'round') this.rest()
  }

  private noReply(): void {
    const waited = this.now.work?.steps[0]
    if (waited === undefined) return
    // The answer may be in there, behind the torn beginning of something else.
    this.received(flush(this.talk.shape, this.now.assembly))
    const work = this.now.work
    if (work === null || work.steps[0] !== waited) return
    if (waited.kind === 'pause') return this.skip()
    this.now.silences++
    if (waited.optional) return this.skip()
    if (work.job.kind === 'setup') return this.nobodyThere(work)
    if (work.job.kind === 'order') {
      this.now.work = null
      const outcome = waited.deed ? 'unknown' : 'not-done'
      if (this.now.silences < SILENCES_MAX) return this.settle(work.job.order, outcome, 'no-answer')
      this.emit(outcomeOf(work.job.order, { outcome, why: 'no-answer' }))
      return this.silent()
    }
    if (this.now.silences >= SILENCES_MAX) return this.silent()
    this.rest()
  }

  /** Right after opening, silence may only mean that the reader was asleep, or speaks the sibling form. */
  private nobodyThere(work: Work): void {
    if (this.now.at !== 'starting' || work.tries >= SETUP_TRIES) return this.silent()
    this.now.memory = this.talk.unanswered?.(this.now.memory) ?? this.now.memory
    this.start(work.job, work.tries + 1)
  }

  private watch(): void {
    if (!this.now.radiating || this.talk.field.kind !== 'streams') return
    if (this.now.heard) {
      this.now.heard = false
      this.now.silences = 0
      return this.wake('watch', this.talk.field.watch_ms)
    }
    // A multi poll ends without a word after its count: start it again, and only then wonder.
    this.now.radiating = false
    this.now.silences++
    if (this.now.silences >= SILENCES_MAX && this.now.work === null) return this.silent()
    this.next()
  }

  private silent(): void {
    if (this.now.at !== 'silent') this.tell({ kind: 'fault', fault: 'not-answering', code: null })
    this.now.at = 'silent'
    this.now.work = null
    this.now.radiating = false
    this.now.rested = true
    this.now.silences = 0
    this.now.memory = this.talk.unanswered?.(this.now.memory) ?? this.now.memory
    for (const order of this.now.orders) this.refuse(order, 'reader-not-answering')
    this.now.orders = []
    this.wake('reply', null)
    this.wake('watch', null)
    this.wake('beat', null)
    this.wake('retry', RETRY_MS)
  }
}
