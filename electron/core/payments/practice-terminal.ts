import type { PracticeDeed, PracticeView } from '../../../contract/device-view.ts'
import type { Clock } from '../../../native/clock.ts'
import { SimulatedTerminal, type TerminalSwitches } from '../../../native/simulators/terminal/simulated-terminal.ts'
import { TransportFault, type Line, type Transport } from '../../../native/transport.ts'

/** Fast enough for practice, slow enough to see what the screen says while a customer puts a card in. */
const SLOW_MS = 400
/** The last receipt of a terminal that this till has never seen, and what it was about. */
const USED_BEFORE = 470
const FIRST_CENTS = 4_200
/** A customer who walks away is waited for so long. */
const PATIENCE_MS = 6_000

type LineEvents = Parameters<Transport['open']>[0]
type PracticeSwitches = NonNullable<PracticeView['terminal']>

/** The card terminal of practice mode: the real driver talks ZVT to a simulated one, with no network in between. */
export class PracticeTerminal {
  readonly transport: Transport
  readonly #clock: Clock
  readonly #terminal: SimulatedTerminal
  #on: LineEvents | null = null
  #plugged = true

  /** `lastReceipt`: where its numbers go on; null for a terminal that was never used. */
  constructor(clock: Clock, lastReceipt: number | null) {
    this.#clock = clock
    this.#terminal = new SimulatedTerminal(clock, {
      // An answer never comes within the write that asked for it.
      send: (bytes) => void clock.after(1, () => this.#on?.bytes(bytes)),
      hangUp: () => this.#hangUp(),
    }, (lastReceipt ?? USED_BEFORE) - 1)
    // A terminal that has been used before can say so: a payment that is lost on the way can be told from that one.
    this.#terminal.bookByHand(FIRST_CENTS)
    this.#terminal.set({ slow_ms: SLOW_MS, patience_ms: PATIENCE_MS })
    this.transport = { address: 'practice:terminal', open: (on) => this.#open(on) }
  }

  view(): PracticeSwitches {
    const { customer, line_ends, tells_last } = this.#terminal.switches
    return { plugged: this.#plugged, customer, lineEnds: line_ends, tellsLast: tells_last, taken_cents: this.#terminal.taken_cents - FIRST_CENTS }
  }

  set(deed: Extract<PracticeDeed, { do: 'terminal' }>): void {
    const switches: Partial<TerminalSwitches> = {
      ...(deed.customer === undefined ? {} : { customer: deed.customer }),
      ...(deed.lineEnds === undefined ? {} : { line_ends: deed.lineEnds }),
      ...(deed.tellsLast === undefined ? {} : { tells_last: deed.tellsLast }),
    }
    this.#terminal.set(switches)
    if (deed.plugged === undefined || deed.plugged === this.#plugged) return
    this.#plugged = deed.plugged
    if (!deed.plugged) this.#hangUp()
  }

  #open(on: LineEvents): Promise<Line> {
    if (!this.#plugged) return Promise.reject(new TransportFault('not-there', 'practice:terminal is not plugged in'))
    this.#on = on
    this.#terminal.connected()
    return Promise.resolve({
      write: (bytes) => {
        this.#clock.after(1, () => {
          if (this.#on === on) this.#terminal.receive(bytes)
        })
        return Promise.resolve()
      },
      close: () => {
        if (this.#on === on) this.#letGo()
        return Promise.resolve()
      },
    })
  }

  #hangUp(): void {
    const on = this.#on
    this.#letGo()
    if (on !== null) this.#clock.after(1, () => on.gone('the line was cut'))
  }

  #letGo(): void {
    this.#on = null
    this.#terminal.disconnected()
  }
}
