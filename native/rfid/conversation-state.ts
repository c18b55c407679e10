import type { Assembly } from './assembler.ts'
import { EMPTY_ASSEMBLY } from './assembler.ts'
import type { Order, Outcome } from './reader.ts'
import type { Job, Request } from './talk.ts'

/** A job under way. */
export interface Work {
  readonly job: Job
  /** What is still to be said; the first is said already and waited for. */
  readonly steps: readonly Request[]
  readonly tries: number
  readonly bytes: string | null
  readonly paused_frames: number
  /** The reader told a fault meanwhile, so that what it did not see may well be there. */
  readonly blind: boolean
}

/** What is known of a reader whose line is open, and what is going on with it. */
export interface Talking<Memory> {
  readonly at: 'starting' | 'ready' | 'silent'
  readonly memory: Memory
  readonly assembly: Assembly
  /** A flow is open and wants to see tags. */
  readonly wanted: boolean
  readonly radiating: boolean
  /** The pause between two rounds is over. */
  readonly rested: boolean
  /** Anything came since the watch last looked. */
  readonly heard: boolean
  /** The field was looked at since the last beat: a round ended, or a reporting reader said something. */
  readonly looked: boolean
  readonly silences: number
  readonly orders: readonly Order[]
  readonly work: Work | null
  /** The fault told last, so that one that lasts is told once. */
  readonly fault: string | null
}

export type Conversation<Memory> = { readonly at: 'closed' } | Talking<Memory>

/** The line has just been opened: nothing is known, nothing is wanted. */
export function justOpened<Memory>(memory: Memory): Talking<Memory> {
  return {
    at: 'starting',
    memory,
    assembly: EMPTY_ASSEMBLY,
    wanted: false,
    radiating: false,
    rested: true,
    heard: false,
    looked: false,
    silences: 0,
    orders: [],
    work: null,
    fault: null,
  }
}

/** The event that ends an order. */
export function outcomeOf(
  order: Order,
  ended: Pick<Outcome, 'outcome' | 'why'> & Partial<Pick<Outcome, 'code' | 'bytes'>>,
): Outcome {
  return { kind: 'outcome', id: order.id, order: order.kind, code: null, bytes: null, ...ended }
}

/** Whether something is held back that is no frame yet. */
export function isTorn(assembly: Assembly): boolean {
  return assembly.held.length > 0 || assembly.skipped.length > 0
}

/** An order after which the reader's settings are told again. */
export function changesSettings(order: Order): boolean {
  return ['read-settings', 'set-power', 'set-region', 'set-answer-mode'].includes(order.kind)
}
