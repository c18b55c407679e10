import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { ShiftAction } from '../../../contract/shift-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { formatNumber, type Deed } from '../flows/carry-out.ts'
import { shiftPaper } from '../papers/other-papers.ts'
import { beginShift } from '../money/shift-in-hand.ts'
import { openAttempts } from '../payments/attempts.ts'
import { nextNumber } from '../store/meta.ts'
import { jobsGoingOn, queueJob, recordDocument } from '../store/papers.ts'
import { countsOfShift, openShift, recordShiftEnd, tenderSums } from '../store/shifts.ts'

/** Opens the shift with what lies in the drawer, or closes it with what was counted. */
export function actShift(deed: Deed, action: ShiftAction): Result<null> {
  switch (action.do) {
    case 'open':
      return open(deed, action.float_cents)
    case 'close':
      return close(deed, action.counted_cents)
    default:
      return unreachable(action)
  }
}

function open(deed: Deed, float_cents: number): Result<null> {
  if (openShift(deed.db)) return refused('not-in-this-state')
  if (float_cents < 0) return refused('amount-out-of-range')
  beginShift(deed, float_cents)
  return ok(null)
}

function close(deed: Deed, counted_cents: number): Result<null> {
  const { ground, db } = deed
  const shift = openShift(db)
  if (!shift) return refused('not-in-this-state')
  if (counted_cents < 0) return refused('amount-out-of-range')
  // A paper nobody knows the fate of is settled before the drawer is counted.
  const unknown = jobsGoingOn(db).filter((job) => job.state === 'unknown').length
  if (unknown > 0) return refused('open-work', { papers: unknown })
  // A card payment nobody knows the end of is money that may be in the shift or not.
  const payments = openAttempts(db).length
  if (payments > 0) return refused('open-work', { payments })
  const tenders = tenderSums(db, shift.id)
  const cash = tenders.find((sum) => sum.kind === 'cash')
  const expected_cents = shift.float_cents + (cash ? cash.in_cents - cash.out_cents : 0)
  const closedAt = ground.now()
  const who = deed.staff?.name ?? ''
  recordShiftEnd(db, { shiftId: shift.id, at: closedAt, by: who, expected_cents, counted_cents })
  const number = formatNumber(ground, 'shift', nextNumber(db, 'shift'))
  const documentId = ground.newId()
  recordDocument(db, {
    id: documentId, kind: 'shift', number, at: closedAt, total_cents: counted_cents - expected_cents, summary: who,
    body: shiftPaper(
      {
        number, openedAt: shift.opened_at, closedAt, who, float_cents: shift.float_cents, ...countsOfShift(db, shift.id), tenders,
        expected_cents, counted_cents,
      },
      deed.setting,
    ),
  })
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: true, at: closedAt })
  return ok(null)
}
