import type { DeviceRole, TrafficLine } from '../../../contract/device-view.ts'
import { hexOf } from '../../../native/bytes.ts'
import type { Traffic } from '../../../native/traffic.ts'

/** What passed on a line, for the screen: hexadecimal, and beside it what can be read of it. */
export function trafficLines(traffic: readonly Traffic[]): TrafficLine[] {
  return traffic.map((piece) => {
    const at = new Date(piece.at).toISOString()
    if (piece.way === 'opened') return { at, way: piece.way, hex: '', text: '' }
    if (piece.way === 'closed') return { at, way: piece.way, hex: '', text: piece.why }
    return { at, way: piece.way, hex: hexOf(piece.bytes), text: readable(piece.bytes) }
  })
}

const readable = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')

/**
 * The same traffic with nothing of a person in it: a support file is mailed around, and scans, receipts and taps hold
 * names, card numbers and the numbers of people's telephones. Letters become x and digits 0, so that frames, ends and
 * lengths can still be seen; of a pad's frames only the first bytes stay, which say what kind of frame it was.
 */
export function withoutPersons(role: DeviceRole, traffic: readonly Traffic[]): Traffic[] {
  return traffic.map((piece) => {
    if (!('bytes' in piece)) return piece
    return { ...piece, bytes: role === 'pad' ? headOnly(piece.bytes) : masked(piece.bytes) }
  })
}

const LETTER_X = 0x78
const DIGIT_0 = 0x30

function masked(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    if (byte >= 0x30 && byte <= 0x39) return DIGIT_0
    const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte >= 0x80
    return isLetter ? LETTER_X : byte
  })
}

const HEAD_BYTES = 6

const headOnly = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at < HEAD_BYTES ? byte : 0))
