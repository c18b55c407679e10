import type { PrinterStatus } from './printer-status.ts'
import { NOTHING_SAID } from './printer-status.ts'

/** What is being printed. */
export interface Job {
  readonly id: string
  readonly bytes: Uint8Array
  /** Whether this printer tells its changes by itself; then there is no need to ask at the end. */
  readonly tells: boolean
  readonly blocks_before: number | null
}

/** Where in the procedure the driver is. */
export type Doing =
  | { readonly at: 'idle' }
  /** Greeting: one question after the other. */
  | { readonly at: 'asking'; readonly question: number; readonly recovered: boolean }
  | { readonly at: 'preparing' }
  | { readonly at: 'sending'; readonly sent: number }
  /** All bytes and the fence are out. */
  | { readonly at: 'confirming' }
  /** Stopped in mid-job; somebody has to lend a hand. */
  | { readonly at: 'mending'; readonly sent: number }
  /** The last question of a job: without its answer the outcome is unknown. */
  | { readonly at: 'asking-after'; readonly reached: boolean }

export interface PrinterState {
  readonly line: 'closed' | 'open'
  readonly status: PrinterStatus
  /** The beginning of a reply. */
  readonly rest: Uint8Array
  readonly doing: Doing
  readonly job: Job | null
  /** Came while the state was being asked for; starts when that is answered, as the answers must not mix. */
  readonly next: { readonly id: string; readonly bytes: Uint8Array } | null
  readonly blocks_done: number | null
}

/** No line, nothing known, nothing to do. */
export const START: PrinterState = {
  line: 'closed',
  status: NOTHING_SAID,
  rest: new Uint8Array(0),
  doing: { at: 'idle' },
  job: null,
  next: null,
  blocks_done: null,
}

/** How many bytes of the job have gone out; at the end, where that no longer matters, just not none. */
export function sentOf(doing: Doing): number {
  if (doing.at === 'sending' || doing.at === 'mending') return doing.sent
  return doing.at === 'confirming' || doing.at === 'asking-after' ? 1 : 0
}

/** An answer that only says "no longer out" or "some error" does not wipe what is known in more detail. */
export function merged(known: PrinterStatus, news: Partial<PrinterStatus>): PrinterStatus {
  const both = { ...known, ...news }
  const paper = news.paper === null && known.paper !== 'out' ? known.paper : both.paper
  const named = known.error !== null && known.error !== 'none'
  return { ...both, paper, error: news.error === 'some' && named ? known.error : both.error }
}
