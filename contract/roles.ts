import { z } from 'zod'

/** Which kind of place a window is. Fixed by the process that opened the window, never by a message from it. */
export const Seat = z.enum(['counter', 'kiosk', 'service'])
export type Seat = z.infer<typeof Seat>

/** What a line to the till is: the window of a seat, or the customer's screen beside it, which only looks. */
export type LineSeat = Seat | 'display'

export const Role = z.enum(['cashier', 'supervisor', 'manager', 'service', 'auditor', 'kiosk'])
export type Role = z.infer<typeof Role>

export const Right = z.enum([
  'sell',
  'take-back',
  'check',
  'void-sale',
  'void-line',
  'discount',
  'override-price',
  /** To sell what only a colleague may decide on. */
  'override-verdict',
  'open-drawer',
  'pay-out',
  'see-sums',
  'approve-return',
  'see-customer',
  'shift',
  'reprint',
  'settings',
  'flag-unit',
  /** To pack pieces together as a set, and to take one out of it. */
  'change-sets',
  /** To count the stock, and to say of a piece that nobody finds it or that it is found. */
  'count-stock',
])
export type Right = z.infer<typeof Right>

/** Who may act: the seat of the channel and, where staff work, the person signed in on it. */
export interface Actor {
  readonly seat: LineSeat
  readonly role: Role | null
  readonly rights: readonly Right[]
}
