import { joined } from '../bytes.ts'

/** Zebra SSI: `length opcode source status data… checksum`; the length leaves the two checksum bytes out. */
export interface SsiFrame {
  readonly opcode: number
  /** 04 host, 00 decoder. */
  readonly source: number
  /** Bit 0: sent again; bit 1: more follows. */
  readonly status: number
  readonly data: Uint8Array
}

export const SSI = {
  replyRevision: 0xa4,
  requestRevision: 0xa3,
  aimOff: 0xc4,
  aimOn: 0xc5,
  paramSend: 0xc6,
  ack: 0xd0,
  nak: 0xd1,
  startSession: 0xe4,
  stopSession: 0xe5,
  beep: 0xe6,
  lightOn: 0xe7,
  lightOff: 0xe8,
  scanEnable: 0xe9,
  scanDisable: 0xea,
  decodeData: 0xf3,
  event: 0xf6,
  segment: 0x73,
  segmentAck: 0x74,
} as const

const HOST = 0x04
const HEAD = 4
const CHECKSUM = 2
export const SSI_FRAME_MAX = 0xff + CHECKSUM

/** Two's complement of the sum of all bytes before it. */
function checksum(bytes: Uint8Array): number {
  return (0x10000 - bytes.reduce((sum, byte) => sum + byte, 0)) & 0xffff
}

export function buildSsi(opcode: number, data: Uint8Array | readonly number[] = [], source = HOST, status = 0): Uint8Array {
  if (data.length > 0xff - HEAD) throw new RangeError(`an SSI packet carries 251 bytes, not ${data.length}`)
  const head = joined([HEAD + data.length, opcode, source, status], data)
  const check = checksum(head)
  return joined(head, [check >> 8, check & 0xff])
}

/** One whole frame; null when the length or the checksum is wrong. */
export function parseSsi(bytes: Uint8Array): SsiFrame | null {
  const length = bytes[0] ?? 0
  if (length < HEAD || bytes.length !== length + CHECKSUM) return null
  if (((bytes[length]! << 8) | bytes[length + 1]!) !== checksum(bytes.subarray(0, length))) return null
  return { opcode: bytes[1]!, source: bytes[2]!, status: bytes[3]!, data: bytes.slice(HEAD, length) }
}

/**
 * Takes the frames off the front of `pending`. Bytes that start no good frame go to `noise`, one at a time, so that a
 * frame right behind them is still found. `rest` is a frame's beginning; with `last` nothing more will come, and it is
 * searched for shorter frames instead of being kept.
 */
export function takeSsi(
  pending: Uint8Array,
  last: boolean,
): { readonly frames: readonly SsiFrame[]; readonly noise: Uint8Array; readonly rest: Uint8Array } {
  const frames: SsiFrame[] = []
  const noise: number[] = []
  let at = 0
  while (at < pending.length) {
    const size = pending[at]! + CHECKSUM
    if (size >= HEAD + CHECKSUM && at + size > pending.length && !last) break
    const frame = parseSsi(pending.subarray(at, at + size))
    if (frame === null) noise.push(pending[at++]!)
    else {
      frames.push(frame)
      at += size
    }
  }
  return { frames, noise: Uint8Array.from(noise), rest: pending.slice(at) }
}

export interface SsiDecode {
  readonly codeType: number
  readonly data: Uint8Array
}

/** What an F3 packet carries: the code type, then the text. */
export function ssiDecode(data: Uint8Array): SsiDecode | null {
  return data.length === 0 ? null : { codeType: data[0]!, data: data.slice(1) }
}

/** A segment of a long scan: `number`, and in the first one the type and length of the whole. */
export type SsiSegment =
  | { readonly first: true; readonly number: number; readonly codeType: number; readonly size: number; readonly data: Uint8Array }
  | { readonly first: false; readonly number: number; readonly data: Uint8Array }

/**
 * An opcode 73 packet. The first segment is marked by 02, in the recorded ones where other packets have their source
 * and by the description in the status; both count. It wraps an F3 packet whose lengths have 16 bits: inner opcode at
 * 1, its length at 4, the code type at 6, the length of the text at 8, the text from 10 on, counted after the head.
 */
export function ssiSegment(frame: SsiFrame): SsiSegment | null {
  const { data } = frame
  const number = data[0]
  if (frame.opcode !== SSI.segment || number === undefined) return null
  if (frame.source !== 0x02 && (frame.status & 0x02) === 0) return { first: false, number, data: data.slice(1) }
  if (data.length < 10 || data[1] !== SSI.decodeData) return null
  return { first: true, number, codeType: data[6]!, size: (data[8]! << 8) | data[9]!, data: data.slice(10) }
}

const CODE_TYPES: Readonly<Record<number, string>> = {
  0x01: 'code39', 0x02: 'codabar', 0x03: 'code128', 0x04: 'straight-2of5', 0x06: 'itf', 0x07: 'code93', 0x08: 'upca',
  0x09: 'upce', 0x0a: 'ean8', 0x0b: 'ean13', 0x0c: 'code11', 0x0e: 'msi', 0x0f: 'gs1-128', 0x11: 'pdf417',
  0x13: 'code39', 0x16: 'bookland', 0x1b: 'datamatrix', 0x1c: 'qr', 0x25: 'maxicode', 0x2d: 'aztec',
  0x30: 'gs1-databar', 0x31: 'gs1-databar', 0x32: 'gs1-databar',
}

/** The symbology behind an F3 type byte, or null for one that is not published. */
export function ssiSymbology(codeType: number): string | null {
  return CODE_TYPES[codeType] ?? null
}
