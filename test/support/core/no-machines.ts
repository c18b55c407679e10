import type { Around } from '../../../electron/core/desk/desk.ts'

/** A desk with nothing plugged in and nobody beside it, for what is about its acts alone. */
export const NO_MACHINES: Around = {
  hasPrinter: () => false,
  hasLabelPrinter: () => false,
  devices: () => [],
  terminal: () => null,
  customers: () => null,
  kiosk: () => null,
  sync: () => null,
  beforeTold: () => undefined,
  afterWrite: () => undefined,
}
