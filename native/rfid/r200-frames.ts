import { joined } from '../bytes.ts'
import type { FrameShape, Look } from './assembler.ts'
import { NO, SHORT } from './assembler.ts'
import { sum8 } from './checksums.ts'
import { bytes16, fromHex, signed8, toHex, uint16 } from './hex.ts'
import { pcAgrees } from './reader.ts'

/**
 * R200 / M100 and kin: `Head Type Command LengthHi LengthLo parameters… Sum Tail`, 115200 8N1. Two forms of the same
 * protocol differ in head and tail only: BB…7E and AA…DD. Head and tail values occur inside EPCs, so the length
 * decides where a frame ends.
 */
export type R200Form = 'bb' | 'aa'
export type R200Type = 0 | 1 | 2

export interface R200Frame {
  readonly form: R200Form
  /** 0 command, 1 answer, 2 notice. */
  readonly type: R200Type
  readonly command: number
  readonly parameters: Uint8Array
}

export const R200 = {
  moduleInfo: 0x03,
  setRegion: 0x07,
  getRegion: 0x08,
  getSelect: 0x0b,
  setSelect: 0x0c,
  getQuery: 0x0d,
  setQuery: 0x0e,
  selectMode: 0x12,
  poll: 0x22,
  multiPoll: 0x27,
  stopPoll: 0x28,
  read: 0x39,
  write: 0x49,
  kill: 0x65,
  lock: 0x82,
  setEas: 0xe3,
  setPower: 0xb6,
  getPower: 0xb7,
  error: 0xff,
} as const

const TYPES: readonly R200Type[] = [0, 1, 2]
const ENDS = { bb: [0xbb, 0x7e], aa: [0xaa, 0xdd] } as const
/** The longest answer documented is a read of the user bank; anything longer is a torn length. */
export const R200_PARAMETERS_MAX = 512
const AROUND = 7

export const r200Shape: FrameShape<R200Frame> = {
  name: 'R200',
  bytes_max: R200_PARAMETERS_MAX + AROUND,
  look(bytes, at): Look<R200Frame> {
    const form = formOf(bytes[at]!)
    if (form === null) return NO
    const left = bytes.length - at
    if (left > 1 && TYPES[bytes[at + 1]!] === undefined) return NO
    if (left < 5) return SHORT
    const size = uint16(bytes, at + 3)
    if (size > R200_PARAMETERS_MAX) return NO
    if (left < size + AROUND) return SHORT
    const end = at + 5 + size
    if (bytes[end] !== sum8(bytes, at + 1, end) || bytes[end + 1] !== ENDS[form][1]) return NO
    const type = TYPES[bytes[at + 1]!]!
    return {
      kind: 'frame',
      frame: { form, type, command: bytes[at + 2]!, parameters: bytes.slice(at + 5, end) },
      length: size + AROUND,
    }
  },
}

export function buildR200(frame: R200Frame): Uint8Array {
  const [head, tail] = ENDS[frame.form]
  const { parameters } = frame
  const bytes = joined([head, frame.type, frame.command, ...bytes16(parameters.length)], parameters, [0, tail])
  bytes[bytes.length - 2] = sum8(bytes, 1, bytes.length - 2)
  return bytes
}

/** A command in the form the module speaks. */
export function r200Command(form: R200Form, command: number, parameters: readonly number[] = []): Uint8Array {
  return buildR200({ form, type: 0, command, parameters: Uint8Array.from(parameters) })
}

/** The parameters of the commands that have any. Passwords and masks are hex; addresses and lengths count words. */
export const r200Parameters = {
  read: (password: string, bank: number, address: number, words: number) => [
    ...fromHex(password),
    bank,
    ...bytes16(address),
    ...bytes16(words),
  ],
  write: (password: string, bank: number, address: number, written: string) => [
    ...r200Parameters.read(password, bank, address, written.length / 4),
    ...fromHex(written),
  ],
  lock: (password: string, payload: number) => [...fromHex(password), (payload >> 16) & 0xff, ...bytes16(payload)],
  /** Select by EPC: bank 1 from bit 20 hex (behind CRC and PC), not truncated. */
  selectEpc: (epc: string) => [0x01, 0, 0, 0, 0x20, epc.length * 4, 0, ...fromHex(epc)],
  multiPoll: (rounds: number) => [0x22, ...bytes16(rounds)],
  power: (dbm: number) => [...bytes16(Math.round(dbm * 100))],
}

export interface R200Notice {
  readonly rssi_dbm: number
  readonly pc: string
  readonly epc: string
  readonly crc: string
}

/** `RSSI PC2 EPC… CRC2`. Null when the EPC is empty or its length is not the one the PC word tells. */
export function readR200Notice(parameters: Uint8Array): R200Notice | null {
  const end = parameters.length - 2
  if (end < 4 || !pcAgrees(uint16(parameters, 1), end - 3)) return null
  return {
    rssi_dbm: signed8(parameters[0]!),
    pc: toHex(parameters, 1, 3),
    epc: toHex(parameters, 3, end),
    crc: toHex(parameters, end),
  }
}

/** The answer to an order at a tag: `UL PC2 EPC… rest`, UL being the length of PC and EPC. */
export function readR200TagAnswer(parameters: Uint8Array): { epc: string; rest: Uint8Array } | null {
  const length = parameters[0]
  if (length === undefined || length < 2 || parameters.length < 1 + length) return null
  return { epc: toHex(parameters, 3, 1 + length), rest: parameters.slice(1 + length) }
}

function formOf(head: number): R200Form | null {
  return head === 0xbb ? 'bb' : head === 0xaa ? 'aa' : null
}
