import { ascii, joined } from '../../bytes.ts'
import { apduBytes } from '../../terminals/apdu.ts'
import { toBcd } from '../../terminals/zvt-fields.ts'

/** One entry in the books of a simulated terminal. */
export interface Booking {
  readonly kind: 'payment' | 'refund' | 'reversal'
  readonly amount_cents: number
  readonly receipt: number
  readonly trace: number
  readonly approved: boolean
  /** The receipt that a reversal takes back. */
  readonly of: number | null
}

const message = (kind: number, instruction: number, ...body: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  apduBytes({ class: kind, instruction, body: joined(...body) })

export const acknowledge = (): Uint8Array => message(0x80, 0x00)
export const refusal = (code: number): Uint8Array => message(0x84, code)
export const intermediate = (status: number): Uint8Array => message(0x04, 0xff, [status])
export const completion = (): Uint8Array => message(0x06, 0x0f)
export const abort = (code: number): Uint8Array => message(0x06, 0x1e, [code])

const digits = (value: number, count: number): number[] =>
  [...String(value).padStart(count, '0')].map((digit) => 0xf0 | Number(digit))

const CARD_NAME = 'Debit Mastercard\0'

/** The status information of a booking: amount, trace, the masked card, terminal, currency, receipt, card's name. */
export function bookingStatus(booking: Booking, result: number, currency: number): Uint8Array {
  return message(
    0x04, 0x0f,
    [0x27, result, 0x04], toBcd(booking.amount_cents, 6), [0x0b], toBcd(booking.trace, 3),
    [0x22, ...digits(8, 2), 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0x47, 0x71],
    [0x29], toBcd(28_004_869, 4), [0x49], toBcd(currency, 2), [0x87], toBcd(booking.receipt, 2),
    [0x8a, 0x2e, 0x8b, ...digits(CARD_NAME.length, 2)], ascii(CARD_NAME),
  )
}

/** A no with its reason, as terminals say it when nothing was booked. */
export function refusedStatus(result: number, words: string): Uint8Array {
  const text = joined([0x3c, ...digits(words.length, 3)], ascii(words))
  return message(0x04, 0x0f, [0x27, result, 0x29], toBcd(28_004_869, 4), text)
}

/** A slip line by line, the last one marked as the last. */
export const printedLines = (lines: readonly string[]): Uint8Array[] => [
  ...lines.map((line) => message(0x06, 0xd1, [0x00], ascii(line))),
  message(0x06, 0xd1, [0x81]),
]

/** A whole slip at once, as a TLV container; `copy` 1 the merchant's, 2 the customer's. */
export function printedBlock(lines: readonly string[], copy: 1 | 2): Uint8Array {
  const texts = joined(...lines.map((line) => joined([0x07], tlvLength(line.length), ascii(line))))
  const container = joined([0x1f, 0x07, 0x01, copy, 0x25], tlvLength(texts.length), texts)
  return message(0x06, 0xd3, [0x06], tlvLength(container.length), container)
}

const tlvLength = (length: number): number[] =>
  length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
