import type { Driver, Effect, Garbled, Input, ScanEvent, Step } from '../driver.ts'
import { joined } from '../bytes.ts'
import { scanOf } from './aim.ts'

/** `length 10 03 00 data tail`; the length counts itself. A report has 64 bytes, filled up with zeros. */
const HEAD = [0x10, 0x03, 0x00] as const
const HEAD_BYTES = 4
const REPORT_BYTES = 64
const LONG_TAIL = 0x0b
const PIECE_MS = 60

const SHORT_TAILS: Readonly<Record<number, string>> = { 0x0d: 'upca', 0x0a: 'upce', 0x0c: 'ean8', 0x16: 'ean13' }
const LONG_TAILS: Readonly<Record<number, string>> = {
  0x0a: 'code39', 0x0d: 'itf', 0x0e: 'codabar', 0x18: 'code128', 0x25: 'postnet', 0x2e: 'pdf417', 0x32: 'datamatrix',
}

/**
 * One IBM/OEM frame: the data without its tail, and the symbology the tail names (null for one not published). A tail
 * of three bytes ends in 0B; UPC and EAN have one byte, and their digits come as ASCII or as bare numbers.
 * Null when the length or the fixed bytes are wrong.
 */
export function parseIbmOem(bytes: Uint8Array): { readonly data: Uint8Array; readonly symbology: string | null } | null {
  const length = bytes[0] ?? 0
  if (length <= HEAD_BYTES || length > REPORT_BYTES || bytes.length < length) return null
  if (!HEAD.every((byte, index) => bytes[1 + index] === byte)) return null
  const last = bytes[length - 1]!
  if (last === LONG_TAIL) {
    if (length < HEAD_BYTES + 3 || bytes[length - 3] !== 0) return null
    return { data: bytes.slice(HEAD_BYTES, length - 3), symbology: LONG_TAILS[bytes[length - 2]!] ?? null }
  }
  const symbology = SHORT_TAILS[last] ?? null
  const data = bytes.slice(HEAD_BYTES, length - 1)
  return { data: symbology === null ? data : data.map((byte) => (byte < 0x20 ? byte + 0x30 : byte)), symbology }
}

export interface IbmOemState {
  readonly at: 'closed' | 'open'
  readonly held: Uint8Array
}

const CLOSED: IbmOemState = { at: 'closed', held: new Uint8Array() }

/**
 * A scanner in IBM/OEM mode (usage page FF45, hand-held 4B00 or table-top 4A00). It is only listened to: the bytes of
 * its configure and beep commands are not public, and a wrong one silences it.
 */
export function ibmOem(): Driver<IbmOemState, unknown, ScanEvent | Garbled> {
  return { name: 'IBM/OEM scanner', start: () => CLOSED, step }
}

type IbmOemStep = Step<IbmOemState, ScanEvent | Garbled>

function step(state: IbmOemState, input: Input<unknown>): IbmOemStep {
  if (input.kind === 'opened') return [{ ...CLOSED, at: 'open' }, []]
  if (input.kind === 'closed' || state.at === 'closed') return [CLOSED, []]
  if (input.kind === 'bytes') return read(joined(state.held, input.bytes), false)
  return input.kind === 'woke' ? read(state.held, true) : [state, []]
}

function read(bytes: Uint8Array, last: boolean): IbmOemStep {
  let pending = bytes
  const noise: number[] = []
  const effects: Effect<ScanEvent | Garbled>[] = []
  while (pending.length > 0) {
    const length = pending[0]!
    if (length === 0) {
      pending = pending.subarray(1)
      continue
    }
    if (pending.length < length && mayBegin(pending) && !last) break
    const frame = parseIbmOem(pending)
    if (frame === null) {
      noise.push(length)
      pending = pending.subarray(1)
      continue
    }
    if (frame.data.length > 0) effects.push({ kind: 'emit', event: scanOf(frame.data, frame.symbology) })
    pending = pending.subarray(length)
  }
  if (noise.length > 0) {
    const kept = Uint8Array.from(noise.slice(0, REPORT_BYTES))
    effects.unshift({ kind: 'emit', event: { kind: 'garbled', bytes: kept, why: 'a report of another kind' } })
  }
  effects.push({ kind: 'wake', timer: 'piece', after_ms: pending.length > 0 ? PIECE_MS : null })
  return [{ at: 'open', held: pending.slice() }, effects]
}

function mayBegin(pending: Uint8Array): boolean {
  const length = pending[0]!
  if (length <= HEAD_BYTES || length > REPORT_BYTES) return false
  return HEAD.every((byte, index) => pending.length <= 1 + index || pending[1 + index] === byte)
}
