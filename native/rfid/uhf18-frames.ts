import { joined } from '../bytes.ts'
import type { FrameShape, Look } from './assembler.ts'
import { NO, SHORT } from './assembler.ts'
import { crcMcrf4xx } from './checksums.ts'
import { fromHex, toHex } from './hex.ts'
import type { LockAction, LockField } from './reader.ts'

/**
 * Chafon, UHFReader18 and 288M: `Length Address Command data… CrcLo CrcHi`, 57600 8N1; a reply has a status byte
 * before its data. Length counts what follows itself. There is no head, so the CRC and a known command have to do.
 */
export interface Uhf18Frame {
  readonly address: number
  readonly command: number
  /** Everything between command and CRC: of a reply, the status comes first. */
  readonly body: Uint8Array
}

export const UHF18 = {
  inventory: 0x01,
  read: 0x02,
  write: 0x03,
  kill: 0x05,
  lock: 0x06,
  singleTag: 0x0f,
  readerInfo: 0x21,
  setFrequency: 0x22,
  setPower: 0x2f,
  feedback: 0x33,
  setWorkMode: 0x35,
  getWorkMode: 0x36,
  pushed: 0xee,
} as const

export const EVERY_ADDRESS = 0xff

const LENGTH_MIN = 4
/** A reply with the largest read (120 words) is 245 bytes; the length byte allows no more than 255. */
const LENGTH_MAX = 0xff

/** Commands that may stand in a frame: without a head, this is what keeps garbage from holding the line up. */
const COMMANDS = new Set([0x21, 0x22, 0x24, 0x25, 0x28, 0x2f, 0x33, 0x35, 0x36, 0x3f, 0x40, 0x66, 0x76, 0x93, 0xee])
for (let atTag = 0x01; atTag <= 0x1b; atTag++) COMMANDS.add(atTag)

export const uhf18Shape: FrameShape<Uhf18Frame> = {
  name: 'UHFReader18',
  bytes_max: LENGTH_MAX + 1,
  look(bytes, at): Look<Uhf18Frame> {
    const length = bytes[at]!
    if (length < LENGTH_MIN) return NO
    const left = bytes.length - at
    if (left > 2 && !COMMANDS.has(bytes[at + 2]!)) return NO
    if (left < length + 1) return SHORT
    const end = at + length - 1
    if (crcMcrf4xx(bytes, at, end) !== (bytes[end]! | (bytes[end + 1]! << 8))) return NO
    return {
      kind: 'frame',
      frame: { address: bytes[at + 1]!, command: bytes[at + 2]!, body: bytes.slice(at + 3, end) },
      length: length + 1,
    }
  },
}

export function buildUhf18(frame: Uhf18Frame): Uint8Array {
  const bytes = joined([frame.body.length + LENGTH_MIN, frame.address, frame.command], frame.body, [0, 0])
  const end = bytes.length - 2
  const crc = crcMcrf4xx(bytes, 0, end)
  bytes[end] = crc & 0xff
  bytes[end + 1] = crc >> 8
  return bytes
}

export function uhf18Command(address: number, command: number, body: readonly number[] = []): Uint8Array {
  return buildUhf18({ address, command, body: Uint8Array.from(body) })
}

/**
 * Bodies of the orders at a tag. The EPC is told by its count of words and compared whole, as no mask follows it
 * (maker's UHFReader18 manual, 8.2). `04`, which writes the EPC of whatever tag is near, is not used.
 */
export const uhf18Bodies = {
  read: (epc: string, bank: number, address: number, words: number, password: string) => [
    ...counted(epc),
    bank,
    address,
    words,
    ...fromHex(password),
  ],
  write: (epc: string, bank: number, address: number, written: string, password: string) => [
    written.length / 4,
    ...counted(epc),
    bank,
    address,
    ...fromHex(written),
    ...fromHex(password),
  ],
  kill: (epc: string, password: string) => [...counted(epc), ...fromHex(password)],
  lock: (epc: string, field: LockField, action: LockAction, password: string) => [
    ...counted(epc),
    LOCK_FIELD[field],
    LOCK_ACTION[action],
    ...fromHex(password),
  ],
}

const LOCK_FIELD: Readonly<Record<LockField, number>> = {
  'kill-password': 0,
  'access-password': 1,
  epc: 2,
  tid: 3,
  user: 4,
}
const LOCK_ACTION: Readonly<Record<LockAction, number>> = { unlock: 0, lock: 2, 'lock-for-ever': 3 }

function counted(epc: string): readonly number[] {
  return [epc.length / 4, ...fromHex(epc)]
}

/** Which form the inventory data has. Nothing in the frame tells; the reader's type does. */
export type Uhf18Dialect = '18' | '288m'

export interface Uhf18Tag {
  readonly epc: string
  /** 288M: bits, bit 0 for antenna 1. */
  readonly antenna_mask: number | null
  /** 288M: a number of the reader's own; no scale to dBm is documented. */
  readonly rssi_raw: number | null
}

/**
 * Inventory data behind the status: `Num (len EPC)*`, or `Ant Num (len EPC RSSI)*` of the 288M. The lengths must end
 * exactly where the data ends; when they do not, the other form is tried, and null says that neither fits.
 */
export function readUhf18Inventory(data: Uint8Array, dialect: Uhf18Dialect | null): readonly Uhf18Tag[] | null {
  if (data.length === 0) return []
  const first = dialect ?? '18'
  return readForm(data, first) ?? readForm(data, first === '18' ? '288m' : '18')
}

function readForm(data: Uint8Array, dialect: Uhf18Dialect): readonly Uhf18Tag[] | null {
  const has288 = dialect === '288m'
  let at = has288 ? 2 : 1
  const count = data[at - 1]
  if (count === undefined) return null
  const tags: Uhf18Tag[] = []
  for (let tag = 0; tag < count; tag++) {
    const length = data[at]
    if (length === undefined || length === 0 || length % 2 !== 0) return null
    const end = at + 1 + length + (has288 ? 1 : 0)
    if (end > data.length) return null
    tags.push({
      epc: toHex(data, at + 1, at + 1 + length),
      antenna_mask: has288 ? data[0]! : null,
      rssi_raw: has288 ? data[end - 1]! : null,
    })
    at = end
  }
  return at === data.length ? tags : null
}

export interface Uhf18Info {
  readonly firmware: string
  readonly type: number
  readonly band: number
  readonly power_dbm: number
  readonly scan_ms: number
}

/** Reader info behind the status: version 2, type, protocols, dmaxfre, dminfre, power, scan time × 100 ms. */
export function readUhf18Info(data: Uint8Array): Uhf18Info | null {
  if (data.length < 8) return null
  return {
    firmware: `${data[0]}.${data[1]}`,
    type: data[2]!,
    band: ((data[4]! & 0xc0) >> 4) | ((data[5]! & 0xc0) >> 6),
    power_dbm: data[6]!,
    scan_ms: data[7]! * 100,
  }
}
