import { ascii, joined } from '../bytes.ts'
import { honeywellCommand, newlandCommand, zoneWrite } from './scanner-commands.ts'
import type { ScannerCommand } from './scanner-commands.ts'

/** Whose output reports a HID POS scanner understands: the same report means different things to them. */
export type HidPosFamily = 'honeywell' | 'newland' | 'microscan'

export type HidPosCommand = ScannerCommand | { readonly kind: 'prevent'; readonly on: boolean }

/** Output report 04 of Honeywell and kin: a field of bits. */
export const HONEYWELL_BITS = { prevent: 0x02, initiate: 0x04, errorBeep: 0x20, goodBeep: 0x40 } as const
const BITS_REPORT = 0x04
const TUNNEL_REPORT = 0xfd
const NEWLAND_REPORT = 0x04
const MICROSCAN_REPORT = 0x01
const REPORT_BYTES = 64
const TUNNEL_BYTES_MAX = 62

export function bitsReport(bits: number): Uint8Array {
  return Uint8Array.of(BITS_REPORT, bits)
}

/** Report FD carries Honeywell's serial commands; `length` may differ from the data only where a device prints it so. */
export function tunnelReport(data: Uint8Array, length = data.length): Uint8Array {
  if (data.length > TUNNEL_BYTES_MAX) throw new RangeError(`a command has at most ${TUNNEL_BYTES_MAX} bytes`)
  return joined([TUNNEL_REPORT, length], data)
}

/** Newland's output report 04: length and command, never the bit field. */
export function newlandReport(data: Uint8Array): Uint8Array {
  return padded(joined([NEWLAND_REPORT, data.length], data))
}

export function padded(report: Uint8Array, size = REPORT_BYTES): Uint8Array {
  if (report.length > size) throw new RangeError(`a report has ${size} bytes, not ${report.length}`)
  return joined(report, new Uint8Array(size - report.length))
}

/**
 * The output report of a command, or null when the family has none. Honeywell's "off" goes through the tunnel, because
 * the bit for it would also keep the cashier's own trigger from working.
 */
export function hidPosCommand(family: HidPosFamily, command: HidPosCommand): Uint8Array | null {
  switch (family) {
    case 'honeywell':
      return honeywellReport(command)
    case 'newland':
      if (command.kind === 'trigger') return newlandReport(zoneWrite(0x0002, command.on ? 1 : 2, 'xmodem'))
      return command.kind === 'ask' ? newlandReport(newlandCommand('@', command.text)) : null
    case 'microscan':
      if (command.kind !== 'ask') return null
      return padded(joined([MICROSCAN_REPORT, command.text.length], ascii(command.text)))
    default:
      return family satisfies never
  }
}

function honeywellReport(command: HidPosCommand): Uint8Array | null {
  if (command.kind === 'prevent') return bitsReport(command.on ? HONEYWELL_BITS.prevent : 0)
  if (command.kind === 'beep') return bitsReport(command.good ? HONEYWELL_BITS.goodBeep : HONEYWELL_BITS.errorBeep)
  if (command.kind === 'trigger' && command.on) return bitsReport(HONEYWELL_BITS.initiate)
  const text = honeywellCommand(command)
  return text === null ? null : padded(tunnelReport(text))
}
