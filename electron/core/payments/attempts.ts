import type { SlipLine } from '../../../native/terminals/payment-terminal.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'

/**
 * Where an attempt stands. `asked`: the row is there, the terminal may have heard; `checking`: the till asks the
 * terminal what became of it; `unknown`: a person must look; `reversing`: paid, and to be taken back.
 */
export type AttemptState =
  | 'asked' | 'checking' | 'unknown' | 'approved' | 'declined' | 'reversing' | 'reversed' | 'reversal-unknown'

export interface NewAttempt {
  readonly id: string
  readonly flowId: string
  readonly amount_cents: number
  readonly currency: string
  readonly terminal: string
  readonly byHand: boolean
  readonly staffId: string
  readonly staffName: string
  readonly at: string
}

export interface Attempt {
  readonly id: string
  readonly flow_id: string
  readonly amount_cents: number
  readonly currency: string
  readonly terminal: string
  readonly by_hand: number
  readonly receipt_before: number | null
  readonly staff_id: string
  readonly staff_name: string
  readonly asked_at: string
  readonly state: AttemptState
  /** How many steps it has taken; the next one takes the next number. */
  readonly step: number
  /** The terminal's receipt number, where a step told it. */
  readonly receipt: number | null
  /** How the money goes back, and for which return; null: it is a payment. */
  readonly way: 'refund' | 'reverse' | null
  readonly return_id: string | null
  /** The receipt that a reversal names. */
  readonly of_receipt: number | null
}

/** What one step adds. */
export interface AttemptStep {
  readonly state: Exclude<AttemptState, 'asked'>
  readonly at: string
  readonly saidBy: 'terminal' | 'clerk' | 'till'
  readonly code?: string | null
  readonly words?: string | null
  readonly receipt?: number | null
  readonly trace?: number | null
  readonly terminalId?: string | null
  readonly cardName?: string | null
  readonly cardEnd?: string | null
  readonly slip?: readonly SlipLine[]
}

const OPEN: ReadonlySet<AttemptState> = new Set(['asked', 'checking', 'unknown', 'reversing'])

/** Writes the attempt before the terminal is asked. A second open one of the same flow is refused by the table. */
export function recordAttempt(db: Writing, attempt: NewAttempt): void {
  sql(
    db,
    `INSERT INTO payment_attempts (id, flow_id, amount_cents, currency, terminal, by_hand, receipt_before, staff_id, staff_name, asked_at)
     VALUES (@id, @flowId, @amount_cents, @currency, @terminal, @byHand, @before, @staffId, @staffName, @at)`,
  ).run({ ...attempt, byHand: attempt.byHand ? 1 : 0, before: markOf(db, attempt.terminal) })
  sql(db, 'INSERT INTO payments_open VALUES (?, ?)').run(attempt.id, attempt.flowId)
}

/** Adds the next step. Throws when somebody else has taken it: the caller's view of the attempt is stale. */
export function recordStep(db: Writing, attempt: Pick<Attempt, 'id' | 'step' | 'terminal'>, step: AttemptStep): void {
  sql(
    db,
    `INSERT INTO payment_steps (attempt_id, step, state, at, said_by, code, words, receipt, trace, terminal_id, card_name, card_end, slip)
     VALUES (@id, @step, @state, @at, @saidBy, @code, @words, @receipt, @trace, @terminalId, @cardName, @cardEnd, @slip)`,
  ).run({
    id: attempt.id, step: attempt.step + 1, state: step.state, at: step.at, saidBy: step.saidBy, code: step.code ?? null,
    words: step.words ?? null, receipt: step.receipt ?? null, trace: step.trace ?? null, terminalId: step.terminalId ?? null,
    cardName: step.cardName ?? null, cardEnd: step.cardEnd ?? null, slip: JSON.stringify(step.slip ?? []),
  })
  if (step.state === 'reversing') sql(db, 'INSERT INTO payments_open VALUES (?, NULL)').run(attempt.id)
  else if (!OPEN.has(step.state)) sql(db, 'DELETE FROM payments_open WHERE attempt_id = ?').run(attempt.id)
  if (step.receipt !== undefined && step.receipt !== null) setMark(db, attempt.terminal, step.receipt, step.at)
  else if (isBehind(step)) forgetMarks(db)
}

/**
 * After such a step the terminal has, or may have, booked something whose number nobody told: its old mark would make
 * the next lost payment over the same amount look paid.
 */
const isBehind = ({ state, saidBy }: AttemptStep): boolean =>
  state === 'unknown' || state === 'reversed' || state === 'reversal-unknown' || state === 'approved' || (state === 'declined' && saidBy === 'clerk')

const ATTEMPT = `SELECT a.*, coalesce(s.state, 'asked') AS state, coalesce(s.step, 0) AS step,
    r.way, r.return_id, r.of_receipt,
    (SELECT receipt FROM payment_steps WHERE attempt_id = a.id AND receipt IS NOT NULL ORDER BY step DESC LIMIT 1) AS receipt
  FROM payment_attempts a
  LEFT JOIN refund_attempts r ON r.attempt_id = a.id
  LEFT JOIN payment_steps s ON s.attempt_id = a.id
    AND s.step = (SELECT max(step) FROM payment_steps WHERE attempt_id = a.id)`

export function attemptOf(db: Reading, id: string): Attempt {
  const found = sql(db, `${ATTEMPT} WHERE a.id = ?`).get(id) as Attempt | undefined
  if (!found) throw new Error(`payment attempt ${id} is not there`)
  return found
}

/** Attempts that the till or a person still has something to do about, oldest first. */
export const openAttempts = (db: Reading): Attempt[] =>
  sql(db, `${ATTEMPT} WHERE a.id IN (SELECT attempt_id FROM payments_open) ORDER BY a.asked_at, a.id`).all() as Attempt[]

/** Whether the terminal of an attempt has been asked for other money after it: ids are in the order of their making. */
export const othersSince = (db: Reading, { id, terminal }: Pick<Attempt, 'id' | 'terminal'>): boolean =>
  sql(db, 'SELECT 1 FROM payment_attempts WHERE id > ? AND terminal = ? LIMIT 1').get(id, terminal) !== undefined

/** The last receipt number a terminal told; null for one that has told none. */
export const markOf = (db: Reading, terminal: string): number | null =>
  (sql(db, 'SELECT receipt FROM terminal_marks WHERE terminal = ?').get(terminal) as { receipt: number } | undefined)?.receipt ?? null

/** Nothing is known of the terminals' last receipts any more; until they are asked, a lost payment is for a person. */
function forgetMarks(db: Writing): void {
  sql(db, 'DELETE FROM terminal_marks').run()
}

export function setMark(db: Writing, terminal: string, receipt: number, at: string): void {
  sql(
    db,
    'INSERT INTO terminal_marks VALUES (?, ?, ?) ON CONFLICT (terminal) DO UPDATE SET receipt = excluded.receipt, at = excluded.at',
  ).run(terminal, receipt, at)
}
