import type { HidFound } from '../transports/hid.ts'
import { hidAddress, listHid } from '../transports/hid.ts'
import type { SerialFound } from '../transports/list-serial.ts'
import { listSerial } from '../transports/list-serial.ts'
import { usbSerialAddress } from '../transports/usb-serial.ts'
import type { DeviceKind, DriverName } from './catalogue.ts'
import { catalogued, USAGE_PAGE } from './catalogue.ts'

/** Something plugged in that a driver may speak to: what the set-up wizard offers. */
export interface FoundDevice {
  /** `hid:…` or `serial:…`, as a shop's settings keep it and `parseDeviceAddress` reads it. */
  readonly address: string
  /** The port it is at today, by which settings may name it as well. */
  readonly path: string
  readonly kind: DeviceKind
  readonly name: string
  readonly driver: DriverName
  readonly vendorId: number | null
  readonly productId: number | null
  /** Tells two equal devices apart and survives another USB socket; empty when the device has none. */
  readonly serialNumber: string
}

export interface Findings {
  readonly devices: readonly FoundDevice[]
  /** What could not be looked for, and why, such as a library that is missing; empty when all went well. */
  readonly troubles: readonly string[]
}

/** Looks for scanners, pads and serial adapters. Never rejects: what cannot be looked for is told in `troubles`. */
export async function findDevices(): Promise<Findings> {
  const troubles: string[] = []
  const told = (error: unknown): [] => {
    troubles.push(error instanceof Error ? error.message : String(error))
    return []
  }
  const hid = await listHid().catch(told)
  const serial = await listSerial().catch(told)
  return { devices: [...hid.flatMap(hidDevice), ...serial.map(serialDevice)], troubles }
}

/** A HID interface as a device of the shop; none for mice, office keyboards and everything else. */
export function hidDevice(found: HidFound): FoundDevice[] {
  const { vendorId, productId, serialNumber } = found
  const entry = catalogued(found)
  const driver = entry?.driver ?? driverByUsage(found)
  if (driver === null) return []
  return [
    {
      address: hidAddress({ vendorId, productId, ...(serialNumber === '' ? {} : { serialNumber }) }),
      path: found.path,
      kind: 'scanner',
      name: entry?.model ? `${entry.maker} ${entry.model}` : nameOf(found),
      driver,
      vendorId,
      productId,
      serialNumber,
    },
  ]
}

/** Keyboards are not offered by themselves: most of them are keyboards. */
function driverByUsage(found: HidFound): DriverName | null {
  if (found.usagePage === USAGE_PAGE.barCode) return 'hid-pos'
  return found.usagePage === USAGE_PAGE.ibmOem ? 'ibm-oem' : null
}

function serialDevice(found: SerialFound): FoundDevice {
  const { vendorId, productId } = found
  const entry = vendorId === null || productId === null ? null : catalogued({ vendorId, productId })
  const serial = entry !== null && entry.kind !== 'printer' ? entry : null
  return {
    address: serialAddress(found),
    path: found.path,
    kind: serial?.kind ?? 'serial-adapter',
    name: [serial?.maker ?? found.maker, serial?.model ?? '', found.path].filter((part) => part !== '').join(' '),
    driver: serial?.driver ?? 'ask',
    vendorId,
    productId,
    serialNumber: found.serialNumber,
  }
}

/** By its ids where it has them: a port's name changes with the socket, the ids do not. */
function serialAddress({ path, vendorId, productId, serialNumber }: SerialFound): string {
  if (vendorId === null || productId === null) return `serial:${path}`
  return usbSerialAddress({ vendorId, productId, ...(serialNumber === '' ? {} : { serialNumber }) })
}

function nameOf(found: HidFound): string {
  return [found.maker, found.product].filter((part) => part !== '').join(' ') || 'scanner'
}
