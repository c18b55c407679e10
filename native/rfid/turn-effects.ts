import type { Effect } from '../driver.ts'
import type { Talking } from './conversation-state.ts'
import { outcomeOf } from './conversation-state.ts'
import type { Order, OutcomeWhy, RfidEvent } from './reader.ts'
import type { Talk } from './talk.ts'

/** How often a reader that works tells that it does: often enough that a lifted piece is missed in time. */
export const BEAT_MS = 200

type Draft<State> = { -readonly [Key in keyof State]: State[Key] }

/** A draft of the next state, and the effects so far. Lives no longer than one step of the driver. */
export class TurnEffects<Frame, Memory> {
  protected readonly talk: Talk<Frame, Memory>
  protected readonly now: Draft<Talking<Memory>>
  protected readonly effects: Effect<RfidEvent>[] = []

  constructor(talk: Talk<Frame, Memory>, now: Talking<Memory>) {
    this.talk = talk
    this.now = now
  }

  /** An order that never began. */
  protected refuse(order: Order, why: OutcomeWhy): void {
    this.emit(outcomeOf(order, { outcome: 'not-done', why }))
  }

  protected tellSettings(): void {
    this.emit({ kind: 'reader', ...this.talk.settings(this.now.memory) })
  }

  protected tell(event: RfidEvent): void {
    if (event.kind === 'tag' && !this.now.wanted) return
    if (event.kind === 'tag') this.now.fault = null
    if (event.kind === 'fault') {
      const fault = `${event.fault} ${event.code}`
      if (fault === this.now.fault) return
      this.now.fault = fault
    }
    this.emit(event)
  }

  protected emit(event: RfidEvent): void {
    this.effects.push({ kind: 'emit', event })
  }

  protected wake(timer: string, after_ms: number | null): void {
    this.effects.push({ kind: 'wake', timer, after_ms })
  }

  /** A missing tag means something only while the reader is known to look. */
  protected beat(): void {
    if (!this.now.radiating) return
    if (this.now.looked && this.now.wanted) this.emit({ kind: 'alive' })
    this.now.looked = false
    this.wake('beat', BEAT_MS)
  }

  /** A missing antenna or a hot radio sees nothing: this look at the field does not count. */
  protected blinded(): void {
    this.now.looked = false
    if (this.now.work !== null) this.now.work = { ...this.now.work, blind: true }
  }

  /** The line is gone: what was under way is unknown, what had not begun was not done. */
  protected hangUp(): void {
    const work = this.now.work
    if (work?.job.kind === 'order') {
      const outcome = work.steps[0]?.deed === true ? 'unknown' : 'not-done'
      this.emit(outcomeOf(work.job.order, { outcome, why: 'line-lost' }))
    }
    for (const order of this.now.orders) this.refuse(order, 'line-lost')
  }
}
