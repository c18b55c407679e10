import type { KioskDoorView } from '../../../contract/kiosk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { cents } from '../../../contract/money.ts'
import { unitOf } from '../facts/judge.ts'
import type { Deed } from '../flows/deed.ts'
import type { KioskState } from '../flows/kiosk-state.ts'
import type { Ground } from '../ground.ts'
import { openAttempts, type Attempt } from '../payments/attempts.ts'
import { openCardCase } from '../payments/card-case.ts'
import { askRefundAgain, readRefund } from '../payments/card-refunds.ts'
import { flowOf, type FlowRow } from '../store/flows.ts'
import type { Reading } from '../store/store.ts'
import { hearRefund } from './hear-refund.ts'
import { leaveKioskSale, stepKioskSale } from './kiosk-sale.ts'

type UnknownCard = NonNullable<Extract<KioskDoorView, { at: 'open' }>['card']>

/** The oldest payment or refund at this kiosk of which the terminal could not say how it ended, or is being asked. */
const unknownAttempt = (db: Reading): Attempt | undefined => openAttempts(db).find(({ state }) => state === 'unknown' || state === 'checking')

export function unknownCard(ground: Ground): UnknownCard | null {
  const attempt = unknownAttempt(ground.store.reading)
  if (attempt === undefined) return null
  return {
    attemptId: attempt.id, amount_cents: cents(attempt.amount_cents), currency: attempt.currency, askedAt: attempt.asked_at,
    isAsking: attempt.state === 'checking', refundFor: attempt.way === null ? null : refundedPiece(ground, attempt),
  }
}

const sessionOf = (db: Reading, { flow_id }: Attempt): KioskState | undefined => (flowOf(db, flow_id) as FlowRow<KioskState> | null)?.state

function refundedPiece(ground: Ground, attempt: Attempt): UnknownCard['refundFor'] {
  const session = sessionOf(ground.store.reading, attempt)
  const unit = session?.unitId ? unitOf(ground, session.unitId) : null
  return { name: unit?.product.name ?? '—', serialEnd: (unit?.aliases[0]?.value ?? '—').slice(-4), receiptNumber: session?.paying?.offer.receiptNumber ?? '—' }
}

/**
 * Somebody at the open door has looked at the terminal. A payment: paid, the sale is finished in that person's name and
 * its paper comes out; not paid, its pieces are free again. A refund: given back, the return is written in that
 * person's name; not given back, there is no return. Refuses any attempt but the one whose end is unknown.
 */
export function settleCard(deed: Deed, attemptId: string, paid: boolean): Result<null> {
  const attempt = unknownAttempt(deed.db)
  if (attempt?.id !== attemptId) return refused('not-in-this-state')
  if (attempt.way !== null) return settleRefund(deed, attempt, paid)
  const read = stepKioskSale(deed, attempt.flow_id, { do: 'terminal-read', paid })
  if (!read.ok) return read
  leaveKioskSale(deed, attempt.flow_id)
  return ok(null)
}

/** Money that has gone for a return that cannot be written is for a case: nobody can charge for it here. */
function settleRefund(deed: Deed, attempt: Attempt, paid: boolean): Result<null> {
  const unitId = sessionOf(deed.db, attempt)?.unitId ?? null
  const read = readRefund(deed, attempt.id, { paid, code: null })
  if (!read.ok) return read
  const said = paid ? { is: 'paid' as const } : { is: 'not-paid' as const, why: 'clerk', words: '' }
  const heard = hearRefund({ ...deed, flowId: attempt.flow_id }, { do: 'terminal-said', attemptId: attempt.id, said })
  if (!heard.ok && paid) openCardCase(deed, 'card-refund', unitId)
  return ok(null)
}

/** Asks the terminal once more; what it says settles the payment or the refund as if it had said so at once. */
export function askCardAgain(deed: Deed, attemptId: string): Result<null> {
  const attempt = unknownAttempt(deed.db)
  if (attempt?.id !== attemptId) return refused('not-in-this-state')
  if (attempt.way !== null) return askRefundAgain(deed, attemptId)
  const asked = stepKioskSale(deed, attempt.flow_id, { do: 'ask-terminal-again' })
  return asked.ok ? ok(null) : asked
}
