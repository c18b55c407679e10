import type { Clock } from '../clock.ts'
import { within } from '../clock.ts'
import type { Running } from '../run-driver.ts'
import type { Traffic } from '../traffic.ts'
import { TrafficRing } from '../traffic.ts'
import { TransportFault } from '../transport.ts'
import type { Device } from './device.ts'
import type { DeviceHealth, DeviceState } from './health.ts'
import { NoiseMeter } from './noise-meter.ts'

const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 5_000
/** A device that stayed this long is sound; one that drops at once keeps its longer wait. */
const SETTLED_MS = 5_000
/**
 * The system shows a device up to a quarter of a second before its rules let us open it, and a port just closed stays
 * locked for a moment: within this time both are part of plugging in and are not told.
 */
const GRACE_MS = 2_000
const GRACE_RETRY_MS = 200
const PRESENCE_MS = 3_000
/** The transports have their own deadlines; this one only guards against a transport that breaks its word. */
const STOP_MS_MAX = 4_000

export interface SupervisedHost<Event> {
  event(event: Event): void
  changed(health: DeviceHealth): void
}

/** One device, kept open: opened, watched, reopened with a growing wait, and closed for good by `stop`. */
export class Supervised<Command, Event extends { readonly kind: string }> {
  readonly device: Device<Command, Event>
  private readonly clock: Clock
  private readonly host: SupervisedHost<Event>
  private readonly ring = new TrafficRing()
  private readonly noise = new NoiseMeter()
  private readonly listeners = new Set<(traffic: Traffic) => void>()
  private readonly counts = { opened: 0, lost: 0, events: 0, garbled: 0, in: 0, out: 0 }
  private state: DeviceState = 'stopped'
  private why: string | null = null
  private since: number
  private lastEvent: DeviceHealth['last_event'] = null
  private running: Running<Command> | null = null
  private attempting: Promise<void> | null = null
  private wakeUp: (() => void) | null = null
  private retry_ms = RETRY_FIRST_MS
  private refused_since: number | null = null
  private stopping = false
  /** Counts openings, so that a late word from an earlier line is not taken for one about this line. */
  private opening = 0

  constructor(device: Device<Command, Event>, clock: Clock, host: SupervisedHost<Event>) {
    this.device = device
    this.clock = clock
    this.host = host
    this.since = clock.now()
  }

  start(): void {
    if (this.state === 'stopped' && !this.stopping) this.attempt()
  }

  /** Something was plugged in or out, or somebody asked: looks at once instead of at the next turn. */
  look(): void {
    if (this.stopping || this.state === 'stopped') return
    if (this.running === null) {
      this.retry_ms = RETRY_FIRST_MS
      if (this.attempting === null) this.attempt()
    } else this.checkPresence(this.opening)
  }

  /** False when the device is not ready; the command is then not kept, because the moment for it will have passed. */
  command(command: Command): boolean {
    this.running?.command(command)
    return this.running !== null
  }

  /** Closes the line and opens it afresh, as a tape wants it. Nothing was lost, so nothing is counted as lost. */
  async reopen(): Promise<void> {
    await this.attempting
    if (this.stopping || this.state === 'stopped') return
    const { running } = this
    this.running = null
    // A late word from the line that is being closed is not one about the next.
    this.opening++
    this.wait(null)
    this.turn('opening', null)
    const again = (running?.stop() ?? Promise.resolve()).catch(() => undefined).then(() => (this.stopping ? undefined : this.open()))
    this.attempting = again.finally(() => (this.attempting = null))
  }

  async stop(): Promise<void> {
    this.stopping = true
    this.wait(null)
    const { running } = this
    this.running = null
    const ended = Promise.allSettled([this.attempting, running?.stop()]).then(() => undefined)
    await within(this.clock, STOP_MS_MAX, ended, () => undefined)
    this.turn('stopped', null)
  }

  health(): DeviceHealth {
    const { id, name, address } = this.device
    const { counts } = this
    return {
      id,
      name,
      address,
      state: this.state,
      why: this.why,
      since: this.since,
      opened_count: counts.opened,
      lost_count: counts.lost,
      event_count: counts.events,
      last_event: this.lastEvent,
      bytes_in: counts.in,
      bytes_out: counts.out,
      garbled_count: counts.garbled,
      noisy: this.noise.noisy(this.clock.now()),
    }
  }

  traffic(): readonly Traffic[] {
    return this.ring.list()
  }

  /** Lets a tape recorder listen; the returned function ends it. */
  listen(listener: (traffic: Traffic) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private attempt(): void {
    this.wait(null)
    this.attempting = this.open().finally(() => (this.attempting = null))
  }

  private async open(): Promise<void> {
    const opening = ++this.opening
    try {
      if ((await this.device.present?.()) === false) return this.absent('it is not plugged in')
      if (this.stopping) return
      if (this.state === 'stopped' || this.state === 'searching') this.turn('opening', null)
      const running = await this.device.open({
        clock: this.clock,
        event: (event) => this.hear(event),
        gone: (why) => this.lost(opening, why),
        traffic: (traffic) => this.note(traffic),
      })
      if (this.stopping) return await running.stop()
      // The line may have ended before it was handed over; then `gone` has been heard and a retry is under way.
      if (this.opening !== opening) return
      this.running = running
      this.ready(opening)
    } catch (error) {
      this.failed(error)
    }
  }

  private ready(opening: number): void {
    this.counts.opened++
    this.refused_since = null
    this.turn('ready', null)
    const settled = this.clock.now() + SETTLED_MS
    const watch = () => {
      if (this.clock.now() >= settled) this.retry_ms = RETRY_FIRST_MS
      this.checkPresence(opening)
      this.wait(PRESENCE_MS, watch)
    }
    this.wait(PRESENCE_MS, watch)
  }

  /** Some lines do not tell of an unplugging while nothing is sent: the device itself is looked for as well. */
  private checkPresence(opening: number): void {
    const { running } = this
    const asked = this.device.present?.()
    if (running === null || asked === undefined) return
    asked.then(
      (present) => {
        if (present || this.running !== running) return
        this.lost(opening, 'it was unplugged')
        void running.stop().catch(() => undefined)
      },
      // Not being able to look says nothing about a line that is open.
      () => undefined,
    )
  }

  private lost(opening: number, why: string): void {
    if (this.stopping || this.opening !== opening) return
    this.opening++
    this.running = null
    this.counts.lost++
    this.turn('lost', why)
    this.retryLater()
  }

  private absent(why: string): void {
    if (this.stopping) return
    this.refused_since = null
    this.turn(this.counts.opened > 0 ? 'lost' : 'searching', why)
    this.retryLater()
  }

  private failed(error: unknown): void {
    if (this.stopping) return
    const { trouble, message } = faultOf(error)
    if (trouble === 'not-there') return this.absent(message)
    if (trouble === 'not-allowed' || trouble === 'busy') {
      this.refused_since ??= this.clock.now()
      if (this.clock.now() - this.refused_since < GRACE_MS) return this.wait(GRACE_RETRY_MS, () => this.attempt())
    }
    this.turn(trouble, message)
    // A library that does not load will not load later in this process: `look` asks again when somebody wants it.
    if (trouble !== 'no-library') this.retryLater()
  }

  private retryLater(): void {
    this.wait(this.retry_ms, () => this.attempt())
    this.retry_ms = Math.min(this.retry_ms * 2, RETRY_MAX_MS)
  }

  private wait(after_ms: number | null, act: () => void = () => {}): void {
    this.wakeUp?.()
    this.wakeUp = after_ms === null || this.stopping ? null : this.clock.after(after_ms, act)
  }

  private hear(event: Event): void {
    const at = this.clock.now()
    if (event.kind === 'garbled') {
      const before = this.noise.noisy(at)
      this.counts.garbled++
      this.noise.add(at)
      if (!before && this.noise.noisy(at)) this.host.changed(this.health())
    } else {
      this.counts.events++
      this.lastEvent = { kind: event.kind, at }
    }
    this.host.event(event)
  }

  private note(traffic: Traffic): void {
    if (traffic.way === 'in') this.counts.in += traffic.bytes.length
    if (traffic.way === 'out') this.counts.out += traffic.bytes.length
    this.ring.add(traffic)
    for (const listener of this.listeners) listener(traffic)
  }

  private turn(state: DeviceState, why: string | null): void {
    if (this.state === state && this.why === why) return
    const same = this.state === state
    this.state = state
    this.why = why
    if (!same) this.since = this.clock.now()
    this.host.changed(this.health())
  }
}

/** A device that fails in a way nobody foresaw must not end the till: it counts as one that does not open. */
function faultOf(error: unknown): TransportFault {
  if (error instanceof TransportFault) return error
  return new TransportFault('refused', error instanceof Error ? error.message : String(error), { cause: error })
}
