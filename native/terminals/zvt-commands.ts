import { joined } from '../bytes.ts'
import { apduBytes } from './apdu.ts'
import { toBcd } from './zvt-fields.ts'

/** What the till says to a terminal. Passwords are six digits, 000000 where nobody has set one. */
export type ZvtCommand =
  | { readonly kind: 'register'; readonly password: string; readonly config: number; readonly currency: number }
  /** `polls` lets the terminal ask so often whether the goods came out. */
  | { readonly kind: 'pay'; readonly amount_cents: number; readonly polls?: number }
  | { readonly kind: 'refund'; readonly password: string; readonly amount_cents: number }
  | { readonly kind: 'reverse'; readonly password: string; readonly receipt: number }
  | { readonly kind: 'end-of-day'; readonly password: string }
  | { readonly kind: 'repeat-receipt'; readonly password: string }
  | { readonly kind: 'status'; readonly password: string }
  | { readonly kind: 'diagnosis' | 'abort' | 'log-off' | 'acknowledge' }
  /** The till does not know what the terminal asks of it. */
  | { readonly kind: 'unsupported' }
  /** The goods could not be handed out: the terminal takes the payment back. */
  | { readonly kind: 'no-goods' }
  | { readonly kind: 'more-time' }
  | { readonly kind: 'part-of-goods'; readonly amount_cents: number }

/**
 * The till prints payment and administration receipts line by line, wants to hear what the customer is doing, and
 * starts payments and administration itself (bits 1, 2, 3, 4, 5 and 7 of the configuration byte).
 */
export const TILL_CONFIG = 0xbe

const AMOUNT = 0x04
const RECEIPT = 0x87
const POLLS = 0x02

/** The bytes of a command, by ZVT PA00P015. Throws for amounts, receipts and passwords that have no such bytes. */
export function zvtBytes(command: ZvtCommand): Uint8Array {
  switch (command.kind) {
    case 'register':
      return message(0x06, 0x00, password(command.password), [command.config], toBcd(command.currency, 2))
    case 'pay':
      return message(
        0x06, 0x01, amount(command.amount_cents), command.polls === undefined ? [] : [POLLS, command.polls],
      )
    case 'refund':
      return message(0x06, 0x31, password(command.password), amount(command.amount_cents))
    case 'reverse':
      return message(0x06, 0x30, password(command.password), [RECEIPT], toBcd(command.receipt, 2))
    case 'end-of-day':
      return message(0x06, 0x50, password(command.password))
    case 'repeat-receipt':
      return message(0x06, 0x20, password(command.password))
    case 'status':
      return message(0x05, 0x01, password(command.password))
    case 'diagnosis':
      return message(0x06, 0x70)
    case 'abort':
      return message(0x06, 0xb0)
    case 'log-off':
      return message(0x06, 0x02)
    case 'acknowledge':
      return message(0x80, 0x00)
    case 'unsupported':
      return message(0x84, 0x83)
    case 'no-goods':
      return message(0x84, 0x66)
    case 'more-time':
      return message(0x84, 0x9c)
    case 'part-of-goods':
      return message(0x84, 0x9d, amount(command.amount_cents))
    default:
      return command satisfies never
  }
}

/** Six BCD bytes: the largest amount is 9,999,999,999.99. */
const amount = (amount_cents: number): Uint8Array => joined([AMOUNT], toBcd(amount_cents, 6))

function password(digits: string): Uint8Array {
  if (!/^\d{6}$/.test(digits)) throw new RangeError('a password of a terminal has six digits')
  return toBcd(Number(digits), 3)
}

const message = (kind: number, instruction: number, ...body: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  apduBytes({ class: kind, instruction, body: joined(...body) })
