import type { KioskDoorView } from '../../../contract/kiosk-view.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import { cents } from '../../../contract/money.ts'
import type { Deed } from '../flows/deed.ts'
import { openAttempts, type Attempt } from '../payments/attempts.ts'
import type { Reading } from '../store/store.ts'
import { leaveKioskSale, stepKioskSale } from './kiosk-sale.ts'

type UnknownCard = Extract<KioskDoorView, { at: 'open' }>['card']

const unknownPayment = (db: Reading): Attempt | undefined => openAttempts(db).find(({ state, way }) => state === 'unknown' && way === null)

/** The oldest payment at this kiosk of which the terminal could not say how it ended. */
export function unknownCard(db: Reading): UnknownCard {
  const attempt = unknownPayment(db)
  return attempt === undefined ? null : { attemptId: attempt.id, amount_cents: cents(attempt.amount_cents), currency: attempt.currency }
}

/**
 * Somebody at the open door has looked at the terminal: paid, the sale is finished in that person's name and its paper
 * comes out; not paid, its pieces are free again. Refuses any payment but the one whose end is unknown.
 */
export function settleCard(deed: Deed, attemptId: string, paid: boolean): Result<null> {
  const attempt = unknownPayment(deed.db)
  if (attempt?.id !== attemptId) return refused('not-in-this-state')
  const read = stepKioskSale(deed, attempt.flow_id, { do: 'terminal-read', paid })
  if (!read.ok) return read
  leaveKioskSale(deed, attempt.flow_id)
  return ok(null)
}
