import type { Driver, Input } from '../../../native/driver.ts'

/**
 * A driver laid on a desk: inputs by hand, time by hand, no port. What it emitted and wrote is kept in order.
 */
export class Desk<State, Command, Event> {
  readonly events: Event[] = []
  readonly writes: Uint8Array[] = []
  state: State
  private readonly driver: Driver<State, Command, Event>
  private readonly timers = new Map<string, number>()
  private at_ms = 0

  constructor(driver: Driver<State, Command, Event>) {
    this.driver = driver
    this.state = driver.start()
  }

  give(...inputs: readonly Input<Command>[]): this {
    for (const input of inputs) {
      const [state, effects] = this.driver.step(this.state, input)
      this.state = state
      for (const effect of effects) {
        if (effect.kind === 'emit') this.events.push(effect.event)
        if (effect.kind === 'write') this.writes.push(effect.bytes)
        if (effect.kind === 'wake') {
          if (effect.after_ms === null) this.timers.delete(effect.timer)
          else this.timers.set(effect.timer, this.at_ms + effect.after_ms)
        }
      }
      if (input.kind === 'closed') this.timers.clear()
    }
    return this
  }

  open(): this {
    return this.give({ kind: 'opened' })
  }

  /** Bytes as given: numbers, a hex string with blanks, or bytes. */
  bytes(bytes: Uint8Array | string | readonly number[]): this {
    return this.give({ kind: 'bytes', bytes: typeof bytes === 'string' ? fromHex(bytes) : Uint8Array.from(bytes) })
  }

  text(text: string): this {
    return this.give({ kind: 'bytes', bytes: new TextEncoder().encode(text) })
  }

  command(command: Command): this {
    return this.give({ kind: 'command', command })
  }

  close(): this {
    return this.give({ kind: 'closed' })
  }

  /** Lets time pass; every timer that falls due rings in its order. */
  pass(by_ms: number): this {
    const until = this.at_ms + by_ms
    for (let rings = 0; rings < 10_000; rings++) {
      const due = [...this.timers].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1])[0]
      if (due === undefined) break
      this.timers.delete(due[0])
      this.at_ms = Math.max(this.at_ms, due[1])
      this.give({ kind: 'woke', timer: due[0] })
    }
    this.at_ms = until
    return this
  }

  get ticking(): readonly string[] {
    return [...this.timers.keys()]
  }

  get written(): string {
    return this.writes.map(toHex).join(' | ')
  }
}

export function fromHex(hex: string): Uint8Array {
  const digits = hex.replaceAll(/\s+/g, '')
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new Error(`not hex: ${hex}`)
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16))
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ')
}
