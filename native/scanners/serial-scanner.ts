import type { Driver, Effect, Garbled, Input, ScanEvent, Step } from '../driver.ts'
import { hexOf, joined } from '../bytes.ts'
import { latin1, scanOf } from './aim.ts'
import type { CommandFamily, ScannerCommand } from './scanner-commands.ts'
import { serialCommand } from './scanner-commands.ts'

export interface SerialScannerOptions {
  /**
   * What ends a scan. `auto` takes CR, LF, CR LF or ETX, drops a leading STX, and takes silence as the end only until
   * it has seen one of them. `idle` is for scanners without an end sign, and keeps line ends inside a code.
   */
  readonly framing?: 'auto' | 'cr' | 'lf' | 'crlf' | 'stx-etx' | 'idle'
  readonly idle_ms?: number
  readonly scan_bytes_max?: number
  readonly family?: CommandFamily | null
}

export type SerialScannerEvent = ScanEvent | Garbled | ScannerReply

/** The scanner's answer to a command; it comes on the same line as the scans and is none. */
export interface ScannerReply {
  readonly kind: 'reply'
  readonly ok: boolean
  readonly text: string
}

export interface SerialScannerState {
  readonly at: 'closed' | 'open'
  readonly held: Uint8Array
  /** A scan beyond the bound was told; everything up to its end is thrown away. */
  readonly skipping: boolean
  readonly endSeen: boolean
}

export const SCAN_BYTES_MAX = 8 * 1024
const GARBLED_BYTES_KEPT = 64
/** The longest gap inside one scan at 9600 baud through a busy USB hub stays well below this. */
const IDLE_MS = 120
/** An unfinished scan this old will not be finished; also the silence that ends an endless one. */
const STALE_MS = 1_000
const STX = 0x02
const ETX = 0x03
const LF = 0x0a
const CR = 0x0d
const SOH = 0x01
/** Control characters that codes really carry: EOT and FS to US of ISO/IEC 15434, tab and line ends. */
const CONTROLS_IN_CODES = new Set([0x04, 0x09, LF, CR, 0x1c, 0x1d, 0x1e, 0x1f])

const CLOSED: SerialScannerState = { at: 'closed', held: new Uint8Array(), skipping: false, endSeen: false }

/**
 * A bar code scanner that sends text over a serial line. Each frame becomes one `scan`; a frame with control characters
 * that no code has (wrong speed or parity) and one longer than `scan_bytes_max` become one `garbled` each.
 */
export function serialScanner(
  options: SerialScannerOptions = {},
): Driver<SerialScannerState, ScannerCommand, SerialScannerEvent> {
  const rule = {
    framing: options.framing ?? 'auto',
    idle_ms: options.idle_ms ?? IDLE_MS,
    scan_bytes_max: options.scan_bytes_max ?? SCAN_BYTES_MAX,
    family: options.family ?? null,
  } satisfies Required<SerialScannerOptions>
  return {
    name: `serial scanner (${rule.framing})`,
    start: () => CLOSED,
    step: (state, input) => step(state, input, rule),
  }
}

type Rule = Required<SerialScannerOptions>
type ScannerStep = Step<SerialScannerState, SerialScannerEvent>

function step(state: SerialScannerState, input: Input<ScannerCommand>, rule: Rule): ScannerStep {
  if (input.kind === 'opened') return [{ ...CLOSED, at: 'open' }, []]
  if (input.kind === 'closed' || state.at === 'closed') return [CLOSED, []]
  switch (input.kind) {
    case 'bytes':
      return read(state, input.bytes, rule)
    case 'woke':
      return input.timer === 'silence' ? silence(state, rule) : [state, []]
    case 'command': {
      const bytes = rule.family === null ? null : serialCommand(rule.family, input.command)
      return [state, bytes === null ? [] : [{ kind: 'write', bytes }]]
    }
    default:
      return input satisfies never
  }
}

function read(state: SerialScannerState, bytes: Uint8Array, rule: Rule): ScannerStep {
  const effects: Effect<SerialScannerEvent>[] = []
  let { skipping, endSeen } = state
  let pending = joined(state.held, bytes)
  let searched = state.held.length
  for (;;) {
    const answer = rule.family === 'gm65' && !skipping ? zoneReply(pending) : null
    if (answer !== null) {
      if (answer.event !== null) effects.push({ kind: 'emit', event: answer.event })
      else break
      pending = pending.subarray(answer.length)
      searched = 0
      continue
    }
    const end = endIn(pending, searched, rule)
    if (end === null) break
    if (!skipping) effects.push(...framed(pending.subarray(0, end.at), rule))
    skipping = false
    endSeen = true
    pending = pending.subarray(end.next)
    searched = 0
  }
  if (skipping) pending = new Uint8Array()
  else if (pending.length > rule.scan_bytes_max) {
    effects.push(garbled(pending, `longer than ${rule.scan_bytes_max} bytes`))
    skipping = true
    pending = new Uint8Array()
  }
  const waiting = skipping || pending.length > 0
  const byIdle = !skipping && (rule.framing === 'idle' || (rule.framing === 'auto' && !endSeen))
  effects.push({ kind: 'wake', timer: 'silence', after_ms: !waiting ? null : byIdle ? rule.idle_ms : STALE_MS })
  return [{ at: 'open', held: pending.slice(), skipping, endSeen }, effects]
}

function silence(state: SerialScannerState, rule: Rule): ScannerStep {
  const rest = { ...state, held: new Uint8Array(), skipping: false }
  if (state.skipping || state.held.length === 0) return [rest, []]
  if (rule.framing === 'idle') return [rest, framed(withoutLineEnd(state.held), rule)]
  if (rule.framing === 'auto' && !state.endSeen) return [rest, framed(state.held, rule)]
  return [rest, [garbled(state.held, 'the scan was not finished')]]
}

function endIn(pending: Uint8Array, from: number, rule: Rule): { at: number; next: number } | null {
  for (let at = from; at < pending.length; at++) {
    const byte = pending[at]!
    switch (rule.framing) {
      case 'auto':
        // A Newland reply holds no line end, and a CR in front of it belongs to the scan before.
        if (byte === CR || byte === LF || byte === ETX) return { at, next: at + 1 }
        break
      case 'cr':
        if (byte === CR) return { at, next: at + 1 }
        break
      case 'lf':
        if (byte === LF) return { at, next: at + 1 }
        break
      case 'crlf':
        if (byte === LF && pending[at - 1] === CR) return { at: at - 1, next: at + 1 }
        break
      case 'stx-etx':
        if (byte === ETX) return { at, next: at + 1 }
        break
      case 'idle':
        return null
      default:
        return rule.framing satisfies never
    }
  }
  return null
}

function framed(frame: Uint8Array, rule: Rule): Effect<SerialScannerEvent>[] {
  const start = frame.lastIndexOf(STX)
  const before = start > 0 ? frame.subarray(0, start) : new Uint8Array()
  let body = frame.subarray(start + 1)
  const effects: Effect<SerialScannerEvent>[] = []
  if (before.some((byte) => byte !== CR && byte !== LF)) effects.push(garbled(before, 'bytes outside of a scan'))
  if (rule.framing === 'stx-etx') {
    if (start < 0) return body.length === 0 ? [] : [garbled(body, 'an end without a start')]
    body = withoutLineEnd(body)
  }
  if (rule.family === 'newland' && start >= 0 && body[0] === SOH) return [...effects, reply(body)]
  if (body.length === 0) return effects
  if (body.length > rule.scan_bytes_max) return [...effects, garbled(body, `longer than ${rule.scan_bytes_max} bytes`)]
  if (body.some((byte) => (byte < 0x20 || byte === 0x7f) && !CONTROLS_IN_CODES.has(byte)))
    return [...effects, garbled(body, 'characters that no code has; speed or parity may be wrong')]
  return [...effects, { kind: 'emit', event: scanOf(body.slice()) }]
}

/** Newland: SOH, 0000, scope, the command, then 06 done, 15 bad value or 05 unknown, and `;`. */
function reply(body: Uint8Array): Effect<SerialScannerEvent> {
  return { kind: 'emit', event: { kind: 'reply', ok: body.at(-2) === 0x06, text: latin1(body.subarray(6, -2)) } }
}

/**
 * A GM65 answer at the head of what is pending: STX 00, type 00 for done, length, that many bytes, two of checksum. It
 * has no end sign, so it is cut off by its length. Null when there is none; an event of null waits for its rest.
 */
function zoneReply(pending: Uint8Array): { event: ScannerReply | null; length: number } | null {
  if (pending[0] !== STX || pending[1] !== 0x00) return null
  const length = 6 + (pending[3] ?? 0)
  if (pending.length < Math.max(length, 7)) return { event: null, length }
  return { event: { kind: 'reply', ok: pending[2] === 0, text: hexOf(pending.subarray(4, length - 2)) }, length }
}

function garbled(bytes: Uint8Array, why: string): Effect<SerialScannerEvent> {
  return { kind: 'emit', event: { kind: 'garbled', bytes: bytes.slice(0, GARBLED_BYTES_KEPT), why } }
}

function withoutLineEnd(body: Uint8Array): Uint8Array {
  let end = body.length
  if (body[end - 1] === LF) end--
  if (body[end - 1] === CR) end--
  return body.subarray(0, end)
}
