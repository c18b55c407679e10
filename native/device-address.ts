import type { HidMatch } from './transports/hid.ts'
import type { SerialOptions } from './transports/serial.ts'
import type { TcpOptions } from './transports/tcp.ts'
import type { UsbSerialOptions } from './transports/usb-serial.ts'

/** Where a device is, as a shop's settings and the command line write it. */
export type DeviceAddress =
  | { readonly line: 'serial'; readonly options: SerialOptions }
  | { readonly line: 'usb-serial'; readonly options: UsbSerialOptions }
  | { readonly line: 'hid'; readonly match: HidMatch }
  | { readonly line: 'tcp'; readonly options: TcpOptions }

const BAUD_MIN = 50
const BAUD_MAX = 4_000_000

/**
 * Reads `serial:PATH[@BAUD]`, `serial:usb:VVVV:PPPP[#SERIAL][@BAUD]`, `hid:VVVV:PPPP[#SERIAL]`, `hid:/dev/hidrawN` and
 * `tcp://HOST:PORT`; null for anything else, so that a mistyped setting is told and not guessed at.
 */
export function parseDeviceAddress(address: string): DeviceAddress | null {
  const usb = /^serial:usb:([0-9a-f]{4}):([0-9a-f]{4})(?:#([^@]+))?(?:@(\d{1,7}))?$/i.exec(address)
  if (usb !== null) {
    const baud = baudOf(usb[4])
    return baud && { line: 'usb-serial', options: { ...idsOf(usb[1]!, usb[2]!, usb[3]), ...baud } }
  }
  const serial = /^serial:(?!usb:)([^@]+)(?:@(\d{1,7}))?$/.exec(address)
  if (serial !== null) {
    const baud = baudOf(serial[2])
    return baud && { line: 'serial', options: { path: serial[1]!, ...baud } }
  }
  const path = /^hid:(\/dev\/hidraw\d+)$/.exec(address)
  if (path !== null) return { line: 'hid', match: { path: path[1]! } }
  const hid = /^hid:([0-9a-f]{4}):([0-9a-f]{4})(?:#(.+))?$/i.exec(address)
  if (hid !== null) return { line: 'hid', match: idsOf(hid[1]!, hid[2]!, hid[3]) }
  const tcp = /^tcp:\/\/(\[[0-9a-f:]+\]|[^/:@\s]+):(\d{1,5})\/?$/i.exec(address)
  const port = Number(tcp?.[2] ?? 0)
  if (tcp === null || port < 1 || port > 65_535) return null
  return { line: 'tcp', options: { host: tcp[1]!.replace(/^\[|\]$/g, ''), port } }
}

function idsOf(vendor: string, product: string, serialNumber: string | undefined) {
  const ids = { vendorId: Number.parseInt(vendor, 16), productId: Number.parseInt(product, 16) }
  return serialNumber === undefined ? ids : { ...ids, serialNumber }
}

/** The speed as an option, none when it is left out; null for one that no port has. */
function baudOf(digits: string | undefined): { readonly baud?: number } | null {
  if (digits === undefined) return {}
  const baud = Number(digits)
  return baud < BAUD_MIN || baud > BAUD_MAX ? null : { baud }
}
