import type { TransportTrouble } from '../transport.ts'
import type { Blockage, PrinterStatus } from './printer-status.ts'

/**
 * What became of a job. Only the printer's own answer makes it `printed`. `unknown` is for a person to look at the
 * paper: nobody prints it again unasked.
 */
export type PrintOutcome =
  | { readonly outcome: 'printed'; readonly paper: PrinterStatus['paper'] }
  | {
      readonly outcome: 'not-printed'
      readonly why: NotPrintedWhy
      /** Some of it may stand on the paper, but the receipt as a whole does not. */
      readonly begun: boolean
    }
  | { readonly outcome: 'unknown'; readonly why: UnknownWhy }

/**
 * `silent`: connected, but it answers nothing; `too-long`: more than any receipt; `closed`: the printer was closed;
 * otherwise what the printer says, or why the line could not be opened.
 */
export type NotPrintedWhy = Blockage | TransportTrouble | 'silent' | 'too-long' | 'closed'

/**
 * `lost`: the line ended after bytes had gone out; `silent`: it stopped answering; `unconfirmed`: it answers but never
 * said that it reached the end; `paper-end`, `cover-open`, `error`, `offline`: it reached the end and says that at
 * once; `one-way`: this printer never answers.
 */
export type UnknownWhy = 'lost' | 'silent' | 'unconfirmed' | 'one-way' | Blockage
