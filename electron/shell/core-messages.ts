import type { KioskWindowState } from '../../contract/kiosk-window.ts'
import type { Opened } from '../../contract/key-store.ts'
import type { LineSeat, Seat } from '../../contract/roles.ts'

/** What main tells the core process. `accept` comes with exactly one port. */
export type ToCore =
  | { readonly kind: 'start'; readonly args: readonly string[]; readonly packaged: boolean }
  | { readonly kind: 'accept'; readonly seat: LineSeat }
  /** The answers to `seal` and `open-sealed`, by their numbers. They are never logged. */
  | { readonly kind: 'sealed'; readonly id: number; readonly sealed: string | null }
  | { readonly kind: 'opened'; readonly id: number; readonly opened: Opened | null }
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
  /** The core's own secrets, to be sealed and opened by the system's place for secrets. They are never logged. */
  | { readonly kind: 'seal'; readonly id: number; readonly text: string }
  | { readonly kind: 'open-sealed'; readonly id: number; readonly sealed: string }
  /** The answer to `ask`. */
  | { readonly kind: 'here' }
  /** It cannot start, and trying again changes nothing: one sentence for a person. */
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'stopped' }
