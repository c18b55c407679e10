import type { Driver } from '../driver.ts'
import { a0R2000 } from './a0-r2000.ts'
import { pn532Hsu } from './pn532-hsu.ts'
import { r200 } from './r200.ts'
import type { ReaderFamily, RfidCommand, RfidEvent } from './reader.ts'
import { thingMagic } from './thingmagic.ts'
import { uhfReader18 } from './uhf-reader18.ts'

export interface Family {
  /** The speed as delivered; 8 data bits, no parity, one stop bit. */
  readonly baud: number
  readonly driver: Driver<unknown, RfidCommand, RfidEvent>
}

/** The driver for each family that detection or the shop's settings may name, with one antenna. */
export const RFID_FAMILIES: Readonly<Record<ReaderFamily, Family>> = {
  r200: { baud: 115_200, driver: r200 },
  uhf18: { baud: 57_600, driver: uhfReader18 },
  a0: { baud: 115_200, driver: a0R2000() },
  thingmagic: { baud: 115_200, driver: thingMagic },
  pn532: { baud: 115_200, driver: pn532Hsu },
}
