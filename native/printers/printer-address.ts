import type { Transport } from '../transport.ts'
import { serial } from '../transports/serial.ts'
import { tcp } from '../transports/tcp.ts'
import { usbPrinterFile } from './usb-printer-file.ts'
import { windowsSpool } from './windows-spool.ts'

/** Where a printer is. Paths are those of the operating system: `/dev/ttyUSB0`, `COM3`, `/dev/usb/lp0`. */
export type PrinterAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'serial'; readonly path: string; readonly baud: number }
  | { readonly kind: 'usb'; readonly path: string }
  /** Windows' spooler, by the printer's name there. One-way: it never says what came out. */
  | { readonly kind: 'spool'; readonly printer: string }

const RAW_PORT = 9100
const BAUD = 9600
const BAUD_RATES = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400]

/**
 * Reads `tcp://HOST[:PORT]`, `serial:PATH[@BAUD]`, `usb:PATH` or `spool:NAME`. Returns a sentence for the person who typed it where
 * it is none of these.
 */
export function parsePrinterAddress(text: string): PrinterAddress | string {
  if (text.startsWith('tcp://')) return parseTcp(text)
  if (text.startsWith('serial:')) return parseSerial(text.slice('serial:'.length))
  if (text.startsWith('usb:/')) return { kind: 'usb', path: text.slice('usb:'.length) }
  if (/^spool:\S/.test(text)) return { kind: 'spool', printer: text.slice('spool:'.length).trim() }
  return `a printer is given as tcp://HOST:PORT, serial:PATH@BAUD, usb:/dev/usb/lp0 or spool:NAME (Windows), not as "${text}"`
}

function parseTcp(text: string): PrinterAddress | string {
  const parts = /^tcp:\/\/(?:\[([0-9a-f:.]+)\]|([^:/[\]\s]+))(?::(\d+))?\/?$/i.exec(text)
  const host = parts?.[1] ?? parts?.[2]
  if (host === undefined) return `"${text}" is not of the form tcp://HOST:PORT`
  const port = Number(parts?.[3] ?? RAW_PORT)
  return port >= 1 && port <= 65_535 ? { kind: 'tcp', host, port } : `there is no port ${port}`
}

function parseSerial(rest: string): PrinterAddress | string {
  const parts = /^([^@\s]+)(?:@(\d+))?$/.exec(rest)
  if (parts?.[1] === undefined) return `"serial:${rest}" is not of the form serial:PATH@BAUD`
  const baud = Number(parts[2] ?? BAUD)
  return BAUD_RATES.includes(baud) ? { kind: 'serial', path: parts[1], baud } : `no printer runs at ${baud} baud`
}

export function printerTransport(address: PrinterAddress): Transport {
  switch (address.kind) {
    case 'tcp':
      return tcp(address)
    case 'serial':
      return serial(address)
    case 'usb':
      return usbPrinterFile(address)
    case 'spool':
      return windowsSpool(address)
    default:
      return address satisfies never
  }
}

/** Milliseconds a byte takes: ten bits on a serial line; a network or USB printer is bound by its paper. */
export function byteTime(address: PrinterAddress): number {
  return address.kind === 'serial' ? 10_000 / address.baud : 0.1
}
