/** What a driver's bytes travel through. Thin on purpose: no protocol, no retry; that is the supervisor's part. */
export interface Transport {
  /** What the person at the counter would call it, such as `serial:/dev/ttyUSB0@9600`. */
  readonly address: string
  /**
   * Opens the line. `on.bytes` is attached before the first byte can arrive. `on.gone` is called once, whatever way
   * the line ended. Rejects with a `TransportFault` when the line cannot be opened.
   */
  open(on: { bytes(bytes: Uint8Array): void; gone(why: string): void }): Promise<Line>
  /**
   * Whether the device can be seen without opening it, where that is cheap to ask. The supervisor uses it to tell
   * "not plugged in" from "does not open", and to notice an unplugging that the line itself kept quiet about.
   */
  present?(): Promise<boolean>
}

export interface Line {
  /** Resolves when the operating system has taken the bytes; rejects when the line is lost. */
  write(bytes: Uint8Array): Promise<void>
  /** Resolves within the transport's own deadline, also when the device does not read. Safe to call twice. */
  close(): Promise<void>
}

export type TransportTrouble = 'not-there' | 'not-allowed' | 'busy' | 'refused' | 'no-library' | 'lost' | 'time-out'

export class TransportFault extends Error {
  readonly trouble: TransportTrouble
  constructor(trouble: TransportTrouble, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TransportFault'
    this.trouble = trouble
  }
}
