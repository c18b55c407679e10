import { cents } from '../../../contract/money.ts'
import type { ShiftView } from '../../../contract/shift-view.ts'
import type { Ground } from '../ground.ts'
import { moneyRules } from '../../../contract/money-rules.ts'
import { openWork } from '../money/open-work.ts'
import { unsent } from '../money/unsent.ts'
import { rightsNow } from '../people/authority.ts'
import { signedIn } from '../people/session.ts'
import { countsOfShift, expectedCash, openShift, shiftEnds, tenderSums } from '../store/shifts.ts'

/** The shift as the person at the till may see it: a count is worth something while nobody knows what it should be. */
export function shiftView(ground: Ground): ShiftView {
  const db = ground.store.reading
  const shift = openShift(db)
  if (!shift) return { at: 'closed', last: lastShift(ground) }
  const person = signedIn(ground)?.person ?? null
  const seesSums = person !== null && rightsNow(ground, person).includes('see-sums')
  const cash = expectedCash(db, shift)
  const { drawerUpTo_cents } = moneyRules(ground.policy())
  return {
    at: 'open', shiftId: shift.id, openedAt: shift.opened_at, openedBy: shift.opened_by, currency: shift.currency,
    float_cents: cents(shift.float_cents),
    ...countsOfShift(db, shift.id),
    tenders: seesSums ? tenderSums(db, shift.id).map((sum) => ({ ...sum, in_cents: cents(sum.in_cents), out_cents: cents(sum.out_cents) })) : [],
    expectedCash_cents: seesSums ? cents(cash) : null,
    isFull: drawerUpTo_cents !== null && cash > drawerUpTo_cents,
    openWork: openWork(db, unsent(ground)),
  }
}

function lastShift(ground: Ground): Extract<ShiftView, { at: 'closed' }>['last'] {
  const [end] = shiftEnds(ground.store.reading, 1)
  if (end === undefined) return null
  return {
    shiftId: end.shift_id, closedAt: end.closed_at, closedBy: end.closed_by, expected_cents: cents(end.expected_cents),
    counted_cents: cents(end.counted_cents), difference_cents: cents(end.counted_cents - end.expected_cents), reason: end.reason,
    currency: end.currency, documentId: end.document_id,
  }
}
