import { CENTS_MAX } from '../../../contract/money.ts'
import { ok, refused, type Result } from '../../../contract/fault.ts'
import type { MoveKind } from '../../../contract/shift-view.ts'
import type { TenderKind } from '../../../contract/unit.ts'
import type { Deed } from '../flows/deed.ts'
import { formatNumber } from '../flows/numbers.ts'
import { cashPaper } from '../papers/cash-paper.ts'
import type { Authority } from '../people/authority.ts'
import { nextNumber } from '../store/meta.ts'
import { queueJob, recordDocument } from '../store/papers.ts'
import { recordMove } from '../store/shifts.ts'
import { shiftInHand } from './shift-in-hand.ts'
import { tillEvent } from './till-event.ts'

export interface Move {
  readonly what: MoveKind
  readonly kind: TenderKind
  /** How much moves, above nothing; the kind of the move says which way. */
  readonly amount_cents: number
  readonly reason: string
  /** The promise of money it belongs to. */
  readonly credit: string | null
  /** The number of the paper that tells of it already, such as that of a trade-in; else it gets a slip of its own. */
  readonly toldBy?: string
  /** Who answers for it; null where the person at the till may do it without more. */
  readonly authority: Authority | null
}

const INTO_THE_TILL: ReadonlySet<MoveKind> = new Set(['paid-in', 'deposit-in'])

/**
 * Money moves without a sale: row, event, slip and print job (which opens the drawer for cash) in the deed's
 * transaction. Refuses an amount that is not above nothing. A deposit has the paper of its goods instead of a slip.
 */
export function moveMoney(deed: Deed, move: Move): Result<{ documentId: string | null }> {
  const { ground, db, staff, setting } = deed
  if (!Number.isSafeInteger(move.amount_cents) || move.amount_cents <= 0 || move.amount_cents > CENTS_MAX) return refused('amount-out-of-range')
  const at = ground.now()
  const amount_cents = INTO_THE_TILL.has(move.what) ? move.amount_cents : -move.amount_cents
  const number = move.toldBy ?? formatNumber(ground, 'cash', nextNumber(db, 'cash'))
  const approvedBy = move.authority?.steppedUp === true ? move.authority.staffId : null
  recordMove(db, {
    id: ground.newId(), shiftId: shiftInHand(deed), what: move.what, kind: move.kind, amount_cents, currency: ground.place.currency,
    number, reason: move.reason, creditNumber: move.credit, staffId: staff?.staffId ?? null, staffName: staff?.name ?? '', approvedBy, at,
  })
  tillEvent(deed, 'money-moved', {
    number, what: move.what, tender: move.kind, amount_cents, reason: move.reason,
    ...(move.credit === null ? {} : { credit: move.credit }), ...(approvedBy === null ? {} : { approved: approvedBy }),
  })
  if (move.what === 'deposit-in' || move.toldBy !== undefined) return ok({ documentId: null })
  const documentId = ground.newId()
  recordDocument(db, {
    id: documentId, kind: 'cash', number, at, total_cents: amount_cents, summary: move.reason,
    body: cashPaper(
      {
        number, at, who: staff?.name ?? '', what: move.what, amount_cents, reason: move.reason,
        approvedBy: move.authority?.steppedUp === true ? move.authority.name : null, credit: move.credit,
      },
      setting,
    ),
  })
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: move.kind === 'cash', at })
  return ok({ documentId })
}

/** The drawer is opened without a sale: event, slip, and a job that opens it. */
export function openDrawerWithoutSale(deed: Deed, reason: string, authority: Authority): void {
  const { ground, db, staff } = deed
  const at = ground.now()
  const number = formatNumber(ground, 'cash', nextNumber(db, 'cash'))
  tillEvent(deed, 'drawer-opened', { number, reason, ...(authority.steppedUp ? { approved: authority.staffId } : {}) })
  const documentId = ground.newId()
  recordDocument(db, {
    id: documentId, kind: 'cash', number, at, total_cents: 0, summary: reason,
    body: cashPaper(
      { number, at, who: staff?.name ?? '', what: 'no-sale', amount_cents: null, reason, approvedBy: authority.steppedUp ? authority.name : null, credit: null },
      deed.setting,
    ),
  })
  if (deed.hasPrinter) queueJob(db, { id: ground.newId(), documentId, copy: false, drawer: true, at })
}
