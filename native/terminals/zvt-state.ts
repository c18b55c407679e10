import type { Garbled } from '../driver.ts'
import type {
  DeclineCode, LastResult, PaymentOutcome, SlipLine, TerminalProgress, UnknownPaymentWhy,
} from './payment-terminal.ts'
import type { StatusInformation } from './zvt-messages.ts'

/** One thing a terminal is asked to do. */
export type TerminalAct =
  | { readonly do: 'pay' | 'refund'; readonly amount_cents: number }
  | { readonly do: 'reverse'; readonly receipt: number }
  | { readonly do: 'end-of-day' | 'last-result' | 'status' }

export type ZvtCommandFromTill =
  | { readonly kind: 'ask'; readonly id: string; readonly act: TerminalAct }
  | { readonly kind: 'cancel' }

/** The end of an act, in the form of what was asked. */
export type ActAnswer =
  | { readonly of: 'money'; readonly outcome: PaymentOutcome }
  | { readonly of: 'last'; readonly last: LastResult }

export type ZvtEvent =
  /** The terminal knows this till and takes its commands. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-registered'; readonly code: DeclineCode | UnknownPaymentWhy }
  | { readonly kind: 'progress'; readonly id: string; readonly progress: TerminalProgress }
  | { readonly kind: 'answer'; readonly id: string; readonly answer: ActAnswer }
  | Garbled

/** How long the driver waits for what, in milliseconds. */
export interface ZvtPatience {
  /** For the acknowledgement of a command: a second on a sound network, and a terminal that is waking up. */
  readonly acknowledge_ms: number
  /** Between two messages of a running act: a customer who looks for his card, a bank that does not answer. */
  readonly silence_ms: number
  /** The same for acts that no customer and no bank has a part in. */
  readonly quick_ms: number
  /** For the rest of a message that began to arrive. */
  readonly rest_ms: number
}

export const ZVT_PATIENCE: ZvtPatience = {
  acknowledge_ms: 5_000,
  silence_ms: 180_000,
  quick_ms: 15_000,
  rest_ms: 2_000,
}

/** What a line is busy with. Registration is an act without an id, because nobody asked for it. */
export interface Doing {
  readonly id: string | null
  readonly act: TerminalAct | { readonly do: 'register' }
  readonly acknowledged: boolean
  readonly said: StatusInformation | null
  readonly slip: readonly SlipLine[]
}

export interface ZvtState {
  readonly line: 'closed' | 'open'
  readonly registered: boolean
  /** The beginning of a message. */
  readonly rest: Uint8Array
  readonly doing: Doing | null
  /** Asked for while the till was registering; begins when that is through. */
  readonly next: { readonly id: string; readonly act: TerminalAct } | null
}

export const START: ZvtState = { line: 'closed', registered: false, rest: new Uint8Array(0), doing: null, next: null }

/** The longest slip that is kept: three copies with all the small print are some 150 lines. */
export const SLIP_LINES_MAX = 400
/** No paper is wider than this. */
export const SLIP_LINE_MAX = 120
