import { paintBitmap } from '../../printers/bitmap.ts'
import type { CommandForm, SeenCommand } from './seen-command.ts'
import { readByForms } from './seen-command.ts'

const ESC = 0x1b
const GS = 0x1d
const RS = 0x1e

const first = (after: Uint8Array): number => after[0] ?? 0
const plain = (head: readonly number[], command: SeenCommand): CommandForm => ({ head, length: 0, read: () => command })
const one = (head: readonly number[], read: (number: number) => SeenCommand): CommandForm => ({
  head,
  length: 1,
  read: (after) => read(first(after)),
})

/** The forms of Star's line mode that our receipts use. */
const FORMS: readonly CommandForm[] = [
  plain([0x0a], { kind: 'line-feed' }),
  plain([0x0d], { kind: 'carriage-return' }),
  plain([0x17], { kind: 'star-fence' }),
  plain([ESC, 0x40], { kind: 'initialise' }),
  plain([ESC, 0x45], { kind: 'bold', on: true }),
  plain([ESC, 0x46], { kind: 'bold', on: false }),
  plain([ESC, 0x34], { kind: 'invert', on: true }),
  plain([ESC, 0x35], { kind: 'invert', on: false }),
  plain([ESC, 0x30], { kind: 'line-spacing', dots: 24 }),
  plain([ESC, 0x7a, 0x01], { kind: 'line-spacing', dots: null }),
  plain([ESC, 0x06, 0x01], { kind: 'star-ask-status' }),
  plain([ESC, 0x23, 0x2a, 0x0a, 0x00], { kind: 'star-ask-version' }),
  one([ESC, GS, 0x74], (number) => ({ kind: 'page', number })),
  one([ESC, GS, 0x61], (number) => ({ kind: 'align', number })),
  one([ESC, RS, 0x61], (number) => ({ kind: 'tell-changes', number })),
  one([ESC, 0x64], (mode) => ({ kind: 'cut', mode, feed: null })),
  { head: [ESC, 0x69], length: 2, read: ([h = 0, w = 0]) => ({ kind: 'size', width: w + 1, height: h + 1 }) },
  { head: [ESC, 0x07], length: 3, read: ([on = 0, off = 0, pin = 0]) => ({ kind: 'drawer', pin, on, off }) },
  { head: [ESC, 0x58], length: stripeLength, read: readStripe },
  one([ESC, GS, 0x79, 0x53, 0x30], (model) => ({ kind: 'qr-model', model })),
  one([ESC, GS, 0x79, 0x53, 0x31], (level) => ({ kind: 'qr-level', level })),
  one([ESC, GS, 0x79, 0x53, 0x32], (dots) => ({ kind: 'qr-module', dots })),
  plain([ESC, GS, 0x79, 0x50], { kind: 'qr-print' }),
  {
    head: [ESC, GS, 0x79, 0x44, 0x31, 0x00],
    length: (after) => (after.length < 2 ? null : 2 + after[0]! + after[1]! * 256),
    read: (after) => ({ kind: 'qr-store', bytes: after.slice(2) }),
  },
]

/** Reads Star's line mode as a printer does. Never throws; what it does not know it skips byte by byte. */
export function readStar(received: Uint8Array): {
  readonly commands: readonly SeenCommand[]
  readonly rest: Uint8Array
} {
  return readByForms(received, FORMS)
}

function stripeLength(after: Uint8Array): number | null {
  return after.length < 2 ? null : 2 + 3 * (after[0]! + after[1]! * 256)
}

/** 24 rows, three bytes a column, the top dot in the high bit. */
function readStripe(after: Uint8Array): SeenCommand {
  const columns = after.subarray(2)
  const black = (x: number, y: number) => ((columns[x * 3 + (y >> 3)] ?? 0) & (0x80 >> (y & 7))) !== 0
  return { kind: 'picture', bitmap: paintBitmap(columns.length / 3, 24, black) }
}
