import type { Driver, Effect } from '../../../native/driver.ts'
import type { Presence, PresenceEvent, PresenceOptions } from '../../../native/rfid/presence.ts'
import { closedPresence, closePresence, openPresence, PAD, passed, sighted } from '../../../native/rfid/presence.ts'
import type { RfidCommand, RfidEvent } from '../../../native/rfid/reader.ts'
import type { ReaderSimulator } from '../../../native/simulators/rfid/reader-simulator.ts'

const TICK_MS = 5

/**
 * A counter in a test: a driver, a simulated reader at its line, presence over what it reports, and a clock that only
 * moves when told. Nothing here knows a protocol.
 */
export class Counter<State> {
  readonly events: RfidEvent[] = []
  readonly presenceEvents: PresenceEvent[] = []
  readonly driver: Driver<State, RfidCommand, RfidEvent>
  readonly reader: ReaderSimulator
  presence: Presence
  state: State
  written = 0
  now_ms = 0
  private readonly timers = new Map<string, number>()
  private readonly line: Uint8Array[] = []

  constructor(
    driver: Driver<State, RfidCommand, RfidEvent>,
    reader: ReaderSimulator,
    options: PresenceOptions = PAD,
  ) {
    this.driver = driver
    this.reader = reader
    this.state = driver.start()
    this.presence = closedPresence(options)
    this.step({ kind: 'opened' })
  }

  command(command: RfidCommand): this {
    this.step({ kind: 'command', command })
    return this
  }

  /** A flow begins: radio on, presence open. */
  openFlow(how: { learn: boolean } = { learn: false }): this {
    this.presence = openPresence(this.presence, this.now_ms, how)
    return this.command({ kind: 'open-field' })
  }

  closeFlow(): this {
    this.presence = closePresence(this.presence)
    return this.command({ kind: 'close-field' })
  }

  unplug(): this {
    this.line.length = 0
    this.step({ kind: 'closed' })
    this.timers.clear()
    return this
  }

  pass(ms: number): this {
    for (const until = this.now_ms + ms; this.now_ms < until; ) {
      this.now_ms += TICK_MS
      const bytes = this.reader.pass(TICK_MS)
      if (bytes.length > 0) this.step({ kind: 'bytes', bytes })
      for (const heard of this.line.splice(0)) this.step({ kind: 'bytes', bytes: heard })
      for (const [timer, at] of Array.from(this.timers)) {
        if (at > this.now_ms || this.timers.get(timer) !== at) continue
        this.timers.delete(timer)
        this.step({ kind: 'woke', timer })
      }
    }
    return this
  }

  /** The events of one kind, in order. */
  all<Kind extends RfidEvent['kind']>(kind: Kind): readonly Extract<RfidEvent, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<RfidEvent, { kind: Kind }> => event.kind === kind)
  }

  /** How one order ended, in the words of its event. */
  outcome(id: string): string | undefined {
    for (const event of this.events) {
      if (event.kind === 'unsupported' && event.id === id) return 'unsupported'
      if (event.kind === 'outcome' && event.id === id)
        return event.why === null ? event.outcome : `${event.outcome}: ${event.why}`
    }
    return undefined
  }

  get cart(): readonly string[] {
    return this.presenceEvents.flatMap((event) =>
      event.kind === 'added' ? [`+${event.tag}`] : event.kind === 'removed' ? [`-${event.tag}`] : [],
    )
  }

  private step(input: Parameters<Driver<State, RfidCommand, RfidEvent>['step']>[1]): void {
    const [state, effects] = this.driver.step(this.state, input)
    this.state = state
    for (const effect of effects) this.carryOut(effect)
  }

  private carryOut(effect: Effect<RfidEvent>): void {
    switch (effect.kind) {
      case 'write': {
        this.written += effect.bytes.length
        const bytes = this.reader.hear(effect.bytes)
        if (bytes.length > 0) this.line.push(bytes)
        return
      }
      case 'emit':
        this.events.push(effect.event)
        if (effect.event.kind === 'alive') this.notice(passed(this.presence, this.now_ms))
        if (effect.event.kind === 'tag') this.notice(sighted(this.presence, effect.event, this.now_ms))
        return
      case 'wake':
        if (effect.after_ms === null) this.timers.delete(effect.timer)
        else this.timers.set(effect.timer, this.now_ms + effect.after_ms)
        return
      default:
        return effect satisfies never
    }
  }

  private notice([presence, events]: readonly [Presence, readonly PresenceEvent[]]): void {
    this.presence = presence
    this.presenceEvents.push(...events)
  }
}
