import { joined } from '../bytes.ts'
import type { FrameShape, Look } from './assembler.ts'
import { NO, SHORT } from './assembler.ts'
import { sum8 } from './checksums.ts'
import { bytes16, fromHex, toHex, uint16 } from './hex.ts'
import { pcAgrees } from './reader.ts'
import type { LockAction, LockField } from './reader.ts'

/**
 * Invelion and Impinj R2000 boards: `A0 Length Address Command data… Check`, 115200 8N1. Length counts what follows
 * itself with the check, which is the two's complement of the sum of everything before it.
 */
export interface A0Frame {
  readonly address: number
  readonly command: number
  readonly data: Uint8Array
}

export const A0 = {
  temporaryPower: 0x66,
  firmware: 0x72,
  setAntenna: 0x74,
  setPower: 0x76,
  getPower: 0x77,
  setRegion: 0x78,
  getRegion: 0x79,
  read: 0x81,
  lock: 0x83,
  kill: 0x84,
  matchEpc: 0x85,
  realTime: 0x89,
  fastSwitch: 0x8a,
  session: 0x8b,
  blockWrite: 0x94,
} as const

export const A0_ADDRESS = 0x01

const HEAD = 0xa0
const LENGTH_MIN = 3
/** Longer than any answer documented; a torn length beyond it must not hold the line up. */
const LENGTH_MAX = 0x60

export const a0Shape: FrameShape<A0Frame> = {
  name: 'A0',
  bytes_max: LENGTH_MAX + 2,
  look(bytes, at): Look<A0Frame> {
    if (bytes[at] !== HEAD) return NO
    const left = bytes.length - at
    if (left < 2) return SHORT
    const length = bytes[at + 1]!
    if (length < LENGTH_MIN || length > LENGTH_MAX) return NO
    if (left < length + 2) return SHORT
    const end = at + length + 1
    if (sum8(bytes, at, end + 1) !== 0) return NO
    return {
      kind: 'frame',
      frame: { address: bytes[at + 2]!, command: bytes[at + 3]!, data: bytes.slice(at + 4, end) },
      length: length + 2,
    }
  },
}

export function buildA0(frame: A0Frame): Uint8Array {
  const bytes = joined([HEAD, frame.data.length + LENGTH_MIN, frame.address, frame.command], frame.data, [0])
  bytes[bytes.length - 1] = -sum8(bytes, 0, bytes.length - 1) & 0xff
  return bytes
}

export function a0Command(command: number, data: readonly number[] = [], address: number = A0_ADDRESS): Uint8Array {
  return buildA0({ address, command, data: Uint8Array.from(data) })
}

/** Data of the orders at a tag, which go to the one chosen by `matchEpc` (layouts of pyImpinj beside the document). */
export const a0Data = {
  matchEpc: (epc: string) => [0, epc.length / 2, ...fromHex(epc)],
  read: (bank: number, address: number, words: number, password: string) => [
    bank,
    address,
    words,
    ...fromHex(password),
  ],
  write: (password: string, bank: number, address: number, written: string) => [
    ...fromHex(password),
    bank,
    address,
    written.length / 4,
    ...fromHex(written),
  ],
  lock: (password: string, field: LockField, action: LockAction) => [
    ...fromHex(password),
    LOCK_FIELD[field],
    LOCK_ACTION[action],
  ],
}

const LOCK_FIELD: Readonly<Record<LockField, number>> = {
  user: 1,
  tid: 2,
  epc: 3,
  'access-password': 4,
  'kill-password': 5,
}
const LOCK_ACTION: Readonly<Record<LockAction, number>> = { unlock: 0, lock: 1, 'lock-for-ever': 3 }

export type A0Inventory =
  | {
      readonly kind: 'tag'
      readonly frequency_index: number
      /** Counted from 0, as on the wire. */
      readonly antenna: number
      readonly pc: string
      readonly epc: string
      readonly rssi_raw: number
      readonly rssi_dbm: number
    }
  | { readonly kind: 'end'; readonly antenna: number; readonly rate: number; readonly total: number }
  | { readonly kind: 'error'; readonly code: number }

const END_SIZE = 7

/**
 * What a frame of 89, 8A or 8B says: a tag (`freqAnt PC2 EPC… RSSI`), the end of the round (`ant rate2 total4`) or an
 * error code. Null when it is none of them, as when the PC word does not agree with the EPC's length.
 */
export function readA0Inventory(data: Uint8Array): A0Inventory | null {
  if (data.length === 1) return { kind: 'error', code: data[0]! }
  if (data.length === END_SIZE) {
    const total = new DataView(data.buffer, data.byteOffset).getUint32(3)
    return { kind: 'end', antenna: data[0]!, rate: uint16(data, 1), total }
  }
  const end = data.length - 1
  if (end < 4 || !pcAgrees(uint16(data, 1), end - 3)) return null
  // Boards with eight antennas put a high bit into the signal strength.
  const rssi_raw = data[end]! & 0x7f
  return {
    kind: 'tag',
    frequency_index: data[0]! >> 2,
    antenna: (data[0]! & 0x03) + (data[end]! & 0x80 ? 4 : 0),
    pc: toHex(data, 1, 3),
    epc: toHex(data, 3, end),
    rssi_raw,
    rssi_dbm: rssi_raw - 129,
  }
}

export type A0TagAnswer =
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'tag'; readonly epc: string; readonly bytes: string; readonly status: number | null }

const CRC_SIZE = 2

/**
 * The answer to an order at a tag: one error code, or `count2 length PC2 EPC… CRC2 data… x freqAnt count`. `x` is the
 * length of what was read, or the outcome of what was written.
 */
export function readA0TagAnswer(command: number, data: Uint8Array): A0TagAnswer | null {
  if (data.length === 1) return { kind: 'error', code: data[0]! }
  const size = data[2]
  if (size === undefined || data.length < 3 + size + 3 || size < 4) return null
  const epcEnd = 5 + (uint16(data, 3) >> 11) * 2
  const tagEnd = 3 + size
  if (epcEnd + CRC_SIZE > tagEnd) return null
  return {
    kind: 'tag',
    epc: toHex(data, 5, epcEnd),
    bytes: toHex(data, epcEnd + CRC_SIZE, tagEnd),
    status: command === A0.read ? null : data[tagEnd]!,
  }
}

/** The answer of a board that carried out an order, as the simulator gives it. */
export function a0TagAnswer(pcEpc: Uint8Array, crc: number, bytes: Uint8Array, after: number): readonly number[] {
  return [0, 1, pcEpc.length + CRC_SIZE + bytes.length, ...pcEpc, ...bytes16(crc), ...bytes, after, 0x0b, 1]
}
