import type { KioskWindowState } from '../../contract/kiosk-window.ts'
import type { LineSeat, Seat } from '../../contract/roles.ts'

/** What main tells the core process. `accept` comes with exactly one port. */
export type ToCore =
  | { readonly kind: 'start'; readonly args: readonly string[]; readonly packaged: boolean }
  | { readonly kind: 'accept'; readonly seat: LineSeat }
  /** Is it still there? */
  | { readonly kind: 'ask' }
  | { readonly kind: 'stop' }

/** What the core process tells main. */
export type FromCore =
  /** The shop is open; which seat this place is may stand in its settings, so main learns it here. */
  | { readonly kind: 'ready'; readonly seat: Seat }
  /** Whether this till has a customer's screen: main opens its window where there is a second screen. */
  | { readonly kind: 'customer-screen'; readonly wanted: boolean }
  /** What the window of a kiosk is to be: staff have opened the door and said so. */
  | { readonly kind: 'kiosk-window'; readonly state: KioskWindowState }
  /** The answer to `ask`. */
  | { readonly kind: 'here' }
  /** It cannot start, and trying again changes nothing: one sentence for a person. */
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'stopped' }
