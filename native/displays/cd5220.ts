import { ascii } from '../bytes.ts'

/**
 * The commands of CD5220, the language most 2×20 customer displays speak at 9600 8N1 (sources: batzlerg/cd5220, the
 * cd5220 driver of lcdproc).
 */
export type Cd5220Command =
  | { readonly kind: 'initialise' }
  /** Also the only way but `clear-line` out of the string mode that `line` leaves the display in. */
  | { readonly kind: 'clear' }
  | { readonly kind: 'clear-line' }
  | { readonly kind: 'cursor'; readonly on: boolean }
  /** 1 dim to 4 bright. */
  | { readonly kind: 'brightness'; readonly level: number }
  /** Column and row, both from 1. */
  | { readonly kind: 'position'; readonly column: number; readonly row: number }
  /** A whole line at once; at most 20 characters. */
  | { readonly kind: 'line'; readonly row: 'upper' | 'lower'; readonly text: string }
  | { readonly kind: 'marquee'; readonly text: string }
  /** Where text goes when it reaches the end: over the line, or scrolling up or sideways. */
  | { readonly kind: 'mode'; readonly mode: 'overwrite' | 'scroll-up' | 'scroll-sideways' }

const ROWS = { upper: 0x41, lower: 0x42 } as const
const MODES = { overwrite: 0x11, 'scroll-up': 0x12, 'scroll-sideways': 0x13 } as const
const MARQUEE = 0x44
const CR = 0x0d

/** A command as bytes. Texts must be ASCII. */
export function cd5220Bytes(command: Cd5220Command): Uint8Array {
  switch (command.kind) {
    case 'initialise':
      return Uint8Array.of(0x1b, 0x40)
    case 'clear':
      return Uint8Array.of(0x0c)
    case 'clear-line':
      return Uint8Array.of(0x18)
    case 'cursor':
      return Uint8Array.of(0x1b, 0x5f, command.on ? 1 : 0)
    case 'brightness':
      return Uint8Array.of(0x1b, 0x2a, Math.min(4, Math.max(1, command.level)))
    case 'position':
      return Uint8Array.of(0x1b, 0x6c, command.column, command.row)
    case 'line':
      return string(ROWS[command.row], command.text)
    case 'marquee':
      return string(MARQUEE, command.text)
    case 'mode':
      return Uint8Array.of(0x1b, MODES[command.mode])
    default:
      return command satisfies never
  }
}

function string(where: number, text: string): Uint8Array {
  return Uint8Array.from([0x1b, 0x51, where, ...ascii(text), CR])
}

/** Reads one command, as the display does; null for bytes that are none. */
export function readCd5220(bytes: Uint8Array): Cd5220Command | null {
  const [first, second, third = 0, fourth = 0] = bytes
  if (bytes.length === 1 && first === 0x0c) return { kind: 'clear' }
  if (bytes.length === 1 && first === 0x18) return { kind: 'clear-line' }
  if (first !== 0x1b) return null
  if (second === 0x51) return readString(bytes)
  if (bytes.length === 2) {
    if (second === 0x40) return { kind: 'initialise' }
    const mode = (Object.keys(MODES) as (keyof typeof MODES)[]).find((name) => MODES[name] === second)
    return mode === undefined ? null : { kind: 'mode', mode }
  }
  if (bytes.length === 3 && second === 0x5f) return { kind: 'cursor', on: third !== 0 }
  if (bytes.length === 3 && second === 0x2a) return { kind: 'brightness', level: third }
  if (bytes.length === 4 && second === 0x6c) return { kind: 'position', column: third, row: fourth }
  return null
}

function readString(bytes: Uint8Array): Cd5220Command | null {
  if (bytes.at(-1) !== CR || bytes.length < 4) return null
  const text = String.fromCharCode(...bytes.subarray(3, -1))
  if (bytes[2] === MARQUEE) return { kind: 'marquee', text }
  if (bytes[2] === ROWS.upper) return { kind: 'line', row: 'upper', text }
  return bytes[2] === ROWS.lower ? { kind: 'line', row: 'lower', text } : null
}
