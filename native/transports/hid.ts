import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type * as NodeHid from 'node-hid'
import type { Device, HIDAsync } from 'node-hid'
import { systemClock, within } from '../clock.ts'
import type { Line, Transport, TransportTrouble } from '../transport.ts'
import { TransportFault } from '../transport.ts'

/** Which device, and which of its interfaces; what is left out may be anything. */
export interface HidMatch {
  readonly path?: string
  readonly vendorId?: number
  readonly productId?: number
  readonly serialNumber?: string
  readonly usagePage?: number
  readonly usage?: number
}

export interface HidFound {
  readonly path: string
  readonly vendorId: number
  readonly productId: number
  readonly maker: string
  readonly product: string
  readonly serialNumber: string
  readonly usagePage: number
  readonly usage: number
}

export interface HidOptions {
  /** Feature reports sent once after opening. A device that does not know them refuses, which does no harm. */
  readonly featureReports?: readonly Uint8Array[]
  readonly write_ms_max?: number
  readonly close_ms_max?: number
}

const WRITE_MS_MAX = 2_000
const CLOSE_MS_MAX = 1_500
const NO_LIBRARY =
  'HID devices are not available: the node-hid library does not load. On Linux it needs libusb-1.0-0 and libudev1.'

/**
 * A HID device. Each `bytes` is one input report, its id first where the device numbers its reports. Only the
 * asynchronous interface of node-hid is used: it reads in its own thread and loses no report while the process is
 * busy. It tells its errors as plain strings, has no close event, and without a listener an error ends the process.
 */
export function hid(match: HidMatch, options: HidOptions = {}): Transport {
  const address = hidAddress(match)
  return {
    address,
    async open(on) {
      const { HIDAsync: Hid } = await library()
      const [found] = await listHid(match)
      if (found === undefined) throw new TransportFault('not-there', `${address} is not plugged in`)
      const device = await Hid.open(found.path, { nonExclusive: true }).catch((cause: unknown) => {
        throw new TransportFault(troubleOf(textOf(cause)), `${address}: ${textOf(cause)}`, { cause })
      })
      let open = true
      const gone = (why: string) => {
        if (!open) return
        open = false
        on.gone(why)
      }
      device.on('error', (error: unknown) => gone(textOf(error)))
      for (const report of options.featureReports ?? [])
        await device.sendFeatureReport(Buffer.from(report)).catch(() => 0)
      device.on('data', (report: Uint8Array) => on.bytes(Uint8Array.from(report)))
      return lineOf(device, address, options, gone, () => open)
    },
    present: async () => (await listHid(match)).length > 0,
  }
}

function lineOf(
  device: HIDAsync,
  address: string,
  options: HidOptions,
  gone: (why: string) => void,
  isOpen: () => boolean,
): Line {
  let closing: Promise<void> | null = null
  return {
    async write(bytes) {
      if (!isOpen()) throw new TransportFault('lost', `${address} is gone`)
      const written = device.write(Buffer.from(bytes)).catch((cause: unknown) => {
        gone(textOf(cause))
        throw new TransportFault('lost', `${address}: ${textOf(cause)}`, { cause })
      })
      await within(systemClock, options.write_ms_max ?? WRITE_MS_MAX, written, () => {
        gone('it does not take what it is sent')
        throw new TransportFault('time-out', `${address} does not take what it is sent`)
      })
    },
    close() {
      // A second close, and one after an unplugging, is refused by the library; what was asked for is then so.
      const closed = () => device.close().catch(() => undefined)
      closing ??= within(systemClock, options.close_ms_max ?? CLOSE_MS_MAX, closed(), () => undefined).then(() =>
        gone('closed'),
      )
      return closing
    },
  }
}

/** Every HID interface that matches. Rejects with `no-library` where node-hid cannot work. */
export async function listHid(match: HidMatch = {}): Promise<readonly HidFound[]> {
  const { devicesAsync } = await library()
  const devices = await devicesAsync().catch((cause: unknown) => {
    throw new TransportFault('no-library', NO_LIBRARY, { cause })
  })
  return devices
    .flatMap((device) => foundIn(device))
    .filter(
      (found) =>
        same(match.path, found.path) &&
        same(match.vendorId, found.vendorId) &&
        same(match.productId, found.productId) &&
        same(match.serialNumber, found.serialNumber) &&
        same(match.usagePage, found.usagePage) &&
        same(match.usage, found.usage),
    )
}

/** The report descriptor, where the system shows it (Linux hidraw); null elsewhere. */
export async function readReportDescriptor(path: string): Promise<Uint8Array | null> {
  if (!/^\/dev\/hidraw\d+$/.test(path)) return null
  return readFile(`/sys/class/hidraw/${basename(path)}/device/report_descriptor`).catch(() => null)
}

export function hidAddress(match: HidMatch): string {
  if (match.path !== undefined) return `hid:${match.path}`
  const hex = (value: number | undefined) => (value === undefined ? '*' : value.toString(16).padStart(4, '0'))
  const serial = match.serialNumber === undefined ? '' : `#${match.serialNumber}`
  return `hid:${hex(match.vendorId)}:${hex(match.productId)}${serial}`
}

async function library(): Promise<Pick<typeof NodeHid, 'HIDAsync' | 'devicesAsync'>> {
  try {
    return await import('node-hid')
  } catch (cause) {
    throw new TransportFault('no-library', NO_LIBRARY, { cause })
  }
}

function foundIn(device: Device): HidFound[] {
  if (device.path === undefined) return []
  return [
    {
      path: device.path,
      vendorId: device.vendorId,
      productId: device.productId,
      maker: device.manufacturer ?? '',
      product: device.product ?? '',
      serialNumber: device.serialNumber ?? '',
      usagePage: device.usagePage ?? 0,
      usage: device.usage ?? 0,
    },
  ]
}

function same<Value>(wanted: Value | undefined, found: Value): boolean {
  return wanted === undefined || wanted === found
}

/** node-hid rejects with errors and emits plain strings. */
function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function troubleOf(message: string): TransportTrouble {
  if (/permission|denied|not permitted|0xE00002E2/i.test(message)) return 'not-allowed'
  if (/no such|not found|disconnected|no device/i.test(message)) return 'not-there'
  if (/busy|exclusive|in use/i.test(message)) return 'busy'
  return 'refused'
}
