import type { StatusQuestion } from './escpos-commands.ts'
import type { PrinterError, PrinterStatus } from './printer-status.ts'
import { takeReplies, type Noise, type Taken } from './take-replies.ts'

/** One thing an ESC/POS printer says. */
export type EscposReply =
  /** The byte of a `DLE EOT` question; what its bits mean depends on which one was asked. */
  | { readonly kind: 'real-time'; readonly byte: number }
  /** The four bytes that come by themselves after `GS a` (automatic status back). */
  | { readonly kind: 'change'; readonly bytes: Uint8Array }
  /** The byte of `GS r` or of a number asked by `GS I`: everything sent before the question has been processed. */
  | { readonly kind: 'queued'; readonly byte: number }
  /** A text asked by `GS I`, such as the model's name. */
  | { readonly kind: 'text'; readonly text: string }
  /** `GS ( H`: the job of this id has been processed. */
  | { readonly kind: 'process'; readonly id: string }
  /** An answer of the same form to something the till does not ask, or needs no answer to, as `DLE DC4 8`. */
  | { readonly kind: 'block'; readonly bytes: Uint8Array }
  | Noise

const CHANGE_BYTES = 4
/** Names of models and serial numbers are far shorter; a longer one is noise that happened to begin like a text. */
export const TEXT_BYTES_MAX = 80
const TEXT_HEAD = 0x5f
const BLOCK_HEADS = [TEXT_HEAD, 0x35, 0x37, 0x3b, 0x3d]
const PROCESS_HEAD = [0x37, 0x22]

/**
 * Takes the replies off the front of what was received; the rest is the beginning of one that is not complete. The
 * first byte tells the kinds apart: fixed bits for the answers to `DLE EOT` (0xx1xx10), changes (0xx1xx00) and queued
 * answers (0xx0xxxx), a head byte for texts. Anything else is noise, byte by byte.
 */
export function readEscposReplies(received: Uint8Array): {
  readonly replies: readonly EscposReply[]
  readonly rest: Uint8Array
} {
  return takeReplies(received, takeReply)
}

function takeReply(received: Uint8Array): Taken<EscposReply> {
  const first = received[0]!
  if ((first & 0x93) === 0x12) return { reply: { kind: 'real-time', byte: first }, bytes: 1 }
  if ((first & 0x93) === 0x10) return takeChange(received)
  if (BLOCK_HEADS.includes(first)) return takeText(received)
  if ((first & 0x90) === 0) return { reply: { kind: 'queued', byte: first }, bytes: 1 }
  return 'noise'
}

function takeChange(received: Uint8Array): Taken<EscposReply> {
  const others = received.subarray(1, CHANGE_BYTES)
  if (others.some((byte) => (byte & 0x90) !== 0)) return 'noise'
  if (received.length < CHANGE_BYTES) return 'incomplete'
  return { reply: { kind: 'change', bytes: received.slice(0, CHANGE_BYTES) }, bytes: CHANGE_BYTES }
}

function takeText(all: Uint8Array): Taken<EscposReply> {
  // Two bytes of head and the zero beside the text: what lies farther away is none of its business.
  const received = all.subarray(0, TEXT_BYTES_MAX + 4)
  const end = received.indexOf(0)
  const isProcess = received[0] === PROCESS_HEAD[0] && (received[1] ?? PROCESS_HEAD[1]) === PROCESS_HEAD[1]
  const text = received.subarray(isProcess ? 2 : 1, end < 0 ? received.length : end)
  if (text.length > TEXT_BYTES_MAX || text.some((byte) => byte < 0x20 || byte > 0x7e)) return 'noise'
  if (end < 0) return 'incomplete'
  const words = String.fromCharCode(...text)
  if (isProcess) return { reply: { kind: 'process', id: words }, bytes: end + 1 }
  if (received[0] === TEXT_HEAD) return { reply: { kind: 'text', text: words }, bytes: end + 1 }
  return { reply: { kind: 'block', bytes: received.slice(0, end + 1) }, bytes: end + 1 }
}

/** What the answer to one `DLE EOT` question says; parts of which this question tells nothing are left out. */
export function statusFromRealTime(question: StatusQuestion, byte: number): Partial<PrinterStatus> {
  switch (question) {
    case 1:
      return { online: (byte & 0x08) === 0, drawer_pin_high: (byte & 0x04) !== 0 }
    case 2:
      return {
        cover: (byte & 0x04) !== 0 ? 'open' : 'closed',
        paper: (byte & 0x20) !== 0 ? 'out' : null,
        error: (byte & 0x40) !== 0 ? 'some' : 'none',
      }
    case 3:
      return { error: errorOf(byte) }
    case 4:
      return { paper: (byte & 0x60) !== 0 ? 'out' : (byte & 0x0c) !== 0 ? 'low' : 'ok' }
    default:
      return question satisfies never
  }
}

/** Whether a printer waits for its feed button or `DLE ENQ` after an error (answer to question 1). */
export function waitsForRecovery(byte: number): boolean {
  return (byte & 0x20) !== 0
}

/** The error bits stand alike in the answer to question 3 and in the second byte of a change. */
function errorOf(byte: number): PrinterError | 'none' {
  if ((byte & 0x20) !== 0) return 'unrecoverable'
  if ((byte & 0x08) !== 0) return 'cutter'
  if ((byte & 0x40) !== 0) return 'hot'
  return (byte & 0x04) !== 0 ? 'recoverable' : 'none'
}

/** What the four bytes of a change say: all there is. */
export function statusFromChange(bytes: Uint8Array): PrinterStatus {
  const [general = 0, errors = 0, paper = 0] = bytes
  return {
    online: (general & 0x08) === 0,
    cover: (general & 0x20) !== 0 ? 'open' : 'closed',
    paper: paperOf(paper),
    error: errorOf(errors),
    drawer_pin_high: (general & 0x04) !== 0,
  }
}

/** Paper as `GS r 1` and the third byte of a change tell it. */
export function paperOf(byte: number): 'ok' | 'low' | 'out' {
  if ((byte & 0x0c) !== 0) return 'out'
  return (byte & 0x03) !== 0 ? 'low' : 'ok'
}
