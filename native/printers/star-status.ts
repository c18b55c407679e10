import type { PrinterStatus } from './printer-status.ts'
import { takeReplies, type Noise, type Taken } from './take-replies.ts'

/** What a Star printer says of itself, asked (`ESC ACK SOH`) or by itself at every change. */
export interface StarReport {
  readonly kind: 'report'
  readonly length: number
  /** 4 and more speak StarPRNT, less the older line mode. */
  readonly version: number
  readonly status: PrinterStatus
  /**
   * How many ends of transmission blocks the printer has reached, modulo 32. Seen in one source only; null where the
   * report is too short to hold it.
   */
  readonly blocks_done: number | null
}

export type StarReply = StarReport | Noise

/** Status stands in bytes 2 to 5; a shorter report says nothing. */
const LENGTH_MIN = 6
const COUNTER_AT = 7

/**
 * Takes reports off the front of what was received. The first byte (0xx0xxx1) tells the length; in all others the bits
 * 91 are clear, which is how the parser finds back after noise.
 */
export function readStarReplies(received: Uint8Array): {
  readonly replies: readonly StarReply[]
  readonly rest: Uint8Array
} {
  return takeReplies(received, takeReport)
}

function takeReport(received: Uint8Array): Taken<StarReport> {
  const [first = 0, second] = received
  if ((first & 0x91) !== 0x01) return 'noise'
  if (second === undefined) return 'incomplete'
  const length = fiveBits(first) + ((second >> 6) & 0x02)
  if (length < LENGTH_MIN || received.subarray(1, length).some((byte) => (byte & 0x91) !== 0)) return 'noise'
  if (received.length < length) return 'incomplete'
  const counter = length > COUNTER_AT ? received[COUNTER_AT] : undefined
  const reply: StarReport = {
    kind: 'report',
    length,
    version: fiveBits(second),
    status: statusFromReport(received),
    blocks_done: counter === undefined ? null : fiveBits(counter),
  }
  return { reply, bytes: length }
}

/** Five bits around the fixed bit 4: three below it, two above. */
function fiveBits(byte: number): number {
  return ((byte >> 2) & 0x18) | ((byte >> 1) & 0x07)
}

function statusFromReport(report: Uint8Array): PrinterStatus {
  const [, , general = 0, errors = 0, recoverable = 0, paper = 0] = report
  return {
    online: (general & 0x08) === 0,
    cover: (general & 0x20) !== 0 ? 'open' : 'closed',
    paper: (paper & 0x08) !== 0 ? 'out' : (paper & 0x04) !== 0 ? 'low' : 'ok',
    error: errorOf(errors, recoverable),
    drawer_pin_high: (general & 0x04) !== 0,
  }
}

function errorOf(errors: number, recoverable: number): PrinterStatus['error'] {
  if ((errors & 0x20) !== 0) return 'unrecoverable'
  if ((errors & 0x08) !== 0) return 'cutter'
  return (errors & 0x2c) !== 0 || (recoverable & 0x0a) !== 0 ? 'recoverable' : 'none'
}
