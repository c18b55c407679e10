import { readdir, readFile } from 'node:fs/promises'
import { TransportFault } from '../transport.ts'
import type { HidFound } from '../transports/hid.ts'
import { hidAddress, listHid } from '../transports/hid.ts'
import type { DeviceKind, DriverName } from './catalogue.ts'
import { catalogued, USAGE_PAGE } from './catalogue.ts'

/** Something plugged in that a driver may speak to: what the set-up wizard offers. */
export interface FoundDevice {
  /** `hid:…` or `serial:…`, as a shop's settings keep it. */
  readonly address: string
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

interface SerialFound {
  readonly path: string
  readonly maker: string
  readonly vendorId: number | null
  readonly productId: number | null
  readonly serialNumber: string
}

function serialDevice(found: SerialFound): FoundDevice {
  const { vendorId, productId } = found
  const entry = vendorId === null || productId === null ? null : catalogued({ vendorId, productId })
  const serial = entry !== null && entry.kind !== 'printer' ? entry : null
  return {
    address: `serial:${found.path}`,
    kind: serial?.kind ?? 'serial-adapter',
    name: [serial?.maker ?? found.maker, serial?.model ?? '', found.path].filter((part) => part !== '').join(' '),
    driver: serial?.driver ?? 'ask',
    vendorId,
    productId,
    serialNumber: found.serialNumber,
  }
}

/**
 * Serial ports with a device behind them. On Linux the `serialport` package asks `udevadm`, which may be missing, and
 * lists the ports of the mainboard whether they exist or not: there the kernel's own files are read instead.
 */
export async function listSerial(): Promise<readonly SerialFound[]> {
  if (process.platform === 'linux') return listLinuxSerial()
  const { SerialPort } = await import('serialport').catch((cause: unknown) => {
    throw new TransportFault('no-library', 'serial ports are not available: the serialport library does not load', { cause })
  })
  const ports = await SerialPort.list()
  return ports.map((port) => ({
    path: port.path,
    maker: port.manufacturer ?? '',
    vendorId: idOf(port.vendorId),
    productId: idOf(port.productId),
    serialNumber: port.serialNumber ?? '',
  }))
}

const TTY = '/sys/class/tty'

async function listLinuxSerial(): Promise<readonly SerialFound[]> {
  const names = await readdir(TTY).catch(() => [])
  const usb = names.filter((name) => /^tty(ACM|USB)\d+$/.test(name))
  return Promise.all(
    usb.map(async (name) => {
      // A CDC device hangs directly under its interface, a converter one level deeper.
      const up = name.startsWith('ttyACM') ? '..' : '../..'
      const read = (file: string) =>
        readFile(`${TTY}/${name}/device/${up}/${file}`, 'utf8').then(
          (text) => text.trim(),
          () => '',
        )
      return {
        path: `/dev/${name}`,
        maker: await read('manufacturer'),
        vendorId: idOf(await read('idVendor')),
        productId: idOf(await read('idProduct')),
        serialNumber: await read('serial'),
      }
    }),
  )
}

function idOf(hex: string | undefined): number | null {
  return hex !== undefined && /^[0-9a-f]{4}$/i.test(hex) ? Number.parseInt(hex, 16) : null
}

function nameOf(found: HidFound): string {
  return [found.maker, found.product].filter((part) => part !== '').join(' ') || 'scanner'
}
