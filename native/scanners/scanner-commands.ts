import { ascii, crc16Xmodem, joined } from '../bytes.ts'

/** Whose command language a scanner on a serial line speaks. */
export type CommandFamily = 'honeywell' | 'newland' | 'gm65' | 'denso'

export type ScannerCommand =
  | { readonly kind: 'trigger'; readonly on: boolean }
  | { readonly kind: 'beep'; readonly good: boolean }
  /** A maker's own setting command, such as Honeywell's `REVINF.` or Newland's `SCNTRG1`. */
  | { readonly kind: 'ask'; readonly text: string }

const SYN = 0x16
const CR = 0x0d

/**
 * The bytes of a command on a serial line, or null when the family has no such command. Honeywell: SYN T / SYN U;
 * Newland: `~ SOH 0000 # … ; ETX`; GM65: a binary zone write; Denso: READON / READOFF.
 */
export function serialCommand(family: CommandFamily, command: ScannerCommand): Uint8Array | null {
  switch (family) {
    case 'honeywell':
      return honeywellCommand(command)
    case 'newland':
      if (command.kind === 'trigger') return newlandCommand('#', command.on ? 'SCNTRG1' : 'SCNTRG0')
      return command.kind === 'ask' ? newlandCommand('@', command.text) : null
    case 'gm65':
      return command.kind === 'trigger' ? zoneWrite(0x0002, command.on ? 1 : 2) : null
    case 'denso':
      return command.kind === 'trigger' ? ascii(command.on ? 'READON\r' : 'READOFF\r') : null
    default:
      return family satisfies never
  }
}

/** Honeywell's text commands, on a serial line as they are and in the HID POS tunnel alike. */
export function honeywellCommand(command: ScannerCommand): Uint8Array | null {
  switch (command.kind) {
    case 'trigger':
      return Uint8Array.of(SYN, command.on ? 0x54 : 0x55, CR)
    case 'beep':
      return command.good ? Uint8Array.of(SYN, 0x07, CR) : null
    case 'ask':
      return joined([SYN, 0x4d, CR], ascii(command.text))
    default:
      return command satisfies never
  }
}

/** Newland "unified" command: `@` keeps a setting, `#` sets it until the power goes. */
export function newlandCommand(scope: '@' | '#', text: string): Uint8Array {
  return joined([0x7e, 0x01], ascii(`0000${scope}${text};`), [0x03])
}

/** Newland and GM65 binary zone write of one byte. AB CD in the place of the checksum: do not check. */
export function zoneWrite(zone: number, value: number, check: 'xmodem' | 'none' = 'none'): Uint8Array {
  const body = Uint8Array.of(0x08, 0x01, zone >> 8, zone & 0xff, value)
  const crc = check === 'none' ? 0xabcd : crc16Xmodem(body)
  return joined([0x7e, 0x00], body, [crc >> 8, crc & 0xff])
}
