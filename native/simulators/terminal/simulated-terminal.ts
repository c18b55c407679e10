import { joined } from '../../bytes.ts'
import type { Clock } from '../../clock.ts'
import { takeApdus, type Apdu } from '../../terminals/apdu.ts'
import type { ZvtCommand } from '../../terminals/zvt-commands.ts'
import { readTillCommand } from './till-commands.ts'
import {
  abort, acknowledge, bookingStatus, completion, intermediate, printedBlock, printedLines, refusal, refusedStatus,
  type Booking,
} from './terminal-says.ts'

/** What the customer, the bank and the cable do next. */
export interface TerminalSwitches {
  readonly customer: 'pays' | 'is-declined' | 'cancels' | 'walks-away'
  /** Where the line ends: before the request is acknowledged, before or after the booking, after the result. */
  readonly line_ends: 'never' | 'at-request' | 'before-booking' | 'after-booking' | 'after-result'
  /** Takes so long between two messages. */
  readonly slow_ms: number
  /** How long a customer who walks away is waited for. */
  readonly patience_ms: number
  readonly prints: 'nothing' | 'lines' | 'block'
  /** Some terminals do not say what their last transaction was. */
  readonly tells_last: boolean
  /** Takes the bytes and says nothing at all. */
  readonly deaf: boolean
  readonly registers: boolean
  /** Does not know the command, as an old terminal does. */
  readonly refuses: boolean
}

export const TERMINAL_WELL: TerminalSwitches = {
  customer: 'pays',
  line_ends: 'never',
  slow_ms: 0,
  patience_ms: 300,
  prints: 'lines',
  tells_last: true,
  deaf: false,
  registers: true,
  refuses: false,
}

/** One thing after the other: a message waits until the till has acknowledged the one before. */
type Deed = { readonly say: Uint8Array } | { readonly act: () => void } | { readonly wait_ms: number }

const CANCELLED = 0x6c
const DECLINED = 0x05
const ALREADY_REVERSED = 0xb4
const REVERSAL_NOT_POSSIBLE = 0xb5
const NOT_REGISTERED = 0x6b

/**
 * A card terminal that speaks ZVT, with books that tests look into: what is in them was paid, whatever the till
 * thinks. Bytes in by `receive`, bytes out by `send`; `hangUp` ends the line.
 */
export class SimulatedTerminal {
  readonly books: Booking[] = []
  readonly heard: ZvtCommand[] = []
  switches: TerminalSwitches = TERMINAL_WELL
  private readonly clock: Pick<Clock, 'after'>
  private readonly line: { send(bytes: Uint8Array): void; hangUp(): void }
  private rest: Uint8Array = new Uint8Array(0)
  private deeds: Deed[] = []
  private awaits_acknowledge = false
  private stopWaiting: (() => void) | null = null
  private currency = 978
  private numbers: number
  private registered = false

  /** `lastReceipt`: its next transaction gets the next number. */
  constructor(clock: Pick<Clock, 'after'>, line: { send(bytes: Uint8Array): void; hangUp(): void }, lastReceipt = 469) {
    this.clock = clock
    this.line = line
    this.numbers = lastReceipt
  }

  set(switches: Partial<TerminalSwitches>): void {
    this.switches = { ...this.switches, ...switches }
  }

  /** What was paid and not taken back, in minor units. */
  get taken_cents(): number {
    const sign = { payment: 1, refund: -1, reversal: -1 } as const
    return this.books.reduce((sum, entry) => (entry.approved ? sum + sign[entry.kind] * entry.amount_cents : sum), 0)
  }

  /** A till has connected. */
  connected(): void {
    this.disconnected()
  }

  /** The line is gone; whatever was still to be said is not said any more. The books stay. */
  disconnected(): void {
    this.rest = new Uint8Array(0)
    this.deeds = []
    this.awaits_acknowledge = false
    this.registered = false
    this.stopWaiting?.()
    this.stopWaiting = null
  }

  receive(bytes: Uint8Array): void {
    const { apdus, rest } = takeApdus(joined(this.rest, bytes))
    this.rest = rest
    for (const apdu of apdus) this.hear(apdu)
  }

  /** Books a payment that no till asked for, as when the terminal is used by hand in between. */
  bookByHand(amount_cents: number): void {
    this.book('payment', amount_cents, true, null)
  }

  private hear(apdu: Apdu): void {
    const command = readTillCommand(apdu)
    if (apdu.class === 0x80 || apdu.class === 0x84) return this.acknowledged()
    if (command === null) return this.line.send(refusal(0x83))
    this.heard.push(command)
    if (this.switches.deaf) return
    if (command.kind === 'abort') return this.aborted()
    if (this.switches.line_ends === 'at-request' && command.kind === 'pay') return this.line.hangUp()
    if (this.switches.refuses && command.kind !== 'register') return this.line.send(refusal(0x83))
    this.line.send(acknowledge())
    this.deeds = this.planFor(command)
    this.goOn()
  }

  private planFor(command: ZvtCommand): Deed[] {
    if (command.kind === 'register') return this.registration(command.currency)
    if (!this.registered) return [{ say: abort(NOT_REGISTERED) }]
    switch (command.kind) {
      case 'pay':
        return this.transaction('payment', command.amount_cents)
      case 'refund':
        return this.transaction('refund', command.amount_cents)
      case 'reverse':
        return this.reversal(command.receipt)
      case 'repeat-receipt':
        return this.repetition()
      case 'end-of-day':
        return [...printedLines(['** KASSENSCHNITT **']).map((say) => ({ say })), { say: completion() }]
      default:
        return [{ say: completion() }]
    }
  }

  private registration(currency: number): Deed[] {
    if (!this.switches.registers) return [{ say: abort(NOT_REGISTERED) }]
    this.currency = currency
    this.registered = true
    return [{ say: completion() }]
  }

  private transaction(kind: 'payment' | 'refund', amount_cents: number): Deed[] {
    const { customer, line_ends, patience_ms } = this.switches
    const asked: Deed[] = [{ say: intermediate(0x0a) }]
    if (customer === 'cancels') return [...asked, ...this.broken('Abbruch durch Kunde')]
    if (customer === 'walks-away') return [...asked, { wait_ms: patience_ms }, ...this.broken('Zeit abgelaufen')]
    const hangUp: Deed = { act: () => this.line.hangUp() }
    const entered: Deed[] = [...asked, { say: intermediate(0x01) }, { say: intermediate(0x04) }]
    if (line_ends === 'before-booking') return [...entered, hangUp]
    const approved = customer === 'pays'
    const booked: Deed = {
      act: () => {
        const booking = this.book(kind, amount_cents, approved, null)
        this.deeds = [
          ...(line_ends === 'after-booking' ? [hangUp] : []),
          { say: bookingStatus(booking, approved ? 0 : DECLINED, this.currency) },
          ...(line_ends === 'after-result' ? [hangUp] : []),
          ...(approved ? this.slip(booking).map((say) => ({ say })) : []),
          { say: approved ? completion() : abort(DECLINED) },
        ]
      },
    }
    return [...entered, booked]
  }

  private reversal(receipt: number): Deed[] {
    const original = this.books.find((entry) => entry.receipt === receipt && entry.kind === 'payment' && entry.approved)
    if (original === undefined) return [{ say: abort(REVERSAL_NOT_POSSIBLE) }]
    if (this.books.some((entry) => entry.of === receipt)) return [{ say: abort(ALREADY_REVERSED) }]
    const booking = this.book('reversal', original.amount_cents, true, receipt)
    const hangUp: Deed[] = this.switches.line_ends === 'after-booking' ? [{ act: () => this.line.hangUp() }] : []
    const printed = this.slip(booking).map((say) => ({ say }))
    return [...hangUp, { say: bookingStatus(booking, 0, this.currency) }, ...printed, { say: completion() }]
  }

  private repetition(): Deed[] {
    const last = this.books.at(-1)
    if (!this.switches.tells_last || last === undefined) return [{ say: abort(0x83) }]
    return [
      { say: bookingStatus(last, last.approved ? 0 : DECLINED, this.currency) },
      ...this.slip(last).map((say) => ({ say })),
      { say: completion() },
    ]
  }

  private broken(words: string): Deed[] {
    return [{ say: refusedStatus(CANCELLED, words) }, { say: abort(CANCELLED) }]
  }

  private slip(booking: Booking): Uint8Array[] {
    const lines = ['KARTENZAHLUNG', `Beleg ${booking.receipt}`, 'Karte 5413330089604771', 'ZAHLUNG ERFOLGT']
    switch (this.switches.prints) {
      case 'nothing':
        return []
      case 'lines':
        return printedLines(lines)
      case 'block':
        return [printedBlock(lines, 1), printedBlock(lines, 2)]
      default:
        return this.switches.prints satisfies never
    }
  }

  private book(kind: Booking['kind'], amount_cents: number, approved: boolean, of: number | null): Booking {
    this.numbers++
    const booking = { kind, amount_cents, receipt: this.numbers, trace: this.numbers, approved, of }
    this.books.push(booking)
    return booking
  }

  /** The till, or the customer, ends it; what is booked is booked. */
  private aborted(): void {
    this.line.send(acknowledge())
    if (this.deeds.length === 0 || this.awaits_acknowledge) return
    this.stopWaiting?.()
    this.stopWaiting = null
    this.deeds = this.broken('Abbruch')
    this.goOn()
  }

  private acknowledged(): void {
    if (!this.awaits_acknowledge) return
    this.awaits_acknowledge = false
    this.goOn()
  }

  private goOn(): void {
    while (!this.awaits_acknowledge && this.stopWaiting === null) {
      const deed = this.deeds.shift()
      if (deed === undefined) return
      if ('act' in deed) deed.act()
      else if ('wait_ms' in deed) return this.pause(deed.wait_ms, () => this.goOn())
      else if (this.switches.slow_ms > 0) return this.pause(this.switches.slow_ms, () => this.say(deed.say))
      else this.say(deed.say)
    }
  }

  private say(bytes: Uint8Array): void {
    this.awaits_acknowledge = true
    this.line.send(bytes)
  }

  private pause(ms: number, then: () => void): void {
    this.stopWaiting = this.clock.after(ms, () => {
      this.stopWaiting = null
      then()
    })
  }
}
