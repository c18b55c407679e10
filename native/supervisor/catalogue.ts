/** What a vendor and product id say about a device that is plugged in. */
export interface CatalogueEntry {
  readonly vendorId: number
  /** Left out: every product of the vendor with this interface. */
  readonly productId?: number
  /** HID interfaces only. */
  readonly usagePage?: number
  readonly kind: DeviceKind
  readonly maker: string
  /** Null where the id names a family and not a model. */
  readonly model: string | null
  readonly driver: DriverName
}

export type DeviceKind = 'scanner' | 'pad' | 'printer' | 'serial-adapter'

/**
 * Which driver to try. `ask` stands for a serial adapter, whose id says nothing about the device behind it: a scanner,
 * a pad, a display or a printer.
 */
export type DriverName = 'hid-pos' | 'hid-pos-newland' | 'ibm-oem' | 'hid-keyboard' | 'serial-scanner' | 'escpos' | 'star' | 'ask'

/** HID usage pages that say what an interface is, whoever made it. */
export const USAGE_PAGE = { barCode: 0x8c, ibmOem: 0xff45 } as const

const HONEYWELL = { vendorId: 0x0c2e, maker: 'Honeywell' } as const
const NEWLAND = { vendorId: 0x1eab, maker: 'Newland' } as const
const ZEBRA = { vendorId: 0x05e0, maker: 'Zebra' } as const
const DATALOGIC = { vendorId: 0x05f9, maker: 'Datalogic' } as const

/**
 * Devices by their ids, the exact ones before the families. The usage page of a HID interface decides first: any
 * maker's scanner on page 8C is a HID POS scanner, whether it is listed here or not.
 */
export const CATALOGUE: readonly CatalogueEntry[] = [
  { ...NEWLAND, productId: 0x0d10, usagePage: 0x8c, kind: 'scanner', model: 'FM420', driver: 'hid-pos-newland' },
  { ...NEWLAND, productId: 0x0210, usagePage: 0x8c, kind: 'scanner', model: 'EM2027', driver: 'hid-pos-newland' },
  { ...NEWLAND, productId: 0x1d10, usagePage: 0x8c, kind: 'scanner', model: 'FM430', driver: 'hid-pos-newland' },
  { ...NEWLAND, usagePage: 0x8c, kind: 'scanner', model: null, driver: 'hid-pos-newland' },
  { ...HONEYWELL, productId: 0x0b8f, usagePage: 0x8c, kind: 'scanner', model: 'Voyager 1400g', driver: 'hid-pos' },
  { ...HONEYWELL, usagePage: 0x8c, kind: 'scanner', model: null, driver: 'hid-pos' },
  { ...DATALOGIC, usagePage: 0x8c, kind: 'scanner', model: null, driver: 'hid-pos' },
  { ...ZEBRA, productId: 0x1300, usagePage: 0xff45, kind: 'scanner', model: 'DS2208', driver: 'ibm-oem' },
  { ...ZEBRA, productId: 0x1200, usagePage: 0x01, kind: 'scanner', model: null, driver: 'hid-keyboard' },
  { ...ZEBRA, usagePage: 0xff45, kind: 'scanner', model: null, driver: 'ibm-oem' },
  { ...HONEYWELL, kind: 'scanner', model: null, driver: 'serial-scanner' },
  { ...NEWLAND, kind: 'scanner', model: null, driver: 'serial-scanner' },
  { ...ZEBRA, kind: 'scanner', model: null, driver: 'serial-scanner' },
  { ...DATALOGIC, kind: 'scanner', model: null, driver: 'serial-scanner' },
  { vendorId: 0x04b8, maker: 'Epson', kind: 'printer', model: null, driver: 'escpos' },
  { vendorId: 0x1504, maker: 'Bixolon', kind: 'printer', model: null, driver: 'escpos' },
  { vendorId: 0x1d90, maker: 'Citizen', kind: 'printer', model: null, driver: 'escpos' },
  { vendorId: 0x0519, maker: 'Star', kind: 'printer', model: null, driver: 'star' },
  { vendorId: 0x0403, maker: 'FTDI', kind: 'serial-adapter', model: null, driver: 'ask' },
  { vendorId: 0x067b, maker: 'Prolific', kind: 'serial-adapter', model: null, driver: 'ask' },
  { vendorId: 0x10c4, productId: 0xea60, maker: 'Silicon Labs', kind: 'serial-adapter', model: 'CP210x', driver: 'ask' },
  { vendorId: 0x1a86, maker: 'WCH', kind: 'serial-adapter', model: 'CH34x', driver: 'ask' },
]

/** What is known of an id; of several entries the first that fits. Null for a device nobody has told us about. */
export function catalogued(ids: {
  readonly vendorId: number
  readonly productId: number
  readonly usagePage?: number
}): CatalogueEntry | null {
  const entry = CATALOGUE.find(
    (each) =>
      each.vendorId === ids.vendorId &&
      (each.productId === undefined || each.productId === ids.productId) &&
      each.usagePage === ids.usagePage,
  )
  return entry ?? null
}
