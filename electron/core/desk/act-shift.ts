import { sumOfCounts } from '../../../contract/denominations.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { Right } from '../../../contract/roles.ts'
import { seenAs, type ShiftAction } from '../../../contract/shift-view.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import type { Deed } from '../flows/deed.ts'
import { formatNumber } from '../flows/numbers.ts'
import { moneyRules } from '../../../contract/money-rules.ts'
import { moveMoney, openDrawerWithoutSale } from '../money/move-money.ts'
import { openWork } from '../money/open-work.ts'
import { beginShift } from '../money/shift-in-hand.ts'
import { shiftReport } from '../money/shift-report.ts'
import { tillEvent } from '../money/till-event.ts'
import { unsent } from '../money/unsent.ts'
import { shiftPaper } from '../papers/shift-paper.ts'
import type { Authority } from '../people/authority.ts'
import { nextNumber } from '../store/meta.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { expectedCash, openShift, recordShiftEnd, shiftRow } from '../store/shifts.ts'

/** What each act on the drawer needs; a colleague may lend it for one act. */
const RIGHT_FOR = {
  open: 'shift', close: 'shift', drop: 'shift', 'paid-in': 'pay-out', 'paid-out': 'pay-out', 'no-sale': 'open-drawer',
} as const satisfies Record<ShiftAction['do'], Right>

/** Opens a shift, moves cash in and out of the drawer, and closes it with what was counted. */
export function actShift(deed: Deed, action: ShiftAction): Result<unknown> {
  const right = RIGHT_FOR[action.do]
  const authority = deed.authority(right)
  if (authority === null) return refused('no-right', { right })
  switch (action.do) {
    case 'open':
      return open(deed, action)
    case 'paid-in':
    case 'paid-out':
    case 'drop':
      return move(deed, action, authority)
    case 'no-sale': {
      const reason = action.reason === '' ? (authority.reason ?? '') : action.reason
      if (reason === '') return refused('reason-missing')
      return ok(openDrawerWithoutSale(deed, reason, authority))
    }
    case 'close':
      return close(deed, action)
    default:
      return unreachable(action)
  }
}

function open(deed: Deed, action: Extract<ShiftAction, { do: 'open' }>): Result<null> {
  if (openShift(deed.db)) return refused('not-in-this-state')
  if (action.float_cents < 0 || !isCountOf(action.counts, action.float_cents)) return refused('amount-out-of-range')
  beginShift(deed, action.float_cents)
  return ok(null)
}

/** Cash that is paid out, or goes to the safe, has to be in the drawer. */
function move(deed: Deed, action: Extract<ShiftAction, { do: 'paid-in' | 'paid-out' | 'drop' }>, authority: Authority): Result<unknown> {
  const shift = openShift(deed.db)
  if (!shift) return refused('not-in-this-state')
  const reason = action.do === 'drop' ? '' : action.reason === '' ? (authority.reason ?? '') : action.reason
  if (action.do !== 'drop' && reason === '') return refused('reason-missing')
  if (action.do !== 'paid-in' && action.amount_cents > expectedCash(deed.db, shift)) return refused('not-in-drawer')
  return moveMoney(deed, { what: action.do, kind: 'cash', amount_cents: action.amount_cents, reason, credit: null, authority })
}

const isCountOf = (counts: Readonly<Record<string, number>> | undefined, amount_cents: number): boolean =>
  counts === undefined || sumOfCounts(counts) === amount_cents

/**
 * Closes the shift blind: what should be in the drawer is told only now. Refused while money is on its way, while open
 * work has not been seen, and when the drawer is wrong by more than the policy lets pass without a reason.
 */
function close(deed: Deed, action: Extract<ShiftAction, { do: 'close' }>): Result<null> {
  const { ground, db } = deed
  const shift = openShift(db)
  if (!shift) return refused('not-in-this-state')
  if (action.counted_cents < 0 || !isCountOf(action.counts, action.counted_cents)) return refused('amount-out-of-range')
  const work = openWork(db, unsent(ground))
  const seen = new Set(action.seen)
  if (work.some((one) => one.blocks || !seen.has(seenAs(one)))) return refused('open-work', Object.fromEntries(work.map((one) => [one.kind, one.count])))
  const expected_cents = expectedCash(db, shift)
  const difference_cents = action.counted_cents - expected_cents
  const reason = action.reason === undefined || action.reason === '' ? null : action.reason
  const { differenceReasonOver_cents } = moneyRules(ground.policy())
  if (Math.abs(difference_cents) > differenceReasonOver_cents && reason === null)
    return refused('difference-unexplained', { limit_cents: differenceReasonOver_cents, currency: ground.place.currency })
  const number = formatNumber(ground, 'shift', nextNumber(db, 'shift'))
  const closed_at = ground.now()
  const documentId = ground.newId()
  const closed_seq = tillEvent(deed, 'shift-closed', {
    shift: shift.id, number, expected_cents, counted_cents: action.counted_cents, difference_cents, ...(reason === null ? {} : { reason }),
  })
  recordShiftEnd(db, {
    shift_id: shift.id, closed_at, closed_by: deed.staff?.name ?? '', expected_cents, counted_cents: action.counted_cents, closed_seq,
    document_id: documentId, reason, counts: action.counts === undefined ? null : JSON.stringify(action.counts),
    seen: work.length === 0 ? null : JSON.stringify(work),
  })
  reportDocument(deed, shift.id, { id: documentId, number, at: closed_at })
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: true, at: closed_at })
  return ok(null)
}

/** An X: the sums so far on paper, which changes nothing. Refused where no shift is open or the person may not see sums. */
export function printX(deed: Deed): Result<{ documentId: string }> {
  const { ground, db } = deed
  if (deed.authority('see-sums') === null) return refused('no-right', { right: 'see-sums' })
  const shift = openShift(db)
  if (!shift) return refused('not-in-this-state')
  const at = ground.now()
  const document = { id: ground.newId(), number: formatNumber(ground, 'x-report', nextNumber(db, 'x-report')), at }
  reportDocument(deed, shift.id, document)
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId: document.id, copy: false, drawer: false, at })
  return ok({ documentId: document.id })
}

function reportDocument(deed: Deed, shiftId: string, document: { id: string; number: string; at: string }): void {
  const report = shiftReport(deed.db, shiftId)
  if (report === null || shiftRow(deed.db, shiftId) === null) throw new Error(`there is no shift ${shiftId}`)
  const who = deed.staff?.name ?? ''
  recordDocument(deed.db, {
    id: document.id, kind: 'shift', number: document.number, at: document.at, total_cents: report.difference_cents ?? 0, summary: who,
    body: shiftPaper(report, { ...document, who }, deed.setting),
  })
}
