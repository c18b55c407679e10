import { joined } from '../bytes.ts'
import type { DrawerPulse, StatusQuestion } from './escpos-commands.ts'
import {
  ASK_PAPER_IN_QUEUE,
  CLEAR_BUFFERS,
  INITIALISE,
  RECOVER_AND_CLEAR,
  TELL_CHANGES,
  askCard,
  askStatus,
  pulseDrawer,
} from './escpos-commands.ts'
import type { PrinterStatus } from './printer-status.ts'
import { STAR_ASK_STATUS, STAR_FENCE, STAR_INITIALISE, STAR_TELL_CHANGES, starPulse } from './star-commands.ts'
import { readStarReplies } from './star-status.ts'
import { paperOf, readEscposReplies, statusFromChange, statusFromRealTime } from './status.ts'

/** How one family of printers is asked, and what its answers mean: all that the print job needs to know of it. */
export interface PrinterTongue {
  readonly name: 'escpos' | 'star-line'
  /** The questions of a greeting in their order. A printer that leaves a `needed` one unanswered is silent. */
  readonly questions: readonly Question[]
  /** Which of them tells the drawer's switch. */
  readonly drawer_question: number
  /** Brings the printer to a known state and lets it tell every change from now on. */
  readonly prepare: Uint8Array
  /** Comes after the last byte of a job and is answered when everything before it was processed. */
  readonly fence: Uint8Array
  /** Ends an error after which the printer waits for its host. Null: there is no such command. */
  readonly recover: Uint8Array | null
  /** Makes the printer forget what it has not printed yet. Null: there is no such command. */
  readonly forget: Uint8Array | null
  /** Asks for maker and model, answered as texts in this order. Null: not known for this family. */
  readonly card: Uint8Array | null
  pulse(pulse: DrawerPulse): Uint8Array
  read(received: Uint8Array, asked: number | null): { readonly news: readonly News[]; readonly rest: Uint8Array }
}

export interface Question {
  readonly bytes: Uint8Array
  readonly needed: boolean
}

export type News =
  | { readonly kind: 'answer'; readonly status: Partial<PrinterStatus> }
  /** The printer told its state by itself, whole. */
  | { readonly kind: 'change'; readonly status: PrinterStatus; readonly blocks_done: number | null }
  | { readonly kind: 'reached'; readonly paper: PrinterStatus['paper'] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'noise'; readonly bytes: Uint8Array }

const ESCPOS_QUESTIONS: readonly StatusQuestion[] = [2, 1, 4]

export const ESCPOS: PrinterTongue = {
  name: 'escpos',
  questions: ESCPOS_QUESTIONS.map((question) => ({ bytes: askStatus(question), needed: question === 2 })),
  drawer_question: ESCPOS_QUESTIONS.indexOf(1),
  prepare: joined(INITIALISE, TELL_CHANGES),
  fence: ASK_PAPER_IN_QUEUE,
  recover: RECOVER_AND_CLEAR,
  forget: joined(CLEAR_BUFFERS, RECOVER_AND_CLEAR),
  card: joined(askCard('maker'), askCard('model')),
  pulse: pulseDrawer,
  read(received, asked) {
    const { replies, rest } = readEscposReplies(received)
    const question = asked === null ? undefined : ESCPOS_QUESTIONS[asked]
    let answered = false
    const news = replies.flatMap((reply): News[] => {
      switch (reply.kind) {
        case 'real-time':
          if (question === undefined || answered) return [{ kind: 'noise', bytes: Uint8Array.of(reply.byte) }]
          answered = true
          return [{ kind: 'answer', status: statusFromRealTime(question, reply.byte) }]
        case 'change':
          return [{ kind: 'change', status: statusFromChange(reply.bytes), blocks_done: null }]
        case 'queued':
          return [{ kind: 'reached', paper: paperOf(reply.byte) }]
        case 'text':
          return [{ kind: 'text', text: reply.text }]
        // Never asked for: answers to somebody else's question on a shared interface, or to `forget`.
        case 'process':
        case 'block':
          return []
        case 'noise':
          return [{ kind: 'noise', bytes: reply.bytes }]
        default:
          return reply satisfies never
      }
    })
    return { news, rest }
  },
}

export const STAR_LINE: PrinterTongue = {
  name: 'star-line',
  questions: [{ bytes: STAR_ASK_STATUS, needed: true }],
  drawer_question: 0,
  prepare: joined(STAR_INITIALISE, STAR_TELL_CHANGES),
  fence: STAR_FENCE,
  recover: null,
  forget: null,
  card: null,
  pulse: starPulse,
  read(received, asked) {
    const { replies, rest } = readStarReplies(received)
    const news = replies.flatMap((reply): News[] => {
      if (reply.kind === 'noise') return [{ kind: 'noise', bytes: reply.bytes }]
      const change: News = { kind: 'change', status: reply.status, blocks_done: reply.blocks_done }
      return asked === null ? [change] : [{ kind: 'answer', status: reply.status }, change]
    })
    return { news, rest }
  },
}

/** The tongue of a profile's dialect. */
export function tongueOf(dialect: 'escpos' | 'star-line'): PrinterTongue {
  return dialect === 'escpos' ? ESCPOS : STAR_LINE
}
