/** What a printer last said of itself. Null: it has not said, or its model never says. */
export interface PrinterStatus {
  readonly online: boolean | null
  readonly cover: 'open' | 'closed' | null
  readonly paper: 'ok' | 'low' | 'out' | null
  readonly error: PrinterError | 'none' | null
  /** The level of the drawer's switch. Which level means open is the drawer's own matter, learned at set-up. */
  readonly drawer_pin_high: boolean | null
}

/** `hot` mends itself; `cutter` and `recoverable` want a hand; `some`: the printer only says that there is one. */
export type PrinterError = 'cutter' | 'recoverable' | 'unrecoverable' | 'hot' | 'some'

export const NOTHING_SAID: PrinterStatus = {
  online: null,
  cover: null,
  paper: null,
  error: null,
  drawer_pin_high: null,
}

/** Why a printer does not print, the cause a person can mend first. Null: nothing known stands in the way. */
export type Blockage = 'cover-open' | 'paper-end' | 'error' | 'offline'

export function blockageOf(status: PrinterStatus): Blockage | null {
  if (status.cover === 'open') return 'cover-open'
  if (status.paper === 'out') return 'paper-end'
  if (status.error !== null && status.error !== 'none') return 'error'
  return status.online === false ? 'offline' : null
}
