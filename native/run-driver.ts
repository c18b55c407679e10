import type { Clock } from './clock.ts'
import type { Driver, Effect, Input } from './driver.ts'
import type { Line, Transport } from './transport.ts'

/** What a device may have waiting to be sent before the line is given up: a receipt with a logo is far below it. */
export const UNSENT_BYTES_MAX = 4 * 1024 * 1024

export interface Running<Command> {
  /** Hands a command to the driver. After the line ended it does nothing. */
  command(command: Command): void
  /** Tells the driver `closed`, then closes the line within the transport's deadline. Safe to call twice. */
  stop(): Promise<void>
}

export interface RunOptions<State, Command, Event> {
  readonly driver: Driver<State, Command, Event>
  readonly transport: Transport
  readonly clock: Clock
  readonly on: {
    event(event: Event): void
    /** The line ended by itself. Called once, after the driver was told `closed`; never after `stop`. */
    gone(why: string): void
  }
}

/**
 * The one place where a driver meets a port and a clock. Opens the transport, feeds the driver and carries out its
 * effects: writes in order, one at a time; events in order; one timer for each name.
 *
 * Inputs that arrive while a step's effects are carried out wait their turn, so a handler of an event may send a
 * command at once. Rejects with the transport's `TransportFault` when the line cannot be opened.
 */
export async function runDriver<State, Command, Event>(
  options: RunOptions<State, Command, Event>,
): Promise<Running<Command>> {
  const run = new Run(options)
  await run.open()
  return run
}

class Run<State, Command, Event> implements Running<Command> {
  private readonly options: RunOptions<State, Command, Event>
  private readonly inbox: Input<Command>[] = []
  private readonly timers = new Map<string, () => void>()
  private state: State
  private line: Line | null = null
  private at: 'opening' | 'open' | 'ended' = 'opening'
  private stepping = false
  private unsent_bytes = 0
  private sent: Promise<void> = Promise.resolve()

  constructor(options: RunOptions<State, Command, Event>) {
    this.options = options
    this.state = options.driver.start()
  }

  async open(): Promise<void> {
    const early: Uint8Array[] = []
    let lost: string | null = null
    const line = await this.options.transport.open({
      bytes: (bytes) => {
        if (this.at === 'opening') early.push(bytes)
        else this.take({ kind: 'bytes', bytes })
      },
      gone: (why) => {
        if (this.at === 'opening') lost = why
        else this.end(why)
      },
    })
    this.line = line
    this.at = 'open'
    this.take({ kind: 'opened' })
    for (const bytes of early) this.take({ kind: 'bytes', bytes })
    if (lost !== null) this.end(lost)
  }

  command(command: Command): void {
    this.take({ kind: 'command', command })
  }

  async stop(): Promise<void> {
    this.finish()
    await this.line?.close()
  }

  private take(input: Input<Command>): void {
    if (this.at !== 'open') return
    this.inbox.push(input)
    this.drain()
  }

  private drain(): void {
    if (this.stepping) return
    this.stepping = true
    try {
      for (let input = this.inbox.shift(); input !== undefined; input = this.inbox.shift()) {
        const [state, effects] = this.options.driver.step(this.state, input)
        this.state = state
        for (const effect of effects) this.carryOut(effect)
      }
    } finally {
      this.stepping = false
    }
  }

  private carryOut(effect: Effect<Event>): void {
    switch (effect.kind) {
      case 'emit':
        return this.options.on.event(effect.event)
      case 'write':
        return this.send(effect.bytes)
      case 'wake':
        return this.wake(effect.timer, effect.after_ms)
      default:
        return effect satisfies never
    }
  }

  private wake(timer: string, after_ms: number | null): void {
    this.timers.get(timer)?.()
    this.timers.delete(timer)
    if (after_ms === null || this.at !== 'open') return
    const cancel = this.options.clock.after(after_ms, () => {
      if (this.timers.get(timer) !== cancel) return
      this.timers.delete(timer)
      this.take({ kind: 'woke', timer })
    })
    this.timers.set(timer, cancel)
  }

  private send(bytes: Uint8Array): void {
    const line = this.line
    if (this.at !== 'open' || line === null || bytes.length === 0) return
    this.unsent_bytes += bytes.length
    if (this.unsent_bytes > UNSENT_BYTES_MAX) return this.end('the device does not take what it is sent')
    this.sent = this.sent
      .then(() => (this.at === 'open' ? line.write(bytes) : undefined))
      .then(
        () => void (this.unsent_bytes -= bytes.length),
        (fault: unknown) => this.end(fault instanceof Error ? fault.message : String(fault)),
      )
  }

  /** The line ended by itself: a write failed, the cable came out, the device sent the end. */
  private end(why: string): void {
    if (this.at === 'ended') return
    this.finish()
    // The line is dead; its close only frees what the operating system still holds, and has its own deadline.
    void this.line?.close().catch(() => undefined)
    this.options.on.gone(why)
  }

  private finish(): void {
    if (this.at === 'ended') return
    const told = this.at === 'open'
    this.at = 'ended'
    for (const cancel of this.timers.values()) cancel()
    this.timers.clear()
    if (!told) return
    this.inbox.push({ kind: 'closed' })
    this.drain()
  }
}
