import { joined } from '../bytes.ts'
import type { FrameShape, Look } from './assembler.ts'
import { NO, PAD, SHORT, SHORT_OR_PAD } from './assembler.ts'
import { sum8 } from './checksums.ts'
import { toHex, uint16 } from './hex.ts'

/**
 * PN532 on a serial line (HSU, 115200 8N1): `00 00 FF Length LCS TFI data… DCS 00`. Length counts TFI and data. The
 * leading zeros vary in number, so a frame begins at `00 FF`; what stands before and behind is filling.
 */
export type Pn532Frame =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nack' }
  /** The chip did not understand the command's syntax. */
  | { readonly kind: 'error' }
  | { readonly kind: 'said'; readonly by: 'host' | 'chip'; readonly command: number; readonly data: Uint8Array }

export const PN532 = {
  firmware: 0x02,
  samConfiguration: 0x14,
  rfConfiguration: 0x32,
  exchange: 0x40,
  listTargets: 0x4a,
  release: 0x52,
} as const

const TFI = { host: 0xd4, chip: 0xd5, error: 0x7f } as const
/** The largest answer of the chip: 264 bytes of data behind TFI and command. */
const EXTENDED_MAX = 265

export const pn532Shape: FrameShape<Pn532Frame> = {
  name: 'PN532',
  bytes_max: EXTENDED_MAX + 9,
  look(bytes, at): Look<Pn532Frame> {
    if (bytes[at] === 0x55) return PAD
    if (bytes[at] !== 0x00) return NO
    const left = bytes.length - at
    if (left < 2) return SHORT_OR_PAD
    if (bytes[at + 1] === 0x00) return PAD
    if (bytes[at + 1] !== 0xff) return NO
    if (left < 4) return SHORT
    const length = bytes[at + 2]!
    const check = bytes[at + 3]!
    if (length === 0x00 && check === 0xff) return { kind: 'frame', frame: { kind: 'ack' }, length: 4 }
    if (length === 0xff && check === 0x00) return { kind: 'frame', frame: { kind: 'nack' }, length: 4 }
    if (length === 0xff && check === 0xff) return extended(bytes, at)
    return ((length + check) & 0xff) === 0 && length > 0 ? body(bytes, at, at + 4, length) : NO
  },
}

function extended(bytes: Uint8Array, at: number): Look<Pn532Frame> {
  if (bytes.length - at < 7) return SHORT
  const length = uint16(bytes, at + 4)
  if (length === 0 || length > EXTENDED_MAX || sum8(bytes, at + 4, at + 7) !== 0) return NO
  return body(bytes, at, at + 7, length)
}

function body(bytes: Uint8Array, at: number, from: number, length: number): Look<Pn532Frame> {
  const end = from + length
  if (bytes.length <= end) return SHORT
  if (sum8(bytes, from, end + 1) !== 0) return NO
  const said = saidBy(bytes, from, end)
  return said === null ? NO : { kind: 'frame', frame: said, length: end + 1 - at }
}

function saidBy(bytes: Uint8Array, from: number, end: number): Pn532Frame | null {
  const tfi = bytes[from]!
  if (tfi === TFI.error) return { kind: 'error' }
  if ((tfi !== TFI.host && tfi !== TFI.chip) || end - from < 2) return null
  const by = tfi === TFI.host ? 'host' : 'chip'
  return { kind: 'said', by, command: bytes[from + 1]!, data: bytes.slice(from + 2, end) }
}

const START = [0x00, 0x00, 0xff] as const

export const PN532_ACK = Uint8Array.of(...START, 0x00, 0xff, 0x00)
export const PN532_NACK = Uint8Array.of(...START, 0xff, 0x00, 0x00)
export const PN532_ERROR = Uint8Array.of(...START, 0x01, 0xff, TFI.error, 0x81, 0x00)

/** Any frame; above 255 bytes the extended form. */
export function buildPn532(frame: Pn532Frame): Uint8Array {
  switch (frame.kind) {
    case 'ack':
      return PN532_ACK
    case 'nack':
      return PN532_NACK
    case 'error':
      return PN532_ERROR
    case 'said': {
      const said = joined([TFI[frame.by], frame.command], frame.data)
      const { length } = said
      const head = length <= 0xff ? [length, -length & 0xff] : extendedHead(length)
      return joined(START, head, said, [-sum8(said, 0, length) & 0xff, 0x00])
    }
    default:
      return frame satisfies never
  }
}

function extendedHead(length: number): readonly number[] {
  const high = length >> 8
  const low = length & 0xff
  return [0xff, 0xff, high, low, -(high + low) & 0xff]
}

export function pn532Command(command: number, data: readonly number[] = []): Uint8Array {
  return buildPn532({ kind: 'said', by: 'host', command, data: Uint8Array.from(data) })
}

/** Wakes the chip and configures it in one breath; after power-down it hears nothing else. */
export function pn532WakeUp(zeros = 14): Uint8Array {
  const sam = pn532Command(PN532.samConfiguration, [0x01])
  // The command's own two leading zeros are part of the wake-up's.
  return joined([0x55, 0x55], new Uint8Array(zeros), sam.subarray(2))
}

export interface Pn532Target {
  readonly target: number
  readonly atqa: string
  readonly sak: number
  readonly uid: string
}

/** `n { Tg ATQA2 SAK length UID [ATS] }` of InListPassiveTarget at 106 kbit/s type A. Null when it does not fit. */
export function readPn532Targets(data: Uint8Array): readonly Pn532Target[] | null {
  const count = data[0]
  if (count === undefined || count > 2) return null
  const targets: Pn532Target[] = []
  let at = 1
  for (let index = 0; index < count; index++) {
    const size = data[at + 4]
    if (size === undefined || (size !== 4 && size !== 7 && size !== 10)) return null
    const end = at + 5 + size
    if (end > data.length) return null
    const sak = data[at + 3]!
    targets.push({ target: data[at]!, atqa: toHex(data, at + 1, at + 3), sak, uid: toHex(data, at + 5, end) })
    // A card that speaks ISO 14443-4 adds its answer to select, which counts its own length byte.
    at = end + ((sak & 0x20) !== 0 && end < data.length ? Math.max(1, data[end]!) : 0)
  }
  return targets
}
