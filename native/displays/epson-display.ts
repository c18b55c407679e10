import { ascii, joined } from '../bytes.ts'

/** The commands of Epson's DM-D displays (source: the Epson driver of lcdproc; python-escpos for the pass-through). */
export type EpsonDisplayCommand =
  | { readonly kind: 'initialise' }
  | { readonly kind: 'clear' }
  /** Column and row, both from 1. */
  | { readonly kind: 'position'; readonly column: number; readonly row: number }
  /** 1 dim to 4 bright. */
  | { readonly kind: 'brightness'; readonly level: number }
  | { readonly kind: 'cursor'; readonly on: boolean }
  | { readonly kind: 'text'; readonly text: string }
  /** Behind a printer: what is inside goes to the display, and the printer listens again after it. */
  | { readonly kind: 'through-printer'; readonly inside: Uint8Array }

const TO_DISPLAY = [0x1b, 0x3d, 0x02] as const
const TO_PRINTER = [0x1b, 0x3d, 0x01] as const

/** A command as bytes. Texts must be ASCII. */
export function epsonDisplayBytes(command: EpsonDisplayCommand): Uint8Array {
  switch (command.kind) {
    case 'initialise':
      return Uint8Array.of(0x1b, 0x40)
    case 'clear':
      return Uint8Array.of(0x0c)
    case 'position':
      return Uint8Array.of(0x1f, 0x24, command.column, command.row)
    case 'brightness':
      return Uint8Array.of(0x1f, 0x58, Math.min(4, Math.max(1, command.level)))
    case 'cursor':
      return Uint8Array.of(0x1f, 0x43, command.on ? 1 : 0)
    case 'text':
      return ascii(command.text)
    // Without the last three bytes every receipt from now on goes to the display.
    case 'through-printer':
      return joined(TO_DISPLAY, command.inside, TO_PRINTER)
    default:
      return command satisfies never
  }
}

/** Reads one command, as the display does; null for bytes that are none. */
export function readEpsonDisplay(bytes: Uint8Array): EpsonDisplayCommand | null {
  const [first, second, third = 0, fourth = 0] = bytes
  if (startsAndEnds(bytes)) return { kind: 'through-printer', inside: bytes.slice(3, -3) }
  if (bytes.length === 1 && first === 0x0c) return { kind: 'clear' }
  if (bytes.length === 2 && first === 0x1b && second === 0x40) return { kind: 'initialise' }
  if (bytes.length === 4 && first === 0x1f && second === 0x24) return { kind: 'position', column: third, row: fourth }
  if (bytes.length === 3 && first === 0x1f && second === 0x58) return { kind: 'brightness', level: third }
  if (bytes.length === 3 && first === 0x1f && second === 0x43) return { kind: 'cursor', on: third !== 0 }
  if (bytes.length > 0 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) {
    return { kind: 'text', text: String.fromCharCode(...bytes) }
  }
  return null
}

function startsAndEnds(bytes: Uint8Array): boolean {
  if (bytes.length < 6) return false
  const end = bytes.length - TO_PRINTER.length
  return TO_DISPLAY.every((byte, at) => bytes[at] === byte) && TO_PRINTER.every((byte, at) => bytes[end + at] === byte)
}
