import type { Garbled } from '../driver.ts'
import type { DrawerPulse } from './escpos-commands.ts'
import type { PrintOutcome } from './print-outcome.ts'
import type { PrinterStatus } from './printer-status.ts'

export type PrinterCommand =
  | { readonly kind: 'print'; readonly job: string; readonly bytes: Uint8Array }
  | { readonly kind: 'open-drawer'; readonly pulse: DrawerPulse }
  | { readonly kind: 'ask-status' }
  | { readonly kind: 'ask-card' }

export type PrinterEvent =
  /** At every report of the printer, whether something changed or not. */
  | { readonly kind: 'status'; readonly status: PrinterStatus }
  /** A round of questions is over, also the one before a job. `silent`: it was left without the answer that counts. */
  | { readonly kind: 'asked'; readonly silent: boolean }
  | { readonly kind: 'outcome'; readonly job: string; readonly outcome: PrintOutcome }
  /** `busy`: in the middle of a job; nothing was sent. */
  | { readonly kind: 'drawer'; readonly result: 'pulsed' | 'busy' }
  /** An answer to `ask-card`: the maker first, then the model. */
  | { readonly kind: 'card'; readonly text: string }
  | Garbled
