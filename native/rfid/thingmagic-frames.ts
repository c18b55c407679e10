import { joined } from '../bytes.ts'
import type { FrameShape, Look } from './assembler.ts'
import { NO, PAD, SHORT } from './assembler.ts'
import { crcThingMagic } from './checksums.ts'
import { bytes16, fromHex, signed8, toHex, uint16 } from './hex.ts'
import { pcAgrees } from './reader.ts'

/**
 * ThingMagic M5e, M6e, M7e, Nano, Micro: commands `FF Length Op data… CRC2`, replies `FF Length Op Status2 data…
 * CRC2`; Length counts the data alone, so the two cannot be told apart without knowing the direction. 115200 8N1.
 */
export interface ThingMagicCommand {
  readonly op: number
  readonly data: Uint8Array
}

export interface ThingMagicReply extends ThingMagicCommand {
  readonly status: number
}

export const THINGMAGIC = {
  version: 0x03,
  bootFirmware: 0x04,
  readSingle: 0x21,
  readMultiple: 0x22,
  writeData: 0x24,
  lock: 0x25,
  kill: 0x26,
  readData: 0x28,
  continuous: 0x2f,
  getReadPower: 0x62,
  getRegion: 0x67,
  setAntenna: 0x91,
  setReadPower: 0x92,
  setProtocol: 0x93,
  setWritePower: 0x94,
  setRegion: 0x97,
  setReaderConfig: 0x9a,
} as const

const HEAD = 0xff
const LENGTH_MAX = 0xf8

function shapeOf<Frame>(name: string, around: number, frameOf: (bytes: Uint8Array, at: number, end: number) => Frame) {
  return {
    name,
    bytes_max: LENGTH_MAX + around,
    look(bytes: Uint8Array, at: number): Look<Frame> {
      // Clones of Silion end their frames with a carriage return.
      if (bytes[at] === 0x0d) return PAD
      if (bytes[at] !== HEAD) return NO
      const left = bytes.length - at
      if (left < 2) return SHORT
      const length = bytes[at + 1]! + around
      if (bytes[at + 1]! > LENGTH_MAX) return NO
      if (left < length) return SHORT
      const end = at + length - 2
      if (crcThingMagic(bytes, at + 1, end) !== uint16(bytes, end)) return NO
      return { kind: 'frame', frame: frameOf(bytes, at, end), length }
    },
  }
}

/** What the module says. */
export const thingMagicReplies: FrameShape<ThingMagicReply> = shapeOf('ThingMagic', 7, (bytes, at, end) => ({
  op: bytes[at + 2]!,
  status: uint16(bytes, at + 3),
  data: bytes.slice(at + 5, end),
}))

/** What the host says; the simulator's side of the line. */
export const thingMagicCommands: FrameShape<ThingMagicCommand> = shapeOf('ThingMagic', 5, (bytes, at, end) => ({
  op: bytes[at + 2]!,
  data: bytes.slice(at + 3, end),
}))

export function thingMagicCommand(op: number, data: readonly number[] = []): Uint8Array {
  return sealed([HEAD, data.length, op, ...data])
}

export function thingMagicReply(reply: ThingMagicReply): Uint8Array {
  return sealed([HEAD, reply.data.length, reply.op, ...bytes16(reply.status), ...reply.data])
}

function sealed(body: readonly number[]): Uint8Array {
  const bytes = joined(body, [0, 0])
  const crc = crcThingMagic(bytes, 1, bytes.length - 2)
  bytes.set(bytes16(crc), bytes.length - 2)
  return bytes
}

/** The module searches so long for the tag before it says that there is none. */
export const TAG_TIMEOUT_MS = 500
/** "Only the tag whose EPC follows": a count of bits and the EPC. */
const SELECT_ON_EPC = 0x01

/**
 * Data of the orders at a tag, each with the tag's EPC as filter, in the order of fields the maker's own interface
 * uses: option byte, fields, then (access password,) bits of the EPC, EPC.
 */
export const thingMagicData = {
  read: (epc: string, bank: number, address: number, words: number, password: string) => [
    ...optioned(),
    bank,
    ...bytes32(address),
    words,
    ...fromHex(password),
    ...filter(epc),
  ],
  write: (epc: string, bank: number, address: number, written: string, password: string) => [
    ...optioned(),
    ...bytes32(address),
    bank,
    ...fromHex(password),
    ...filter(epc),
    ...fromHex(written),
  ],
  lock: (epc: string, bits: { readonly mask: number; readonly action: number }, password: string) => [
    ...optioned(),
    ...fromHex(password),
    ...bytes16(bits.mask),
    ...bytes16(bits.action),
    ...filter(epc),
  ],
  kill: (epc: string, password: string) => [...optioned(), ...fromHex(password), 0, ...filter(epc)],
  power: (dbm: number) => [...bytes16(Math.round(dbm * 100))],
  /** Gen2 in every antenna of the search list, metadata 001B, reported as seen until stopped. */
  startContinuous: [0x00, 0x00, 0x01, 0x22, 0x00, 0x00, 0x05, 0x07, 0x22, 0x10, 0x00, 0x1b, 0x03, 0xe8, 0x01, 0xff],
  stopContinuous: [0x00, 0x00, 0x02],
  unfiltered: [0x01, 0x0c, 0x00],
} as const

function optioned(): readonly number[] {
  return [...bytes16(TAG_TIMEOUT_MS), SELECT_ON_EPC]
}

function filter(epc: string): readonly number[] {
  return [epc.length * 4, ...fromHex(epc)]
}

function bytes32(value: number): readonly number[] {
  return [...bytes16(value >>> 16), ...bytes16(value & 0xffff)]
}

export interface ThingMagicTag {
  readonly rssi_dbm: number
  /** Transmitting antenna, counted from 1. */
  readonly antenna: number
  readonly frequency_khz: number
  readonly timestamp_ms: number
  readonly phase: number
  readonly protocol: number
  readonly pc: string
  readonly epc: string
  readonly crc: string
}

/**
 * A tag record of the continuous reading, metadata flags 001B (RSSI, antenna, frequency, time, phase, protocol). The
 * places are those of one source (SparkFun's library), counted here from the data behind the status. The EPC's bit
 * count includes PC and CRC. Null when the lengths do not agree with each other.
 */
export function readThingMagicTag(data: Uint8Array): ThingMagicTag | null {
  if (data.length < TAG.embedded_bits + 5 || uint16(data, 1) !== TAG.metadata) return null
  const embedded = Math.ceil(uint16(data, TAG.embedded_bits) / 8)
  const bits = TAG.epc_bits + embedded
  if (bits + 2 > data.length) return null
  const size = Math.ceil(uint16(data, bits) / 8)
  const pc = bits + 2
  const crc = pc + size - 2
  if (size < 6 || crc + 2 > data.length || !pcAgrees(uint16(data, pc), size - 4)) return null
  return {
    rssi_dbm: signed8(data[TAG.rssi]!),
    antenna: data[TAG.antenna]! >> 4,
    frequency_khz: (data[TAG.frequency]! << 16) | uint16(data, TAG.frequency + 1),
    timestamp_ms: new DataView(data.buffer, data.byteOffset).getUint32(TAG.timestamp),
    phase: uint16(data, TAG.phase),
    protocol: data[TAG.protocol]!,
    pc: toHex(data, pc, pc + 2),
    epc: toHex(data, pc + 2, crc),
    crc: toHex(data, crc, crc + 2),
  }
}

const TAG = {
  metadata: 0x001b,
  rssi: 7,
  antenna: 8,
  frequency: 9,
  timestamp: 12,
  phase: 16,
  protocol: 18,
  embedded_bits: 19,
  epc_bits: 22,
} as const

/** The record as a module sends it: the simulator's side. */
export function buildThingMagicTag(tag: ThingMagicTag): Uint8Array {
  const body = joined(fromHex(tag.pc), fromHex(tag.epc), fromHex(tag.crc))
  return joined(
    [0x10, ...bytes16(TAG.metadata), 0x01, 0xff, 0x01, 0x01, tag.rssi_dbm & 0xff, (tag.antenna << 4) | tag.antenna],
    [tag.frequency_khz >> 16, ...bytes16(tag.frequency_khz & 0xffff)],
    bytes32(tag.timestamp_ms),
    [...bytes16(tag.phase), tag.protocol, 0x00, 0x00, 0x0f, ...bytes16(body.length * 8)],
    body,
  )
}

/** Read single: EPC and the tag's CRC. */
export function readThingMagicSingle(data: Uint8Array): string | null {
  return data.length < 4 ? null : toHex(data, 0, data.length - 2)
}
