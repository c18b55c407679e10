import type { FrameShape } from './assembler.ts'
import type { Order, OutcomeWhy, ReaderSettings, RfidEvent } from './reader.ts'

/** One thing said to the reader. */
export interface Request {
  readonly name: string
  /**
   * `ask` waits for an answer; `tell` has none and the next follows at once; `pause` sends (or not) and waits until
   * the line has been quiet for `wait_ms`.
   */
  readonly kind: 'ask' | 'tell' | 'pause'
  readonly bytes: Uint8Array
  readonly wait_ms: number
  /** It changes a tag or the reader: without its answer nobody can say whether it happened. */
  readonly deed: boolean
  /** Neither silence nor a refusal stops the rest. */
  readonly optional: boolean
  /** The command byte, by which most protocols tell whose answer a frame is. */
  readonly command: number | null
  /** The tag meant, so that another tag's answer is not taken for its own. */
  readonly epc: string | null
}

export interface Manner {
  readonly deed?: boolean
  readonly optional?: boolean
  readonly command?: number
  readonly epc?: string
}

export function ask(name: string, bytes: Uint8Array, wait_ms: number, manner: Manner = {}): Request {
  const { deed = false, optional = false, command = null, epc = null } = manner
  return { name, kind: 'ask', bytes, wait_ms, deed, optional, command, epc }
}

export function tell(name: string, bytes: Uint8Array): Request {
  return { name, kind: 'tell', bytes, wait_ms: 0, deed: false, optional: true, command: null, epc: null }
}

export function pause(name: string, wait_ms: number, bytes: Uint8Array = new Uint8Array()): Request {
  return { name, kind: 'pause', bytes, wait_ms, deed: false, optional: true, command: null, epc: null }
}

/** What the reader is busy with. `setup` learns who it is and writes nothing that outlives its power. */
export type Job =
  | { readonly kind: 'setup' }
  | { readonly kind: 'field'; readonly on: boolean }
  | { readonly kind: 'round' }
  | { readonly kind: 'order'; readonly order: Order }

export type Answer =
  /** Part of the answer; more follows. */
  | { readonly kind: 'more' }
  /** `next` comes before what is left of the plan. `bytes` is what was read. */
  | { readonly kind: 'done'; readonly bytes?: string; readonly next?: readonly Request[] }
  | { readonly kind: 'refused'; readonly why: OutcomeWhy; readonly code: number | null }

/** What a frame means when it changes nothing that is known and no event comes of it. */
export function only<Memory>(memory: Memory, answer: Answer | null): Heard<Memory> {
  return { memory, events: [], answer }
}

export const MORE: Answer = { kind: 'more' }
export const DONE: Answer = { kind: 'done' }

export function refused(why: OutcomeWhy, code: number | null = null): Answer {
  return { kind: 'refused', why, code }
}

export interface Heard<Memory> {
  readonly memory: Memory
  readonly events: readonly RfidEvent[]
  /** Null when the frame does not answer what was asked. */
  readonly answer: Answer | null
}

/** What sets one protocol apart from another; `conversation.ts` does the rest for all of them. Pure, like a driver. */
export interface Talk<Frame, Memory> {
  readonly name: string
  readonly shape: FrameShape<Frame>
  /** What is known of the reader before it said a word. */
  readonly memory: Memory
  /** Reports by itself once started, or is asked round by round. */
  readonly field:
    | { readonly kind: 'streams'; readonly watch_ms: number }
    | { readonly kind: 'rounds'; readonly pause_ms: number }
  /** What to say for a job; null when the protocol has no such thing. */
  plan(job: Job, memory: Memory): readonly Request[] | null
  /** What a frame means, `asked` being the request whose answer is awaited. */
  hear(frame: Frame, asked: Request | null, memory: Memory): Heard<Memory>
  settings(memory: Memory): ReaderSettings
  /** What to try next when nobody answered the setup, such as the sibling form of the protocol. */
  unanswered?(memory: Memory): Memory
}
