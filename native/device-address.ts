import type { HidMatch } from './transports/hid.ts'
import type { SerialOptions } from './transports/serial.ts'
import type { TcpOptions } from './transports/tcp.ts'

/** Where a device is, as a shop's settings and the command line write it. */
export type DeviceAddress =
  | { readonly line: 'serial'; readonly options: SerialOptions }
  | { readonly line: 'hid'; readonly match: HidMatch }
  | { readonly line: 'tcp'; readonly options: TcpOptions }

const BAUD_MAX = 4_000_000

/**
 * Reads `serial:PATH[@BAUD]`, `hid:VVVV:PPPP[#SERIAL]`, `hid:/dev/hidrawN` and `tcp://HOST:PORT`; null for anything
 * else, so that a mistyped setting is told and not guessed at.
 */
export function parseDeviceAddress(address: string): DeviceAddress | null {
  const serial = /^serial:([^@]+)(?:@(\d{1,7}))?$/.exec(address)
  if (serial !== null) {
    const baud = serial[2] === undefined ? undefined : Number(serial[2])
    if (baud !== undefined && (baud < 50 || baud > BAUD_MAX)) return null
    return { line: 'serial', options: { path: serial[1]!, ...(baud === undefined ? {} : { baud }) } }
  }
  const path = /^hid:(\/dev\/hidraw\d+)$/.exec(address)
  if (path !== null) return { line: 'hid', match: { path: path[1]! } }
  const hid = /^hid:([0-9a-f]{4}):([0-9a-f]{4})(?:#(.+))?$/i.exec(address)
  if (hid !== null) {
    const ids = { vendorId: Number.parseInt(hid[1]!, 16), productId: Number.parseInt(hid[2]!, 16) }
    return { line: 'hid', match: hid[3] === undefined ? ids : { ...ids, serialNumber: hid[3] } }
  }
  const tcp = /^tcp:\/\/(\[[0-9a-f:]+\]|[^/:@\s]+):(\d{1,5})\/?$/i.exec(address)
  const port = Number(tcp?.[2] ?? 0)
  if (tcp === null || port < 1 || port > 65_535) return null
  return { line: 'tcp', options: { host: tcp[1]!.replace(/^\[|\]$/g, ''), port } }
}
