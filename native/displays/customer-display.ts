import { joined } from '../bytes.ts'
import { AEDEX_ATTENTION, aedexBytes } from './aedex.ts'
import { cd5220Bytes } from './cd5220.ts'
import { displayLine } from './display-text.ts'
import { epsonDisplayBytes } from './epson-display.ts'

export const DISPLAY_DIALECTS = ['cd5220', 'epson', 'epson-through-printer', 'aedex'] as const
export type DisplayDialect = (typeof DISPLAY_DIALECTS)[number]

/** Brings a display to a known state: empty, no cursor, bright. */
export function startDisplay(dialect: DisplayDialect): Uint8Array {
  switch (dialect) {
    case 'cd5220':
      return joined(
        cd5220Bytes({ kind: 'initialise' }),
        cd5220Bytes({ kind: 'clear' }),
        cd5220Bytes({ kind: 'cursor', on: false }),
        cd5220Bytes({ kind: 'brightness', level: 4 }),
      )
    case 'epson':
      return epsonStart()
    case 'epson-through-printer':
      return epsonDisplayBytes({ kind: 'through-printer', inside: epsonStart() })
    case 'aedex':
      return showLines('aedex', '', '')
    default:
      return dialect satisfies never
  }
}

function epsonStart(): Uint8Array {
  return joined(
    epsonDisplayBytes({ kind: 'initialise' }),
    epsonDisplayBytes({ kind: 'clear' }),
    epsonDisplayBytes({ kind: 'cursor', on: false }),
    epsonDisplayBytes({ kind: 'brightness', level: 4 }),
  )
}

/**
 * Both lines at once, each exactly twenty characters: no cursor to lose, no rest of an earlier price beside a shorter
 * one. Texts of any language; see `displayLine` and `displayPair` for what fits.
 */
export function showLines(dialect: DisplayDialect, upper: string, lower: string): Uint8Array {
  const [first, second] = [displayLine(upper), displayLine(lower)]
  switch (dialect) {
    case 'cd5220':
      return joined(
        cd5220Bytes({ kind: 'line', row: 'upper', text: first }),
        cd5220Bytes({ kind: 'line', row: 'lower', text: second }),
      )
    case 'epson':
      return epsonLines(first, second)
    case 'epson-through-printer':
      return epsonDisplayBytes({ kind: 'through-printer', inside: epsonLines(first, second) })
    case 'aedex':
      return joined(
        aedexBytes({ kind: 'line', row: 'upper', text: first, attention: AEDEX_ATTENTION }),
        aedexBytes({ kind: 'line', row: 'lower', text: second, attention: AEDEX_ATTENTION }),
      )
    default:
      return dialect satisfies never
  }
}

function epsonLines(upper: string, lower: string): Uint8Array {
  return joined(
    epsonDisplayBytes({ kind: 'position', column: 1, row: 1 }),
    epsonDisplayBytes({ kind: 'text', text: upper }),
    epsonDisplayBytes({ kind: 'position', column: 1, row: 2 }),
    epsonDisplayBytes({ kind: 'text', text: lower }),
  )
}
