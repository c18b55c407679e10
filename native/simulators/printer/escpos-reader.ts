import type { Bitmap } from '../../printers/bitmap.ts'
import type { CommandForm, SeenCommand } from './seen-command.ts'
import { readByForms } from './seen-command.ts'

const ESC = 0x1b
const GS = 0x1d
const DLE = 0x10
const FS = 0x1c

const first = (after: Uint8Array): number => after[0] ?? 0
const number16 = (after: Uint8Array, at: number): number => (after[at] ?? 0) | ((after[at + 1] ?? 0) << 8)
/** `pL pH` and as many bytes as they say. */
const counted16 = (after: Uint8Array): number | null => (after.length < 2 ? null : 2 + number16(after, 0))

const plain = (head: readonly number[], command: SeenCommand): CommandForm => ({
  head,
  length: 0,
  read: () => command,
})
const one = (head: readonly number[], read: (number: number) => SeenCommand): CommandForm => ({
  head,
  length: 1,
  read: (after) => read(first(after)),
})

/**
 * The forms of ESC/POS that receipts of this trade use, Star's greeting included, since tills ask both at once. In
 * order: where two heads match, the first decides.
 */
const FORMS: readonly CommandForm[] = [
  plain([0x0a], { kind: 'line-feed' }),
  plain([0x0d], { kind: 'carriage-return' }),
  plain([ESC, 0x40], { kind: 'initialise' }),
  plain([FS, 0x2e], { kind: 'leave-kanji' }),
  plain([ESC, 0x32], { kind: 'line-spacing', dots: null }),
  plain([ESC, 0x06, 0x01], { kind: 'star-ask-status' }),
  one([ESC, 0x33], (dots) => ({ kind: 'line-spacing', dots })),
  one([ESC, 0x52], (number) => ({ kind: 'international-set', number })),
  one([ESC, 0x74], (number) => ({ kind: 'page', number })),
  one([ESC, 0x4d], (number) => ({ kind: 'font', number })),
  one([ESC, 0x45], (number) => ({ kind: 'bold', on: (number & 1) === 1 })),
  one([ESC, 0x2d], (number) => ({ kind: 'underline', on: (number & 3) !== 0 })),
  one([ESC, 0x61], (number) => ({ kind: 'align', number })),
  one([ESC, 0x64], (lines) => ({ kind: 'feed', lines })),
  one([ESC, 0x3d], (number) => ({ kind: 'choose-device', number })),
  one([GS, 0x42], (number) => ({ kind: 'invert', on: (number & 1) === 1 })),
  one([GS, 0x21], (number) => ({ kind: 'size', width: (number >> 4) + 1, height: (number & 0x0f) + 1 })),
  one([GS, 0x68], (dots) => ({ kind: 'bar-height', dots })),
  one([GS, 0x77], (dots) => ({ kind: 'bar-width', dots })),
  one([GS, 0x48], (number) => ({ kind: 'bar-text', number })),
  one([GS, 0x66], (number) => ({ kind: 'bar-font', number })),
  one([GS, 0x61], (number) => ({ kind: 'tell-changes', number })),
  one([GS, 0x72], (number) => ({ kind: 'ask-in-queue', number })),
  one([GS, 0x49], (number) => ({ kind: 'ask-card', number })),
  { head: [ESC, 0x70], length: 3, read: ([pin = 0, on = 0, off = 0]) => ({ kind: 'drawer', pin, on, off }) },
  { head: [GS, 0x56], length: (after) => cutLength(after), read: readCut },
  { head: [GS, 0x76, 0x30], length: (after) => rasterLength(after), read: readRaster },
  { head: [GS, 0x28, 0x6b], length: counted16, read: (after) => readSymbol(after.subarray(2)) },
  { head: [GS, 0x28, 0x4c], length: counted16, read: (after) => readGraphics(after.subarray(2)) },
  { head: [GS, 0x28, 0x48], length: counted16, read: (after) => ({ kind: 'ask-process', id: after.slice(4) }) },
  { head: [GS, 0x6b], length: (after) => barLength(after), read: readBars },
  one([DLE, 0x04], (number) => ({ kind: 'ask-status', number })),
  one([DLE, 0x05], (number) => ({ kind: 'recover', number })),
  { head: [DLE, 0x14, 0x01], length: 2, read: ([pin = 0, time = 0]) => ({ kind: 'drawer-at-once', pin, time }) },
  { head: [DLE, 0x14, 0x08], length: 7, read: () => ({ kind: 'forget' }) },
  one([DLE, 0x14, 0x07], (number) => ({ kind: 'ask-change-now', number })),
]

/** Reads ESC/POS as a printer does. Never throws; what it does not know it skips byte by byte. */
export function readEscpos(received: Uint8Array): {
  readonly commands: readonly SeenCommand[]
  readonly rest: Uint8Array
} {
  return readByForms(received, FORMS)
}

function cutLength(after: Uint8Array): number | null {
  if (after.length === 0) return null
  return first(after) >= 0x41 ? 2 : 1
}

function readCut(after: Uint8Array): SeenCommand {
  return { kind: 'cut', mode: first(after), feed: after[1] ?? null }
}

function rasterLength(after: Uint8Array): number | null {
  return after.length < 5 ? null : 5 + number16(after, 1) * number16(after, 3)
}

function readRaster(after: Uint8Array): SeenCommand {
  const bitmap: Bitmap = { width: number16(after, 1) * 8, height: number16(after, 3), dots: after.slice(5) }
  return { kind: 'picture', bitmap }
}

/** `GS ( k`: function 65 to 81 of the QR code (cn 49). Other symbols are skipped as a whole. */
function readSymbol(body: Uint8Array): SeenCommand {
  const [code, fn, value = 0] = body
  if (code === 0x31 && fn === 0x41) return { kind: 'qr-model', model: value }
  if (code === 0x31 && fn === 0x43) return { kind: 'qr-module', dots: value }
  if (code === 0x31 && fn === 0x45) return { kind: 'qr-level', level: value }
  if (code === 0x31 && fn === 0x50) return { kind: 'qr-store', bytes: body.slice(3) }
  if (code === 0x31 && fn === 0x51) return { kind: 'qr-print' }
  return { kind: 'skipped', byte: GS }
}

/** `GS ( L`: store a picture (function 112; its width is counted in dots) and print it (function 50). */
function readGraphics(body: Uint8Array): SeenCommand {
  const fn = body[1]
  if (fn === 0x32) return { kind: 'print-stored' }
  if (fn !== 0x70) return { kind: 'skipped', byte: GS }
  const bitmap: Bitmap = { width: number16(body, 6), height: number16(body, 8), dots: body.slice(10) }
  return { kind: 'store-picture', head: body.slice(2, 6), bitmap }
}

/** Types from 65 on are followed by a length; the old ones end at a zero. */
function barLength(after: Uint8Array): number | null {
  if (after.length === 0) return null
  if (first(after) >= 65) return after.length < 2 ? null : 2 + after[1]!
  const end = after.indexOf(0, 1)
  return end < 0 ? null : end + 1
}

function readBars(after: Uint8Array): SeenCommand {
  const type = first(after)
  return { kind: 'bars', type, bytes: type >= 65 ? after.slice(2) : after.slice(1, -1) }
}
