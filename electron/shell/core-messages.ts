import type { Seat } from '../../contract/roles.ts'

/** What main tells the core process. `accept` comes with exactly one port. */
export type ToCore =
  | { readonly kind: 'start'; readonly args: readonly string[]; readonly packaged: boolean }
  | { readonly kind: 'accept'; readonly seat: Seat }
  | { readonly kind: 'stop' }

/** What the core process tells main. */
export type FromCore =
  | { readonly kind: 'ready' }
  /** It cannot start, and trying again changes nothing: one sentence for a person. */
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'stopped' }
