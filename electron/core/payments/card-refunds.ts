import { CENTS_MAX } from '../../../contract/money.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Deed } from '../flows/deed.ts'
import { sql, type Reading, type Writing } from '../store/store.ts'
import { attemptOf, openAttempts, recordAttempt, recordStep, type Attempt, type AttemptState } from './attempts.ts'
import { mayHaveEnded } from './day-ends.ts'
import { NOBODY } from './nobody.ts'

/*
 * How a return gives money back to a card.
 *
 * 1. In the step that wants the refund call `askRefund(deed, {returnId, amount_cents, payment})`, keep the `attemptId`
 *    in the flow's state and wait: the attempt is a row of that very transaction, and the terminal is asked only after
 *    it is durable. `payment` is one of `cardPaymentsOf(db, saleId)`, or null where the sale is not in these books;
 *    then the customer holds up a card.
 * 2. What becomes of it comes as one input, `TerminalSaid` (`{do: 'terminal-said', attemptId, said}`), in a transaction
 *    of its own: `paid` (the money is back: record the return now), `not-paid` with why (offer again, or another way),
 *    `checking` (the line was lost, the terminal is asked) or `unknown` (a person must look). It comes again after a
 *    crash, and never twice with an end. A flow that refuses `paid` leaves a case and an alarm behind.
 * 3. While it is `unknown`, `readRefund` takes the clerk's word and `askRefundAgain` asks the terminal once more; on a
 *    stand-alone terminal `readRefund` is the usual end. `cancelRefund` calls a refund off while the customer hesitates.
 * 4. Without any terminal `keepRefundBeside` books what was given back beside the till.
 */

/** Gives money to a card that is held up, or takes a whole payment back by its receipt. */
export type RefundWay = 'refund' | 'reverse'

export interface RefundAsked {
  readonly returnId: string
  readonly amount_cents: number
  /** The attempt by which the customer paid; null where it is not in these books. */
  readonly payment: string | null
}

/** A card payment of a sale, with what is left of it to give back. */
export interface CardPayment {
  readonly attemptId: string
  readonly terminal: string
  readonly receipt: number | null
  readonly amount_cents: number
  readonly refunded_cents: number
  readonly cardName: string | null
  readonly cardEnd: string | null
}

export interface CardRefund {
  readonly attemptId: string
  readonly way: RefundWay
  readonly amount_cents: number
  readonly state: AttemptState
  readonly by: 'line' | 'hand'
}

/** A refund beside the till carries this in place of a terminal's address. */
const BESIDE = 'beside'

/**
 * Writes a refund that the terminal is asked for as soon as this deed is durable. Refuses where no terminal is set up
 * (`no-such-device`), while the flow waits for another attempt (`not-in-this-state`), and more than is left of the
 * payment (`amount-out-of-range`).
 */
export function askRefund(deed: Deed, asked: RefundAsked): Result<{ attemptId: string; way: RefundWay; by: 'line' | 'hand' }> {
  const { terminal, db } = deed
  if (terminal === null) return refused('no-such-device')
  if (openAttempts(db).some((open) => open.flow_id === deed.flowId)) return refused('not-in-this-state')
  if (!mayGiveBack(db, asked)) return refused('amount-out-of-range')
  const receipt = terminal.byHand ? null : receiptToReverse(db, asked, terminal.address)
  const attemptId = record(deed, asked, { terminal: terminal.address, byHand: terminal.byHand, receipt })
  return ok({ attemptId, way: receipt === null ? 'refund' : 'reverse', by: terminal.byHand ? 'hand' : 'line' })
}

/** Books what a clerk gave back on a terminal that stands beside the till, with the code it printed. */
export function keepRefundBeside(deed: Deed, asked: RefundAsked, code: string | null): Result<{ attemptId: string }> {
  const { db, ground } = deed
  if (openAttempts(db).some((open) => open.flow_id === deed.flowId)) return refused('not-in-this-state')
  if (!mayGiveBack(db, asked)) return refused('amount-out-of-range')
  const attemptId = record(deed, asked, { terminal: BESIDE, byHand: true, receipt: null })
  recordStep(db, attemptOf(db, attemptId), { state: 'approved', at: ground.now(), saidBy: 'clerk', code })
  return ok({ attemptId })
}

/**
 * The clerk has looked at the terminal. On a stand-alone one this only passes the word on (`told`), and the flow hears
 * of it like of any end; where nobody knew, the attempt ends here and the flow goes on by itself with the answer.
 */
export function readRefund(
  deed: Deed, attemptId: string, read: { readonly paid: boolean; readonly code: string | null },
): Result<'told' | 'paid' | 'not-paid'> {
  const attempt = attemptOf(deed.db, attemptId)
  if (attempt.state === 'asked' && attempt.by_hand === 1) {
    deed.terminal?.signal({ kind: 'read', paid: read.paid, code: read.code })
    return ok('told')
  }
  if (attempt.state !== 'unknown') return refused('not-in-this-state')
  const state = read.paid ? 'approved' : 'declined'
  recordStep(deed.db, attempt, { state, at: deed.ground.now(), saidBy: 'clerk', code: read.code })
  return ok(read.paid ? 'paid' : 'not-paid')
}

/** Asks the terminal once more what became of a refund nobody knows the end of. */
export function askRefundAgain(deed: Deed, attemptId: string): Result<null> {
  const attempt = attemptOf(deed.db, attemptId)
  if (attempt.state !== 'unknown') return refused('not-in-this-state')
  recordStep(deed.db, attempt, { state: 'checking', at: deed.ground.now(), saidBy: 'till' })
  return ok(null)
}

/** Asks a running refund to end; what comes of that the terminal says. */
export function cancelRefund(deed: Deed, attemptId: string): Result<null> {
  if (attemptOf(deed.db, attemptId).state !== 'asked') return refused('not-in-this-state')
  deed.terminal?.signal({ kind: 'cancel' })
  return ok(null)
}

/** What was paid by card for a sale of this till and stands, oldest first. */
export function cardPaymentsOf(db: Reading, saleId: string): CardPayment[] {
  const ids = sql(
    db,
    `SELECT a.id FROM payment_attempts a JOIN sales s ON s.flow_id = a.flow_id
     WHERE s.id = ? AND a.id NOT IN (SELECT attempt_id FROM refund_attempts) ORDER BY a.asked_at, a.id`,
  ).all(saleId) as { id: string }[]
  return standing(db, ids)
}

function standing(db: Reading, ids: readonly { readonly id: string }[]): CardPayment[] {
  return ids.map(({ id }) => attemptOf(db, id)).filter(({ state }) => state === 'approved').map((paid) => ({
    attemptId: paid.id, terminal: paid.terminal, receipt: paid.receipt, amount_cents: paid.amount_cents,
    refunded_cents: refundedOf(db, paid.id), ...cardOf(db, paid.id),
  }))
}

/** What was paid by card for the goods of a flow whose sale is not finished, such as a deposit, and stands. */
export function cardPaymentsOfFlow(db: Reading, flowId: string): CardPayment[] {
  const ids = sql(
    db, 'SELECT id FROM payment_attempts WHERE flow_id = ? AND id NOT IN (SELECT attempt_id FROM refund_attempts) ORDER BY asked_at, id',
  ).all(flowId) as { id: string }[]
  return standing(db, ids)
}

/** Every attempt to give money back for a return, oldest first. */
export function refundsOf(db: Reading, returnId: string): CardRefund[] {
  const rows = sql(db, 'SELECT attempt_id FROM refund_attempts WHERE return_id = ?').all(returnId) as { attempt_id: string }[]
  return rows.map((row) => attemptOf(db, row.attempt_id))
    .sort((a, b) => (a.asked_at < b.asked_at || (a.asked_at === b.asked_at && a.id < b.id) ? -1 : 1))
    .map((attempt) => ({
      attemptId: attempt.id, way: attempt.way ?? 'refund', amount_cents: attempt.amount_cents, state: attempt.state,
      by: attempt.by_hand === 1 ? 'hand' : 'line',
    }))
}

function record(deed: Deed, asked: RefundAsked, at: { terminal: string; byHand: boolean; receipt: number | null }): string {
  const { ground, db, staff } = deed
  const id = ground.newId()
  recordAttempt(db, {
    id, flowId: deed.flowId, amount_cents: asked.amount_cents, currency: ground.place.currency, terminal: at.terminal,
    byHand: at.byHand, staffId: staff?.staffId ?? NOBODY, staffName: staff?.name ?? ground.till.name, at: ground.now(),
  })
  sql(db, 'INSERT INTO refund_attempts (attempt_id, return_id, of_attempt, way, of_receipt) VALUES (?, ?, ?, ?, ?)').run(
    id, asked.returnId, asked.payment, at.receipt === null ? 'refund' : 'reverse', at.receipt,
  )
  return id
}

/** What may have gone back counts as gone: nobody gives it a second time while its end is not known. */
const MAY_BE_GONE: ReadonlySet<AttemptState> = new Set(['asked', 'checking', 'unknown', 'approved'])

function refundedOf(db: Reading, payment: string): number {
  return refundsOfPayment(db, payment).reduce((sum, refund) => (MAY_BE_GONE.has(refund.state) ? sum + refund.amount_cents : sum), 0)
}

function refundsOfPayment(db: Reading, payment: string): Attempt[] {
  const rows = sql(db, 'SELECT attempt_id FROM refund_attempts WHERE of_attempt = ?').all(payment) as { attempt_id: string }[]
  return rows.map((row) => attemptOf(db, row.attempt_id))
}

function mayGiveBack(db: Reading, { amount_cents, payment }: RefundAsked): boolean {
  if (!Number.isInteger(amount_cents) || amount_cents <= 0 || amount_cents > CENTS_MAX) return false
  if (payment === null) return true
  const paid = attemptOf(db, payment)
  return paid.way === null && paid.state === 'approved' && amount_cents <= paid.amount_cents - refundedOf(db, payment)
}

/**
 * The receipt of a payment that can be taken back whole: paid at this terminal since its last end of day, nothing of
 * it gone yet, and no terminal has refused to do so. Everything else is a refund to a card that is held up.
 */
function receiptToReverse(db: Writing, asked: RefundAsked, terminal: string): number | null {
  if (asked.payment === null) return null
  const paid = attemptOf(db, asked.payment)
  if (paid.terminal !== terminal || paid.receipt === null || paid.amount_cents !== asked.amount_cents) return null
  if (mayHaveEnded(db, terminal, paid.asked_at)) return null
  return refundsOfPayment(db, paid.id).length === 0 ? paid.receipt : null
}

function cardOf(db: Reading, attemptId: string): { cardName: string | null; cardEnd: string | null } {
  const row = sql(
    db,
    `SELECT card_name AS cardName, card_end AS cardEnd FROM payment_steps
     WHERE attempt_id = ? AND state = 'approved' ORDER BY step DESC LIMIT 1`,
  ).get(attemptId) as { cardName: string | null; cardEnd: string | null } | undefined
  return row ?? { cardName: null, cardEnd: null }
}
