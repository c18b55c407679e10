import type { Driver, Effect, Garbled, Input, ScanEvent, Step } from '../driver.ts'
import { hexOf, joined } from '../bytes.ts'
import { latin1, scanOf } from './aim.ts'
import type { ScannerCommand } from './scanner-commands.ts'
import type { ScannerReply } from './serial-scanner.ts'
import { SCAN_BYTES_MAX } from './serial-scanner.ts'
import type { SsiFrame } from './ssi-frames.ts'
import { buildSsi, SSI, ssiDecode, ssiSegment, ssiSymbology, takeSsi } from './ssi-frames.ts'

export type SsiCommand =
  | ScannerCommand
  | { readonly kind: 'enable'; readonly on: boolean }
  | { readonly kind: 'light'; readonly on: boolean }
  | { readonly kind: 'send'; readonly opcode: number; readonly data: readonly number[] }

export type SsiEvent = ScanEvent | Garbled | ScannerReply

export interface SsiState {
  readonly at: 'closed' | 'open'
  readonly held: Uint8Array
  /** The beginning of what made no sense, told in one piece when the line is quiet or good again. */
  readonly noise: Uint8Array
  /** A long scan coming in segments, or several F3 packets with the continuation bit. */
  readonly long: { readonly codeType: number; readonly size: number | null; readonly next: number; readonly data: Uint8Array } | null
  /** The packet accepted last, without its status: a packet marked "sent again" that equals it was read before. */
  readonly accepted: string | null
  readonly asked: { readonly bytes: Uint8Array; readonly tries: number } | null
  readonly waiting: readonly Uint8Array[]
}

/** Zebra's serial time-out is 2 s; within it the scanner repeats what was not acknowledged. */
const ANSWER_MS = 2_000
const FRAME_MS = 300
const LONG_MS = 3_000
const TRIES_MAX = 3
const COMMANDS_WAITING_MAX = 8
const RESEND = 0x01
const SENT_AGAIN = 0x01
const CONTINUES = 0x02
const MUST_ACK = new Set<number>([SSI.decodeData, SSI.event, SSI.paramSend])

const NOISE_BYTES_KEPT = 64

const CLOSED: SsiState = {
  at: 'closed',
  held: new Uint8Array(),
  noise: new Uint8Array(),
  long: null,
  accepted: null,
  asked: null,
  waiting: [],
}

/**
 * A Zebra scanner in SSI: every packet has a checksum and is acknowledged, a broken one is asked for again, and a
 * packet the scanner repeats is told apart from the same code scanned twice by its status bit alone.
 */
export function zebraSsi(): Driver<SsiState, SsiCommand, SsiEvent> {
  return { name: 'Zebra SSI scanner', start: () => CLOSED, step }
}

type SsiStep = Step<SsiState, SsiEvent>

function step(state: SsiState, input: Input<SsiCommand>): SsiStep {
  if (input.kind === 'opened') return [{ ...CLOSED, at: 'open' }, []]
  if (input.kind === 'closed' || state.at === 'closed') return [CLOSED, []]
  switch (input.kind) {
    case 'bytes':
      return read(state, joined(state.held, input.bytes), false)
    case 'command':
      return ask(state, input.command)
    case 'woke':
      return woke(state, input.timer)
    default:
      return input satisfies never
  }
}

function woke(state: SsiState, timer: string): SsiStep {
  if (timer === 'frame') return read(state, state.held, true)
  if (timer === 'answer' && state.asked !== null) return unanswered(state)
  if (timer === 'long' && state.long !== null)
    return [{ ...state, long: null, accepted: null }, [garbled(state.long.data, 'a long scan was not finished')]]
  return [state, []]
}

function read(before: SsiState, pending: Uint8Array, last: boolean): SsiStep {
  const { frames, noise: more, rest } = takeSsi(pending, last)
  const noise = joined(before.noise, more.subarray(0, NOISE_BYTES_KEPT)).slice(0, NOISE_BYTES_KEPT)
  let state: SsiState = { ...before, held: rest, noise }
  const effects: Effect<SsiEvent>[] = []
  if (noise.length > 0 && (frames.length > 0 || rest.length === 0)) {
    // What was lost may have been a scan; its repetition must then count, whatever was accepted before.
    state = { ...state, accepted: null, noise: new Uint8Array() }
    effects.push(garbled(noise, 'no packet with a good checksum'), { kind: 'write', bytes: buildSsi(SSI.nak, [RESEND]) })
  }
  for (const frame of frames) {
    const [next, told] = hear(state, frame)
    state = next
    effects.push(...told)
  }
  effects.push({ kind: 'wake', timer: 'frame', after_ms: rest.length > 0 ? FRAME_MS : null })
  return [state, effects]
}

function hear(state: SsiState, frame: SsiFrame): SsiStep {
  if (frame.opcode === SSI.ack) return answered(state, { kind: 'reply', ok: true, text: '' })
  if (frame.opcode === SSI.nak) return unanswered(state)
  if (frame.opcode === SSI.replyRevision) return answered(state, { kind: 'reply', ok: true, text: latin1(frame.data) })

  const acks: Effect<SsiEvent>[] = MUST_ACK.has(frame.opcode) ? [{ kind: 'write', bytes: buildSsi(SSI.ack) }] : []
  if (frame.opcode === SSI.segment) acks.push({ kind: 'write', bytes: buildSsi(SSI.segmentAck) })
  const packet = `${frame.opcode}:${hexOf(frame.data)}`
  if ((frame.status & SENT_AGAIN) !== 0 && packet === state.accepted) return [state, acks]

  const [next, effects] = accept({ ...state, accepted: packet }, frame)
  return [next, [...acks, ...effects]]
}

function accept(state: SsiState, frame: SsiFrame): SsiStep {
  const decode = frame.opcode === SSI.decodeData ? ssiDecode(frame.data) : null
  if (decode !== null) {
    const data = state.long === null ? decode.data : joined(state.long.data, decode.data)
    if ((frame.status & CONTINUES) !== 0) return gather(state, { ...decode, size: null, next: 0, data })
    return finish(state, decode.codeType, data)
  }
  const segment = ssiSegment(frame)
  if (segment === null) return [state, []]
  if (segment.first) return gather(state, { ...segment, next: 1 })
  const { long } = state
  if (long === null || segment.number !== (long.next & 0xff))
    return [{ ...state, long: null }, [garbled(segment.data, 'a segment of a long scan is missing'), forget('long')]]
  return gather(state, { ...long, next: long.next + 1, data: joined(long.data, segment.data) })
}

function gather(state: SsiState, long: NonNullable<SsiState['long']>): SsiStep {
  if (long.data.length > SCAN_BYTES_MAX || (long.size ?? 0) > SCAN_BYTES_MAX)
    return [{ ...state, long: null }, [garbled(long.data, `longer than ${SCAN_BYTES_MAX} bytes`), forget('long')]]
  if (long.size !== null && long.data.length >= long.size)
    return finish(state, long.codeType, long.data.slice(0, long.size))
  const { codeType, size, next, data } = long
  return [{ ...state, long: { codeType, size, next, data } }, [{ kind: 'wake', timer: 'long', after_ms: LONG_MS }]]
}

function finish(state: SsiState, codeType: number, data: Uint8Array): SsiStep {
  const effects: Effect<SsiEvent>[] = state.long === null ? [] : [forget('long')]
  if (data.length > SCAN_BYTES_MAX) effects.push(garbled(data, `longer than ${SCAN_BYTES_MAX} bytes`))
  else effects.push({ kind: 'emit', event: scanOf(data, ssiSymbology(codeType)) })
  return [{ ...state, long: null }, effects]
}

function ask(state: SsiState, command: SsiCommand): SsiStep {
  const bytes = bytesOf(command)
  if (state.asked !== null) {
    if (state.waiting.length >= COMMANDS_WAITING_MAX) return [state, [reply(false, 'too many commands at once')]]
    return [{ ...state, waiting: [...state.waiting, bytes] }, []]
  }
  return send(state, bytes, 1)
}

function send(state: SsiState, bytes: Uint8Array, tries: number): SsiStep {
  return [
    { ...state, asked: { bytes, tries } },
    [
      { kind: 'write', bytes },
      { kind: 'wake', timer: 'answer', after_ms: ANSWER_MS },
    ],
  ]
}

function answered(state: SsiState, event: ScannerReply): SsiStep {
  if (state.asked === null) return [state, []]
  const [bytes, ...waiting] = state.waiting
  const told: Effect<SsiEvent>[] = [{ kind: 'emit', event }, forget('answer')]
  if (bytes === undefined) return [{ ...state, asked: null }, told]
  const [next, effects] = send({ ...state, waiting }, bytes, 1)
  return [next, [...told, ...effects]]
}

function unanswered(state: SsiState): SsiStep {
  if (state.asked === null) return [state, []]
  if (state.asked.tries < TRIES_MAX) return send(state, state.asked.bytes, state.asked.tries + 1)
  return answered(state, { kind: 'reply', ok: false, text: 'no answer' })
}

/** Beep codes of Zebra's tables: 00 one short high tone, 0F one long low tone. */
function bytesOf(command: SsiCommand): Uint8Array {
  switch (command.kind) {
    case 'trigger':
      return buildSsi(command.on ? SSI.startSession : SSI.stopSession)
    case 'enable':
      return buildSsi(command.on ? SSI.scanEnable : SSI.scanDisable)
    case 'beep':
      return buildSsi(SSI.beep, [command.good ? 0x00 : 0x0f])
    case 'light':
      return buildSsi(command.on ? SSI.lightOn : SSI.lightOff, [0x01])
    case 'ask':
      return buildSsi(SSI.requestRevision)
    case 'send':
      return buildSsi(command.opcode, command.data)
    default:
      return command satisfies never
  }
}

function forget(timer: string): Effect<SsiEvent> {
  return { kind: 'wake', timer, after_ms: null }
}

function reply(ok: boolean, text: string): Effect<SsiEvent> {
  return { kind: 'emit', event: { kind: 'reply', ok, text } }
}

function garbled(bytes: Uint8Array, why: string): Effect<SsiEvent> {
  return { kind: 'emit', event: { kind: 'garbled', bytes: bytes.slice(0, 64), why } }
}
