/**
 * A driver is a value: bytes in, events out. It holds no port, clock, promise or log; `run-driver.ts` alone meets
 * the port and the clock, so every driver can be tested byte for byte and replayed from a tape.
 */
export interface Driver<State, Command, Event> {
  readonly name: string
  start(): State
  /** Never throws, whatever the bytes; `closed` in any state leads to a state that only `opened` leaves. */
  step(state: State, input: Input<Command>): Step<State, Event>
}

export type Step<State, Event> = readonly [State, readonly Effect<Event>[]]

export type Input<Command> =
  | { readonly kind: 'opened' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'command'; readonly command: Command }
  /** The time asked for by the last `wake` effect with this name has come. */
  | { readonly kind: 'woke'; readonly timer: string }
  | { readonly kind: 'closed' }

export type Effect<Event> =
  | { readonly kind: 'write'; readonly bytes: Uint8Array }
  | { readonly kind: 'emit'; readonly event: Event }
  /** Asks for a `woke` input after `after_ms`; a second one of the same name replaces the first; null cancels it. */
  | { readonly kind: 'wake'; readonly timer: string; readonly after_ms: number | null }

/** Bytes that make no sense are told, never thrown: the line is noisy, and the screen should say so. */
export interface Garbled {
  readonly kind: 'garbled'
  readonly bytes: Uint8Array
  readonly why: string
}

/** One scan, whatever device and protocol it came through. */
export interface ScanEvent {
  readonly kind: 'scan'
  /** The bytes as the device gave them, framing removed, AIM identifier included when it was sent. */
  readonly raw: Uint8Array
  /** `raw` as text without the AIM identifier: UTF-8 where valid, else Latin-1. */
  readonly text: string
  /** AIM symbology identifier such as `]d2`, or null when the scanner does not send one. */
  readonly aim: string | null
  /** The name of the symbology where the device or the AIM identifier tells it, such as `gs1-datamatrix`. */
  readonly symbology: string | null
}
