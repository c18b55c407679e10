import type { DeclineCode, TerminalProgress } from './payment-terminal.ts'

const PROGRESS: ReadonlyMap<number, TerminalProgress> = new Map<number, TerminalProgress>([
  [0x00, 'confirm-amount'], [0x01, 'enter-pin'], [0x02, 'enter-pin'], [0x03, 'declined'], [0x04, 'asking-bank'],
  [0x05, 'reversing'], [0x06, 'asking-bank'], [0x07, 'card-not-taken'], [0x08, 'card-not-taken'],
  [0x09, 'card-not-taken'], [0x0a, 'insert-card'], [0x0b, 'remove-card'], [0x0c, 'card-unreadable'],
  [0x0d, 'declined'], [0x0e, 'please-wait'], [0x0f, 'end-of-day'], [0x10, 'card-not-taken'], [0x12, 'declined'],
  [0x13, 'declined'], [0x14, 'declined'], [0x15, 'wrong-pin'], [0x16, 'declined'], [0x17, 'please-wait'],
  [0x18, 'wrong-pin'], [0x19, 'card-unreadable'], [0x1b, 'approved'], [0x1c, 'approved'], [0x1d, 'declined'],
  [0x41, 'remove-card'], [0x42, 'remove-card'], [0x43, 'remove-card'], [0x44, 'remove-card'], [0x45, 'remove-card'],
  [0x46, 'remove-card'], [0x47, 'remove-card'], [0x48, 'remove-card'], [0x49, 'remove-card'], [0x4a, 'insert-card'],
  [0x4b, 'remove-card'], [0x4c, 'remove-card'], [0x4d, 'remove-card'], [0xd2, 'connecting'], [0xd3, 'connecting'],
  [0xe0, 'confirm-amount'], [0xf1, 'connecting'], [0xf2, 'connecting'],
])

/** What the second byte of an intermediate status (04 FF) means; anything unlisted is a wait. */
export const progressOf = (status: number): TerminalProgress => PROGRESS.get(status) ?? 'please-wait'

const DECLINES: ReadonlyMap<number, DeclineCode> = new Map<number, DeclineCode>([
  [0x64, 'card-unreadable'], [0x65, 'card-unreadable'], [0x66, 'terminal-fault'], [0x67, 'card-not-taken'],
  [0x68, 'card-not-taken'], [0x6a, 'end-of-day-due'], [0x6b, 'not-registered'], [0x6c, 'cancelled'],
  [0x6e, 'card-blocked'], [0x6f, 'wrong-currency'], [0x71, 'limit'], [0x72, 'card-unreadable'],
  [0x73, 'card-unreadable'], [0x76, 'card-not-taken'], [0x77, 'not-possible'], [0x78, 'card-expired'],
  [0x79, 'card-expired'], [0x7a, 'card-not-taken'], [0x7b, 'card-unreadable'], [0x7c, 'card-unreadable'],
  [0x7d, 'no-connection'], [0x7e, 'card-unreadable'], [0x83, 'not-possible'], [0x89, 'terminal-fault'],
  [0x9a, 'refused'], [0x9b, 'no-connection'], [0x9c, 'busy'], [0xa0, 'no-connection'], [0xa1, 'no-connection'],
  [0xa3, 'no-connection'], [0xa5, 'not-possible'], [0xb1, 'end-of-day-due'], [0xb2, 'end-of-day-due'],
  [0xb4, 'already-reversed'], [0xb5, 'no-such-receipt'], [0xc1, 'terminal-fault'], [0xc2, 'terminal-fault'],
  [0xc3, 'limit'], [0xc5, 'card-not-taken'], [0xc6, 'wrong-currency'], [0xc8, 'limit'], [0xc9, 'limit'],
  [0xcb, 'wrong-currency'], [0xcc, 'terminal-fault'], [0xd2, 'card-not-taken'], [0xdd, 'terminal-fault'],
  [0xde, 'terminal-fault'], [0xe2, 'terminal-fault'], [0xe3, 'terminal-fault'], [0xe4, 'terminal-fault'],
  [0xea, 'card-not-taken'], [0xec, 'terminal-fault'], [0xed, 'terminal-fault'], [0xf0, 'end-of-day-due'],
  [0xfc, 'terminal-fault'], [0xff, 'terminal-fault'],
])

/** Results up to 63 come from the bank as they are; the list of PA00P015 chapter "error messages" begins at 64. */
export const declineOf = (result: number): DeclineCode => DECLINES.get(result) ?? 'declined'
